"""Caps, bucket hats, visors and beanies."""

from typing import Final

from src.demo.catalogue.guides import CARE_HAT, CARE_KNIT, SIZE_HAT
from src.demo.catalogue.palette import (
    BEIGE,
    BLACK,
    BLUE,
    BURGUNDY,
    CAP_SIZES,
    GRAY,
    GREEN,
    IVORY,
    KHAKI,
    LAVENDER,
    MINT,
    NAVY,
    PINK,
    RED,
    SKY,
    TWO_VOLUMES,
    WHITE,
    amount,
    percent,
    text,
)
from src.demo.catalogue.records import DemoProduct, Picture, Stock

PRODUCTS: Final = (
    DemoProduct(
        product_code="04201110",
        slug="tour-logo-ball-cap",
        name="투어 로고 볼캡",
        picture=Picture.CAP,
        categories=("ball-caps",),
        origin_price=42_000,
        discount=percent(10),
        colors=(WHITE, BLACK, NAVY, RED),
        sizes=CAP_SIZES,
        stock=Stock.DEEP,
        popularity=948,
        released_days_ago=7,
        description="땀이 빨리 마르는 냉감 안감과 입체 자수 로고의 여섯 쪽 볼캡입니다.",
        detail=text(
            """
            ## 18홀 동안 산뜻하게
            이마가 닿는 띠에 흡한속건 냉감 원단을 둘러 땀이 눈으로 흐르지 않습니다.
            챙 아랫면은 어두운 무광이라 그린에서 반사광이 눈에 들어오지 않습니다.
            """,
            """
            ## 소재
            - 겉감 폴리에스터 92%, 폴리우레탄 8%, 땀받이 냉감 나일론
            """,
            SIZE_HAT,
            CARE_HAT,
        ),
    ),
    DemoProduct(
        product_code="04201120",
        slug="washed-cotton-ball-cap",
        name="워시드 코튼 볼캡",
        picture=Picture.CAP,
        categories=("ball-caps",),
        origin_price=36_000,
        colors=(BEIGE, KHAKI, NAVY),
        sizes=CAP_SIZES,
        stock=Stock.MIXED,
        popularity=602,
        released_days_ago=127,
        description="처음부터 길든 듯 부드러운 워싱 면으로 만든 데일리 볼캡입니다.",
        detail=text(
            """
            ## 필드 밖에서도 자연스럽게
            가먼트 워싱으로 물을 빼 색이 차분하고 감촉이 부드럽습니다.
            낮은 크라운이라 얼굴형을 가리지 않고 잘 어울립니다.
            """,
            """
            ## 소재
            - 면 100%, 뒤쪽 버클 황동
            """,
            SIZE_HAT,
            CARE_HAT,
        ),
    ),
    DemoProduct(
        product_code="MGCP2506",
        slug="magnet-marker-ball-cap",
        name="마그넷 마커 볼캡",
        picture=Picture.CAP,
        categories=("ball-caps", "tees-markers"),
        origin_price=52_000,
        discount=amount(7_000),
        colors=(BLACK, IVORY, MINT),
        sizes=CAP_SIZES,
        stock=Stock.DEEP,
        popularity=735,
        released_days_ago=52,
        description="챙 옆에 볼마커가 붙어 있는, 그린에서 편한 볼캡입니다.",
        detail=text(
            """
            ## 주머니를 뒤지지 마세요
            챙 오른쪽 안에 자석을 숨겨 전용 볼마커가 착 붙습니다. 달려도 떨어지지 않는 세기입니다.
            기본 볼마커 한 개를 함께 드립니다.
            """,
            """
            ## 소재
            - 겉감 나일론 100% (발수), 볼마커 아연 합금
            """,
            SIZE_HAT,
            CARE_HAT,
        ),
    ),
    DemoProduct(
        product_code="04202110",
        slug="wide-brim-bucket-hat",
        name="와이드 브림 버킷햇",
        picture=Picture.BUCKET_HAT,
        categories=("bucket-hats",),
        origin_price=58_000,
        discount=percent(25),
        colors=(IVORY, BLACK, PINK),
        sizes=CAP_SIZES,
        stock=Stock.MIXED,
        popularity=859,
        released_days_ago=10,
        description="9cm 챙이 목덜미까지 가려 주는 자외선 차단 버킷햇입니다.",
        detail=text(
            """
            ## 얼굴도 목도 그늘 속으로
            챙을 9cm로 넓히고 UPF 50+ 원단을 썼습니다. 챙 끝의 와이어로 원하는 모양을 잡을 수 있습니다.
            턱끈을 걸면 바람 부는 해안 코스에서도 벗겨지지 않습니다.
            """,
            """
            ## 소재
            - 폴리에스터 100% (UPF 50+), 안감 메쉬
            """,
            SIZE_HAT,
            CARE_HAT,
        ),
    ),
    DemoProduct(
        product_code="MGBH2409",
        slug="reversible-bucket-hat",
        name="리버서블 버킷햇",
        picture=Picture.BUCKET_HAT,
        categories=("bucket-hats",),
        origin_price=46_000,
        discount=percent(40),
        colors=(GREEN, BLUE, BEIGE),
        sizes=("M", "L"),
        stock=Stock.MIXED,
        popularity=348,
        released_days_ago=243,
        description="뒤집으면 배색이 달라지는 양면 버킷햇입니다.",
        detail=text(
            """
            ## 하나로 두 가지 기분
            한쪽은 무지, 한쪽은 작은 깃발 무늬입니다. 그날의 옷에 맞춰 뒤집어 쓰세요.
            부드럽게 접히는 챙이라 주머니에 넣어도 자국이 남지 않습니다.
            """,
            """
            ## 소재
            - 앞면 면 100%, 뒷면 폴리에스터 100%
            """,
            SIZE_HAT,
            CARE_HAT,
        ),
    ),
    DemoProduct(
        product_code="04203110",
        slug="air-fit-sun-visor",
        name="에어핏 선바이저",
        picture=Picture.VISOR,
        categories=("visors",),
        origin_price=39_000,
        colors=(WHITE, BLACK, PINK, SKY),
        sizes=TWO_VOLUMES,
        stock=Stock.DEEP,
        popularity=792,
        released_days_ago=57,
        description="머리가 눌리지 않는 쿠션 밴드의 가벼운 선바이저입니다.",
        detail=text(
            """
            ## 라운드가 끝나도 머리 모양 그대로
            귀 위를 누르지 않는 곡선 밴드와 4mm 쿠션으로 오래 써도 자국이 남지 않습니다.
            무게는 68g. 쓰고 있다는 것을 잊게 됩니다.
            """,
            """
            ## 소재와 사이즈
            - 겉감 폴리에스터 100%, 챙 EVA 심지
            - M 54~57cm, L 57~60cm, 뒤쪽 벨크로 조절
            """,
            CARE_HAT,
        ),
    ),
    DemoProduct(
        product_code="MGVS2504",
        slug="knit-ribbon-sun-visor",
        name="니트 리본 선바이저",
        picture=Picture.VISOR,
        categories=("visors",),
        origin_price=48_000,
        discount=amount(5_000),
        colors=(IVORY, LAVENDER, BLACK),
        sizes=TWO_VOLUMES,
        stock=Stock.MIXED,
        popularity=566,
        released_days_ago=89,
        description="뒤쪽 리본을 묶어 사이즈를 맞추는 여성스러운 니트 선바이저입니다.",
        detail=text(
            """
            ## 뒷모습까지 예쁘게
            신축 니트 밴드를 리본으로 묶어 머리 둘레에 꼭 맞춥니다. 포니테일에도 걸리지 않습니다.
            챙 안쪽의 자외선 차단 코팅이 눈가의 그늘을 지켜 줍니다.
            """,
            """
            ## 소재와 사이즈
            - 밴드 레이온·폴리에스터 니트, 챙 폴리에스터
            - M 53~57cm, L 56~60cm
            """,
            CARE_HAT,
        ),
    ),
    DemoProduct(
        product_code="04204110",
        slug="merino-pompom-beanie",
        name="메리노 폼폼 비니",
        picture=Picture.BEANIE,
        categories=("beanies",),
        origin_price=49_000,
        discount=percent(50),
        colors=(GRAY, BURGUNDY, NAVY, IVORY),
        sizes=TWO_VOLUMES,
        stock=Stock.MIXED,
        popularity=312,
        released_days_ago=305,
        description="메리노 울로 도톰하게 짠 겨울 라운드용 방울 비니입니다.",
        detail=text(
            """
            ## 귀까지 포근하게
            메리노 울 70%로 촘촘하게 짜 가볍고 따갑지 않습니다. 접단 안쪽에는 플리스를 한 겹 덧대었습니다.
            방울은 똑딱이로 떼어 낼 수 있습니다.
            """,
            """
            ## 소재와 사이즈
            - 메리노 울 70%, 아크릴 30%, 안감 플리스
            - M 54~57cm, L 57~60cm
            """,
            CARE_KNIT,
        ),
    ),
)
