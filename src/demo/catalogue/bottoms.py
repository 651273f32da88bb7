"""Trousers, shorts and skirts."""

from typing import Final

from src.demo.catalogue.guides import CARE_FUNCTIONAL, SIZE_MEN_WAIST, SIZE_WOMEN_BOTTOM
from src.demo.catalogue.palette import (
    BEIGE,
    BLACK,
    CHARCOAL,
    GRAY,
    IVORY,
    KHAKI,
    MEN_WAIST,
    NAVY,
    PINK,
    WHITE,
    WOMEN_BOTTOMS,
    amount,
    percent,
    text,
)
from src.demo.catalogue.records import DemoProduct, Picture, Stock

PRODUCTS: Final = (
    DemoProduct(
        product_code="05205110",
        slug="men-stretch-tapered-pants",
        name="남성 스트레치 테이퍼드 팬츠",
        picture=Picture.TROUSERS,
        categories=("pants",),
        origin_price=129_000,
        discount=percent(20),
        colors=(BLACK, BEIGE, NAVY, GRAY),
        sizes=MEN_WAIST,
        stock=Stock.MIXED,
        popularity=889,
        released_days_ago=16,
        description="네 방향으로 늘어나 그린을 읽을 때도 편한 사계절 팬츠입니다.",
        detail=text(
            """
            ## 앉아도 당기지 않게
            네 방향 스트레치와 밴드가 숨은 허리로 쪼그려 앉아도 배와 무릎이 편합니다.
            다림질하지 않아도 앞주름이 남는 방축 가공을 했습니다.
            """,
            """
            ## 소재
            - 폴리에스터 90%, 폴리우레탄 10% (발수)
            """,
            SIZE_MEN_WAIST,
            CARE_FUNCTIONAL,
        ),
    ),
    DemoProduct(
        product_code="MGPT2502",
        slug="women-straight-ankle-pants",
        name="여성 스트레이트 앵클 팬츠",
        picture=Picture.TROUSERS,
        categories=("pants",),
        origin_price=119_000,
        discount=amount(10_000),
        colors=(WHITE, BLACK, KHAKI),
        sizes=WOMEN_BOTTOMS,
        stock=Stock.DEEP,
        popularity=677,
        released_days_ago=77,
        description="발목이 드러나는 길이로 골프화와 잘 어울리는 여성 팬츠입니다.",
        detail=text(
            """
            ## 흰색도 자신 있게
            비침을 줄인 두꺼운 더블 위브지만 바람이 잘 통합니다.
            뒤허리를 1.5cm 높여 어드레스에서 속이 보이지 않습니다.
            """,
            """
            ## 소재
            - 폴리에스터 84%, 레이온 10%, 폴리우레탄 6%
            """,
            SIZE_WOMEN_BOTTOM,
            CARE_FUNCTIONAL,
        ),
    ),
    DemoProduct(
        product_code="05205120",
        slug="men-bermuda-shorts",
        name="남성 버뮤다 쇼츠",
        picture=Picture.SHORTS,
        categories=("pants",),
        origin_price=89_000,
        discount=percent(35),
        colors=(NAVY, KHAKI, CHARCOAL),
        sizes=MEN_WAIST,
        stock=Stock.MIXED,
        popularity=528,
        released_days_ago=153,
        description="무릎 바로 위에서 끝나는 단정한 길이의 여름 쇼츠입니다.",
        detail=text(
            """
            ## 반바지도 단정하게
            무릎 위 3cm에서 끝나 대부분의 클럽 복장 규정에 맞습니다.
            허리 안쪽의 실리콘 띠가 셔츠가 빠져나오지 않게 잡아 줍니다.
            """,
            """
            ## 소재
            - 나일론 88%, 폴리우레탄 12% (발수)
            """,
            SIZE_MEN_WAIST,
            CARE_FUNCTIONAL,
        ),
    ),
    DemoProduct(
        product_code="05206110",
        slug="women-pleats-skirt",
        name="여성 플리츠 스커트",
        picture=Picture.SKIRT,
        categories=("skirts",),
        origin_price=109_000,
        discount=percent(10),
        colors=(WHITE, NAVY, PINK),
        sizes=WOMEN_BOTTOMS,
        stock=Stock.DEEP,
        popularity=926,
        released_days_ago=4,
        description="속바지가 붙어 있어 안심하고 스윙하는 주름 스커트입니다.",
        detail=text(
            """
            ## 흔들려도 예쁜 주름
            열로 눌러 잡은 주름이라 세탁해도 풀리지 않습니다. 걸을 때마다 가볍게 찰랑입니다.
            속바지에는 볼 주머니가 양쪽에 있고 밑단이 말려 올라가지 않습니다.
            """,
            """
            ## 소재
            - 겉감 폴리에스터 95%, 폴리우레탄 5%, 속바지 나일론·폴리우레탄
            """,
            SIZE_WOMEN_BOTTOM,
            CARE_FUNCTIONAL,
        ),
    ),
    DemoProduct(
        product_code="MGSK2404",
        slug="women-a-line-wrap-skirt",
        name="여성 A라인 랩 스커트",
        picture=Picture.SKIRT,
        categories=("skirts",),
        origin_price=99_000,
        discount=percent(40),
        colors=(BLACK, IVORY),
        sizes=WOMEN_BOTTOMS,
        stock=Stock.MIXED,
        popularity=402,
        released_days_ago=261,
        description="앞에서 비스듬히 겹치는 여밈이 날씬해 보이는 랩 스커트입니다.",
        detail=text(
            """
            ## 선 하나로 달라지는 실루엣
            사선으로 겹친 앞판이 허리를 가늘어 보이게 합니다. 바람에 펄럭이지 않도록 안쪽을 똑딱이로 고정했습니다.
            속바지가 붙어 있어 따로 챙겨 입지 않아도 됩니다.
            """,
            """
            ## 소재
            - 겉감 나일론 85%, 폴리우레탄 15%, 속바지 폴리에스터·폴리우레탄
            """,
            SIZE_WOMEN_BOTTOM,
            CARE_FUNCTIONAL,
        ),
    ),
)
