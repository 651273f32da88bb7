"""Gloves."""

from typing import Final

from src.demo.catalogue.guides import CARE_GLOVE, SIZE_MEN_GLOVE, SIZE_WOMEN_GLOVE
from src.demo.catalogue.palette import (
    BLACK,
    BLUE,
    CHARCOAL,
    GRAY,
    IVORY,
    LAVENDER,
    MEN_GLOVES,
    MINT,
    NAVY,
    PINK,
    RED,
    SKY,
    WHITE,
    WOMEN_GLOVES,
    amount,
    percent,
    text,
)
from src.demo.catalogue.records import DemoProduct, Picture, Stock

PRODUCTS: Final = (
    DemoProduct(
        product_code="03201110",
        slug="tour-grip-cabretta-glove",
        name="투어 그립 양피 장갑",
        picture=Picture.GLOVE,
        categories=("men-gloves",),
        origin_price=32_000,
        discount=percent(15),
        colors=(WHITE, BLACK, NAVY),
        sizes=MEN_GLOVES,
        stock=Stock.DEEP,
        popularity=992,
        released_days_ago=22,
        description="두 번째 피부처럼 얇은 최상급 양피로 그립감을 살린 남성용 장갑입니다.",
        detail=text(
            """
            ## 맨손 같은 감각
            두께 0.5mm의 에티오피아산 양피만 골라 썼습니다. 클럽 페이스에 맞는 느낌이 손끝까지 전해집니다.
            손가락 사이에는 신축 원단을 넣어 주먹을 쥐어도 당기지 않습니다.
            """,
            """
            ## 소재
            - 손바닥과 손등 천연 양가죽 100%, 손가락 옆면 나일론·폴리우레탄
            - 오른손잡이용 왼손 한 장
            """,
            SIZE_MEN_GLOVE,
            CARE_GLOVE,
        ),
    ),
    DemoProduct(
        product_code="03201120",
        slug="all-weather-grip-glove",
        name="올웨더 그립 장갑",
        picture=Picture.GLOVE,
        categories=("men-gloves",),
        origin_price=19_000,
        colors=(BLACK, WHITE, BLUE, RED),
        sizes=MEN_GLOVES,
        stock=Stock.MIXED,
        popularity=871,
        released_days_ago=94,
        description="땀과 이슬에도 미끄러지지 않는 실리콘 그립의 연습 겸용 장갑입니다.",
        detail=text(
            """
            ## 연습량이 많은 분께
            물세탁이 되는 합성 피혁이라 매일 연습해도 뻣뻣해지지 않습니다.
            손바닥의 물결 실리콘이 젖은 그립에서도 밀리지 않게 잡아 줍니다.
            """,
            """
            ## 소재
            - 손바닥 폴리우레탄 (실리콘 프린트), 손등 나일론·폴리우레탄
            - 오른손잡이용 왼손 한 장
            """,
            SIZE_MEN_GLOVE,
            CARE_GLOVE,
        ),
    ),
    DemoProduct(
        product_code="MGGL2503",
        slug="cool-mesh-glove",
        name="쿨메쉬 여름 장갑",
        picture=Picture.GLOVE,
        categories=("men-gloves",),
        origin_price=24_000,
        discount=amount(3_000),
        colors=(GRAY, SKY, WHITE),
        sizes=MEN_GLOVES,
        stock=Stock.MIXED,
        popularity=640,
        released_days_ago=44,
        description="손등 전체를 메쉬로 바꿔 바람이 통하는 한여름용 장갑입니다.",
        detail=text(
            """
            ## 손등에 부는 바람
            손등을 통째로 냉감 메쉬로 만들어 장갑을 벗지 않아도 열이 빠집니다.
            손바닥은 타공 양피라 얇고, 엄지와 손날만 한 겹 덧대어 오래 씁니다.
            """,
            """
            ## 소재
            - 손바닥 천연 양가죽, 손등 폴리에스터 냉감 메쉬
            - 오른손잡이용 왼손 한 장
            """,
            SIZE_MEN_GLOVE,
            CARE_GLOVE,
        ),
    ),
    DemoProduct(
        product_code="03202110",
        slug="soft-fit-women-glove",
        name="소프트핏 여성 양피 장갑",
        picture=Picture.GLOVE,
        categories=("women-gloves",),
        origin_price=29_000,
        discount=percent(10),
        colors=(WHITE, PINK, MINT),
        sizes=WOMEN_GLOVES,
        stock=Stock.DEEP,
        popularity=816,
        released_days_ago=31,
        description="여성 손의 마디 길이에 맞춰 새로 재단한 부드러운 양피 장갑입니다.",
        detail=text(
            """
            ## 손가락 끝이 남지 않게
            한국 여성 1,200명의 손을 재어 손가락 길이와 폭을 다시 그렸습니다.
            손목 안쪽까지 가죽을 이어 벨크로가 살에 닿지 않습니다.
            """,
            """
            ## 소재
            - 천연 양가죽 100%, 손가락 옆면 나일론·폴리우레탄
            - 오른손잡이용 왼손 한 장
            """,
            SIZE_WOMEN_GLOVE,
            CARE_GLOVE,
        ),
    ),
    DemoProduct(
        product_code="MGGL2507",
        slug="lady-uv-pair-gloves",
        name="레이디 UV 양손 장갑",
        picture=Picture.GLOVE_PAIR,
        categories=("women-gloves",),
        origin_price=36_000,
        discount=percent(20),
        colors=(IVORY, LAVENDER, PINK, BLACK),
        sizes=WOMEN_GLOVES,
        stock=Stock.MIXED,
        popularity=763,
        released_days_ago=3,
        description="자외선을 99% 막아 손등이 타지 않는 여성용 양손 장갑입니다.",
        detail=text(
            """
            ## 장갑 자국 없는 여름
            자외선 차단 지수 UPF 50+ 원단이 양손을 모두 가려 손등 색이 달라지지 않습니다.
            손끝은 열려 있어 휴대폰을 쓰거나 볼마커를 집기 편합니다.
            """,
            """
            ## 소재
            - 손바닥 합성 스웨이드, 손등 나일론·폴리우레탄 (UPF 50+)
            - 양손 한 켤레
            """,
            SIZE_WOMEN_GLOVE,
            CARE_GLOVE,
        ),
    ),
    DemoProduct(
        product_code="03203110",
        slug="winter-fleece-pair-gloves",
        name="윈터 플리스 양손 장갑",
        picture=Picture.GLOVE_PAIR,
        categories=("season-gloves", "men-gloves"),
        origin_price=42_000,
        discount=percent(30),
        colors=(BLACK, CHARCOAL, NAVY),
        sizes=MEN_GLOVES,
        stock=Stock.MIXED,
        popularity=455,
        released_days_ago=231,
        description="영하의 라운드에서도 손끝이 시리지 않은 기모 안감 양손 장갑입니다.",
        detail=text(
            """
            ## 겨울 골프의 절반은 손
            바람을 막는 소프트쉘에 기모 플리스를 덧대어 따뜻하고, 손목을 길게 올려 찬 바람이 들지 않습니다.
            손바닥에는 실리콘을 눌러 두꺼운 장갑에서도 그립이 헛돌지 않습니다.
            """,
            """
            ## 소재
            - 겉감 폴리에스터 소프트쉘, 안감 플리스, 손바닥 실리콘 프린트
            - 양손 한 켤레
            """,
            SIZE_MEN_GLOVE,
            CARE_GLOVE,
        ),
    ),
    DemoProduct(
        product_code="MGGL2401",
        slug="rain-grip-pair-gloves",
        name="레인 그립 양손 장갑",
        picture=Picture.GLOVE_PAIR,
        categories=("season-gloves", "men-gloves", "women-gloves"),
        origin_price=38_000,
        discount=amount(8_000),
        colors=(BLACK, GRAY),
        sizes=("18호", "20호", "22호", "24호"),
        stock=Stock.MIXED,
        popularity=389,
        released_days_ago=276,
        description="젖을수록 더 달라붙는 극세사 손바닥의 우천용 양손 장갑입니다.",
        detail=text(
            """
            ## 비 오는 날의 비밀 병기
            극세사 손바닥은 물을 머금으면 마찰이 커집니다. 그립과 장갑이 함께 젖어도 헛돌지 않습니다.
            물이 잘 빠지는 성긴 조직이라 짜서 다시 끼면 됩니다.
            """,
            """
            ## 소재와 사이즈
            - 손바닥 극세사 폴리에스터, 손등 나일론 메쉬, 양손 한 켤레
            - 18호와 20호는 여성, 22호와 24호는 남성에게 맞습니다.
            """,
            CARE_GLOVE,
        ),
    ),
)
