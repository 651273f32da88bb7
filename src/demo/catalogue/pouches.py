"""Pouches, ball pouches, shoe bags and cooler bags."""

from typing import Final

from src.demo.catalogue.guides import CARE_LEATHER, CARE_SYNTHETIC
from src.demo.catalogue.palette import (
    BLACK,
    BURGUNDY,
    CAMEL,
    CHARCOAL,
    CORAL,
    FREE_AND_LARGE,
    GREEN,
    IVORY,
    MINT,
    NAVY,
    PINK,
    RED,
    SKY,
    TWO_VOLUMES,
    WHITE,
    YELLOW,
    amount,
    percent,
    text,
)
from src.demo.catalogue.records import DemoProduct, Picture, Stock

PRODUCTS: Final = (
    DemoProduct(
        product_code="02201110",
        slug="round-multi-pouch",
        name="라운드 멀티 파우치",
        picture=Picture.POUCH,
        categories=("multi-pouches",),
        origin_price=49_000,
        discount=percent(10),
        colors=(BLACK, IVORY, GREEN, PINK),
        sizes=TWO_VOLUMES,
        stock=Stock.DEEP,
        popularity=888,
        released_days_ago=15,
        description="휴대폰, 선크림, 티와 볼마커까지 한 번에 담아 카트에 거는 파우치입니다.",
        detail=text(
            """
            ## 카트 위의 작은 서랍
            안쪽이 세 칸으로 나뉘어 있어 작은 소품이 바닥에 섞이지 않습니다.
            손목 끈은 카트 손잡이에 바로 걸 수 있고, 떼어 내면 깔끔한 클러치가 됩니다.
            """,
            """
            ## 소재와 크기
            - 겉감 PU 100%, 안감 폴리에스터 100%
            - M 24 x 16 x 5cm, L 28 x 18 x 6cm
            """,
            CARE_SYNTHETIC,
        ),
    ),
    DemoProduct(
        product_code="MGPC2404",
        slug="saffiano-clutch-pouch",
        name="사피아노 클러치 파우치",
        picture=Picture.POUCH,
        categories=("multi-pouches",),
        origin_price=89_000,
        colors=(CAMEL, BURGUNDY, NAVY),
        sizes=FREE_AND_LARGE,
        stock=Stock.MIXED,
        popularity=423,
        released_days_ago=207,
        description="긁힘에 강한 사피아노 소가죽으로 만든, 클럽하우스에서도 어울리는 파우치입니다.",
        detail=text(
            """
            ## 필드에서 클럽하우스까지
            빗금무늬를 눌러 찍은 사피아노 가죽은 생활 긁힘과 물방울에 강합니다.
            지갑과 차 키, 스코어카드가 겹치지 않게 카드 칸과 지퍼 칸을 나누었습니다.
            """,
            """
            ## 소재와 크기
            - 겉감 소가죽 100%, 안감 나일론 100%
            - FREE 25 x 16 x 4cm, XL 29 x 19 x 5cm
            """,
            CARE_LEATHER,
        ),
    ),
    DemoProduct(
        product_code="02202110",
        slug="caddie-ball-pouch",
        name="캐디 볼 파우치",
        picture=Picture.BALL_POUCH,
        categories=("ball-pouches",),
        origin_price=29_000,
        discount=amount(4_000),
        colors=(NAVY, RED, YELLOW, WHITE),
        sizes=TWO_VOLUMES,
        stock=Stock.DEEP,
        popularity=803,
        released_days_ago=72,
        description="벨트에 걸어 두고 볼과 티를 바로 꺼내는 손바닥만 한 볼 파우치입니다.",
        detail=text(
            """
            ## 찾지 말고 바로 꺼내세요
            튼튼한 카라비너로 벨트나 백에 걸고, 자석 버튼을 당기면 한 손으로 열립니다.
            앞쪽 고리에는 티 네 개를 꽂을 수 있습니다.
            """,
            """
            ## 소재와 크기
            - 겉감 네오프렌, 카라비너 아연 합금
            - M 볼 2개, L 볼 4개
            """,
            CARE_SYNTHETIC,
        ),
    ),
    DemoProduct(
        product_code="MGPC2509",
        slug="two-ball-leather-case",
        name="투볼 가죽 케이스",
        picture=Picture.BALL_POUCH,
        categories=("ball-pouches", "gift-balls"),
        origin_price=45_000,
        discount=percent(5),
        colors=(CAMEL, BLACK, GREEN),
        sizes=FREE_AND_LARGE,
        stock=Stock.MIXED,
        popularity=496,
        released_days_ago=33,
        description="이니셜을 새길 수 있는 소가죽 볼 케이스. 라운드 선물로 좋습니다.",
        detail=text(
            """
            ## 작지만 마음이 가는 선물
            부드러운 소가죽을 통으로 접어 만들어 이음매가 적습니다. 볼 두 개가 소리 없이 들어갑니다.
            전용 상자에 담아 보내 드려 따로 포장하지 않아도 됩니다.
            """,
            """
            ## 소재와 크기
            - 소가죽 100%, 고리 황동
            - FREE 볼 2개, XL 볼 3개와 티 4개
            """,
            CARE_LEATHER,
        ),
    ),
    DemoProduct(
        product_code="02203110",
        slug="airflow-shoe-bag",
        name="에어플로우 슈즈백",
        picture=Picture.SHOE_BAG,
        categories=("shoe-bags",),
        origin_price=59_000,
        discount=percent(20),
        colors=(BLACK, SKY, IVORY),
        sizes=TWO_VOLUMES,
        stock=Stock.DEEP,
        popularity=689,
        released_days_ago=118,
        description="바닥 통풍구로 습기를 내보내 다음 라운드에도 상쾌한 슈즈백입니다.",
        detail=text(
            """
            ## 젖은 신발도 마르는 가방
            앞뒤와 바닥의 통풍구로 공기가 흐르고, 안감은 항균 가공한 메쉬입니다.
            가운데 칸막이가 있어 깨끗한 쪽과 밑창이 서로 닿지 않습니다.
            """,
            """
            ## 소재와 크기
            - 겉감 폴리에스터 100%, 안감 항균 메쉬
            - M 신발 270mm까지, L 신발 300mm까지
            """,
            CARE_SYNTHETIC,
        ),
    ),
    DemoProduct(
        product_code="02204110",
        slug="keep-cool-bag",
        name="킵쿨 보냉백",
        picture=Picture.COOLER_BAG,
        categories=("cooler-bags",),
        origin_price=69_000,
        colors=(MINT, NAVY, CORAL),
        sizes=TWO_VOLUMES,
        stock=Stock.MIXED,
        popularity=744,
        released_days_ago=5,
        description="얼음이 18홀 내내 남아 있는, 500ml 생수 여섯 병이 들어가는 보냉백입니다.",
        detail=text(
            """
            ## 마지막 홀까지 시원하게
            8mm 단열 폼과 무봉제 안감으로 찬 기운이 새지 않습니다. 한여름 카트 위에서 약 6시간 동안 얼음이 남습니다.
            녹은 물이 새지 않도록 안감을 통으로 이어 붙였습니다.
            """,
            """
            ## 소재와 크기
            - 겉감 폴리에스터 100%, 단열재 PE 폼, 안감 PEVA
            - M 500ml 6병, L 500ml 10병
            """,
            CARE_SYNTHETIC,
        ),
    ),
    DemoProduct(
        product_code="MGPC2415",
        slug="mini-cooler-cart-bag",
        name="미니 쿨러 카트백",
        picture=Picture.COOLER_BAG,
        categories=("cooler-bags", "multi-pouches"),
        origin_price=39_000,
        discount=percent(35),
        colors=(CHARCOAL, PINK),
        sizes=TWO_VOLUMES,
        stock=Stock.SOLD_OUT,
        popularity=366,
        released_days_ago=288,
        description="간식과 캔 음료 두어 개만 시원하게 담는 한 손 크기의 보냉백입니다.",
        detail=text(
            """
            ## 그늘집을 기다리지 않아도
            캔 네 개와 과일 한 통이 들어가는 크기입니다. 카트 바구니에 쏙 들어갑니다.
            윗면의 뽑기 구멍으로 물티슈를 꺼내 쓸 수 있습니다.
            """,
            """
            ## 소재와 크기
            - 겉감 폴리에스터 100%, 안감 PEVA
            - M 캔 4개, L 캔 6개
            """,
            CARE_SYNTHETIC,
        ),
    ),
)
