"""What the shop puts in front: the curated rows and the banners."""

from typing import Final

from src.demo.catalogue.palette import BLUE, BURGUNDY, CORAL, GREEN, NAVY, ORANGE, SKY
from src.demo.catalogue.records import DemoBanner, DemoPromotion, Picture

PROMOTIONS: Final = (
    DemoPromotion(
        code="best",
        name="베스트",
        product_codes=(
            "06201110",
            "03201110",
            "05201110",
            "01201110",
            "04201110",
            "01202110",
            "05206110",
            "05202110",
            "01203110",
            "05205110",
            "02201110",
            "07203110",
        ),
    ),
    DemoPromotion(
        code="md_pick",
        name="MD 추천",
        product_codes=(
            "01201120",
            "05203120",
            "04202110",
            "06204110",
            "MGPC2509",
            "MGHC2506",
            "05204110",
            "07204110",
            "MGHB2502",
            "MGTS2505",
        ),
    ),
    DemoPromotion(
        code="new",
        name="신상품",
        product_codes=(
            "05201110",
            "MGGL2507",
            "05206110",
            "02204110",
            "05204110",
            "04201110",
            "06201110",
            "01202110",
            "04202110",
            "07206110",
        ),
    ),
)

BANNERS: Final = (
    DemoBanner(
        number=1,
        type="banner",
        title="필드가 기다리는 계절",
        sub_title="새로 나온 믹골프 스탠드백과 함께 가볍게 걸어 보세요",
        link_url="/shop/golf-bags/stand-bags",
        picture=Picture.STAND_BAG,
        color_code=GREEN.code,
    ),
    DemoBanner(
        number=2,
        type="banner",
        title="투어 클래식 캐디백",
        sub_title="흐트러지지 않는 각, 지금 20% 할인",
        link_url="/shop/golf-bags/caddie-bags",
        picture=Picture.CADDIE_BAG,
        color_code=NAVY.code,
        starts_in_days=-7,
        ends_in_days=60,
    ),
    DemoBanner(
        number=3,
        type="banner",
        title="이번 주 신상품",
        sub_title="모자부터 스커트까지 산뜻하게 갈아입는 라운드",
        link_url="/shop/outstand/new",
        picture=Picture.CAP,
        color_code=CORAL.code,
    ),
    DemoBanner(
        number=4,
        type="banner",
        title="겨울 라운드 준비",
        sub_title="방한 장갑과 비니를 한자리에 모았습니다",
        link_url="/shop/gloves/season-gloves",
        picture=Picture.BEANIE,
        color_code=BURGUNDY.code,
        is_active=False,
    ),
    DemoBanner(
        number=5,
        type="promotion",
        title="골프공 최대 30% 할인",
        sub_title="우레탄 볼부터 컬러 볼까지, 넉넉하게 담아 두세요",
        link_url="/shop/golf-balls",
        picture=Picture.BALL_BOX,
        color_code=ORANGE.code,
        starts_in_days=-3,
        ends_in_days=30,
    ),
    DemoBanner(
        number=6,
        type="promotion",
        title="MD가 고른 선물",
        sub_title="받는 분의 라운드가 즐거워지는 작은 소품들",
        link_url="/shop/outstand/promotion",
        picture=Picture.BOSTON_BAG,
        color_code=SKY.code,
    ),
    DemoBanner(
        number=7,
        type="promotion",
        title="장마철 우산 기획전",
        sub_title="비가 와도 티오프는 그대로",
        link_url="/shop/accessories/towels-umbrellas",
        picture=Picture.UMBRELLA,
        color_code=BLUE.code,
        starts_in_days=-60,
        ends_in_days=-30,
    ),
)
"""In the order to show, within each type."""
