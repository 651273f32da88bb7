"""Headcovers, tees, markers and divot tools."""

from typing import Final

from src.demo.catalogue.guides import CARE_LEATHER, CARE_METAL, CARE_SYNTHETIC, CARE_TEE
from src.demo.catalogue.palette import (
    BLACK,
    BURGUNDY,
    CAMEL,
    GOLD,
    GREEN,
    IVORY,
    NAVY,
    ORANGE,
    PINK,
    RED,
    SILVER,
    SKY,
    WHITE,
    YELLOW,
    amount,
    percent,
    text,
)
from src.demo.catalogue.records import DemoProduct, Picture, Stock

PRODUCTS: Final = (
    DemoProduct(
        product_code="07201110",
        slug="pompom-driver-headcover",
        name="폼폼 드라이버 헤드커버",
        picture=Picture.HEADCOVER,
        categories=("wood-covers",),
        origin_price=59_000,
        discount=percent(10),
        colors=(GREEN, NAVY, RED),
        sizes=("드라이버", "우드", "유틸리티"),
        stock=Stock.DEEP,
        popularity=811,
        released_days_ago=21,
        description="방울과 긴 니트 목이 클래식한, 클럽별로 고르는 헤드커버입니다.",
        detail=text(
            """
            ## 가방 위의 표정
            도톰한 아크릴 니트 안쪽에 플리스를 덧대어 헤드가 긁히지 않습니다.
            목을 30cm로 길게 떠 샤프트까지 덮고, 뛰어도 벗겨지지 않습니다.
            """,
            """
            ## 소재와 크기
            - 겉감 아크릴 100%, 안감 폴리에스터 플리스
            - 드라이버 460cc까지, 우드와 유틸리티는 번호 태그 포함
            """,
            CARE_SYNTHETIC,
        ),
    ),
    DemoProduct(
        product_code="MGHC2506",
        slug="leather-wood-headcover",
        name="레더 우드 헤드커버",
        picture=Picture.HEADCOVER,
        categories=("wood-covers",),
        origin_price=89_000,
        colors=(BLACK, CAMEL, IVORY),
        sizes=("드라이버", "우드", "유틸리티"),
        stock=Stock.MIXED,
        popularity=558,
        released_days_ago=70,
        description="스티치 하나까지 단정한 소가죽 헤드커버입니다.",
        detail=text(
            """
            ## 손에 감기는 가죽
            앞뒤 두 장의 가죽을 손으로 맞춰 박아 헤드의 곡선을 그대로 따라갑니다.
            입구의 자석 여밈이 소리 없이 닫힙니다.
            """,
            """
            ## 소재와 크기
            - 겉감 소가죽 100%, 안감 극세사
            - 드라이버 460cc까지
            """,
            CARE_LEATHER,
        ),
    ),
    DemoProduct(
        product_code="07202110",
        slug="magnet-blade-putter-cover",
        name="마그넷 블레이드 퍼터 커버",
        picture=Picture.PUTTER_COVER,
        categories=("putter-covers",),
        origin_price=49_000,
        discount=percent(20),
        colors=(WHITE, BLACK, GREEN, BURGUNDY),
        sizes=("블레이드", "와이드 블레이드"),
        stock=Stock.DEEP,
        popularity=724,
        released_days_ago=46,
        description="자석으로 조용히 여닫는 블레이드 퍼터 커버입니다.",
        detail=text(
            """
            ## 그린에서는 조용하게
            벨크로 대신 강한 자석 다섯 개를 넣어 여닫는 소리가 나지 않습니다.
            두꺼운 폼이 페이스를 감싸 이동 중에 찍히지 않습니다.
            """,
            """
            ## 소재와 크기
            - 겉감 PU 100%, 안감 벨보아
            - 블레이드 길이 12cm까지, 와이드 블레이드 폭 6cm까지
            """,
            CARE_SYNTHETIC,
        ),
    ),
    DemoProduct(
        product_code="07203110",
        slug="bamboo-tee-set",
        name="뱀부 롱 티 세트",
        picture=Picture.TEE_SET,
        categories=("tees-markers",),
        origin_price=9_900,
        discount=amount(1_000),
        colors=(WHITE, RED, NAVY),
        sizes=("20개입", "50개입", "100개입"),
        stock=Stock.MIXED,
        popularity=880,
        released_days_ago=135,
        description="나무보다 세 배 단단한 대나무로 깎은 83mm 롱 티입니다.",
        detail=text(
            """
            ## 부러지지 않으니 오래 갑니다
            대나무 섬유는 결이 곧아 잘 부러지지 않습니다. 쓰고 버려져도 자연으로 돌아갑니다.
            높이 눈금 세 줄이 있어 매번 같은 높이로 꽂을 수 있습니다.
            """,
            """
            ## 제원
            - 대나무 100%, 길이 83mm, 친환경 수성 도료
            - 한 봉지는 한 가지 색으로 구성됩니다.
            """,
            CARE_TEE,
        ),
    ),
    DemoProduct(
        product_code="MGTE2501",
        slug="zero-friction-tee-set",
        name="제로 프릭션 티 세트",
        picture=Picture.TEE_SET,
        categories=("tees-markers",),
        origin_price=14_000,
        colors=(ORANGE, YELLOW, SKY, PINK),
        sizes=("S", "M", "L"),
        stock=Stock.MIXED,
        popularity=619,
        released_days_ago=55,
        description="볼이 닿는 면을 줄여 마찰을 낮춘 컬러 티 다섯 개 세트입니다.",
        detail=text(
            """
            ## 마지막 한 뼘을 더
            컵의 세 갈래 날개만 볼에 닿아 처음 구르는 저항을 줄였습니다.
            밝은 색이라 티샷 뒤에 찾기 쉽습니다.
            """,
            """
            ## 제원
            - 폴리카보네이트, 5개입
            - S 54mm, M 70mm, L 83mm
            """,
            CARE_TEE,
        ),
    ),
    DemoProduct(
        product_code="07204110",
        slug="magnet-clip-ball-marker",
        name="마그넷 클립 볼마커",
        picture=Picture.BALL_MARKER,
        categories=("tees-markers",),
        origin_price=22_000,
        discount=percent(5),
        colors=(GREEN, NAVY, PINK, GOLD),
        sizes=("24mm", "28mm"),
        stock=Stock.DEEP,
        popularity=836,
        released_days_ago=24,
        description="모자챙에 꽂아 두고 톡 떼어 쓰는 에나멜 볼마커입니다.",
        detail=text(
            """
            ## 그린 위의 작은 깃발
            깃발 엠블럼에 색유리 가루를 녹여 채운 칠보 에나멜입니다. 긁혀도 색이 벗겨지지 않습니다.
            클립은 두께 3mm까지 물려 모자와 벨트, 주머니 어디에나 꽂습니다.
            """,
            """
            ## 제원
            - 아연 합금, 에나멜, 네오디뮴 자석
            - 지름 24mm 또는 28mm
            """,
            CARE_METAL,
        ),
    ),
    DemoProduct(
        product_code="MGDT2402",
        slug="slim-divot-tool",
        name="슬림 디봇 툴",
        picture=Picture.DIVOT_TOOL,
        categories=("tees-markers",),
        origin_price=28_000,
        discount=percent(15),
        colors=(BLACK, SILVER, RED),
        sizes=("2핀", "1핀"),
        stock=Stock.SOLD_OUT,
        popularity=377,
        released_days_ago=296,
        description="머리에 볼마커가 붙은 얇은 스테인리스 그린 보수기입니다.",
        detail=text(
            """
            ## 다음 팀을 위한 예의
            끝을 살짝 굽혀 그린의 뿌리를 끊지 않고 밀어 모을 수 있습니다.
            두께 4mm라 주머니에 넣어도 배기지 않습니다.
            """,
            """
            ## 제원
            - 스테인리스강, 볼마커 아연 합금
            - 길이 90mm, 무게 약 38g
            """,
            CARE_METAL,
        ),
    ),
)
