"""Shirts, knits, vests and jackets."""

from typing import Final

from src.demo.catalogue.guides import CARE_FUNCTIONAL, CARE_KNIT, SIZE_MEN_TOP, SIZE_WOMEN_TOP
from src.demo.catalogue.palette import (
    BEIGE,
    BLACK,
    BLUE,
    BURGUNDY,
    CHARCOAL,
    CORAL,
    GRAY,
    GREEN,
    IVORY,
    KHAKI,
    LAVENDER,
    MEN_TOPS,
    MINT,
    NAVY,
    PINK,
    RED,
    SKY,
    WHITE,
    WOMEN_TOPS,
    YELLOW,
    amount,
    percent,
    text,
)
from src.demo.catalogue.records import DemoProduct, Picture, Stock

PRODUCTS: Final = (
    DemoProduct(
        product_code="05201110",
        slug="men-cool-touch-polo",
        name="남성 쿨터치 반팔 폴로",
        picture=Picture.POLO_SHIRT,
        categories=("men-polos",),
        origin_price=89_000,
        discount=percent(20),
        colors=(WHITE, NAVY, SKY, CORAL),
        sizes=MEN_TOPS,
        stock=Stock.DEEP,
        popularity=978,
        released_days_ago=2,
        description="입는 순간 시원한 냉감 원사로 만든 남성 반팔 폴로 셔츠입니다.",
        detail=text(
            """
            ## 닿는 순간 1도 시원하게
            열을 빨리 옮기는 냉감 원사로 짜 살에 닿으면 바로 시원합니다. 땀은 1분 안에 퍼져 마릅니다.
            어깨선을 앞으로 옮겨 백스윙 때 등이 당기지 않습니다.
            """,
            """
            ## 소재
            - 나일론 78%, 폴리우레탄 22%, 자외선 차단 UPF 50+
            """,
            SIZE_MEN_TOP,
            CARE_FUNCTIONAL,
        ),
    ),
    DemoProduct(
        product_code="05201120",
        slug="men-pique-stripe-polo",
        name="남성 피케 스트라이프 폴로",
        picture=Picture.POLO_SHIRT,
        categories=("men-polos",),
        origin_price=79_000,
        colors=(GREEN, BLUE, RED),
        sizes=MEN_TOPS,
        stock=Stock.MIXED,
        popularity=701,
        released_days_ago=111,
        description="가슴을 가로지르는 배색 띠가 경쾌한 피케 폴로 셔츠입니다.",
        detail=text(
            """
            ## 오래 보아도 질리지 않는 피케
            굵은 조직의 면 혼방 피케라 몸에 붙지 않고, 여러 번 빨아도 깃이 눕지 않습니다.
            소매 끝의 배색 띠가 팔을 더 단정해 보이게 합니다.
            """,
            """
            ## 소재
            - 면 60%, 폴리에스터 36%, 폴리우레탄 4%
            """,
            SIZE_MEN_TOP,
            CARE_FUNCTIONAL,
        ),
    ),
    DemoProduct(
        product_code="05202110",
        slug="women-slim-fit-polo",
        name="여성 슬림핏 반팔 폴로",
        picture=Picture.POLO_SHIRT,
        categories=("women-polos",),
        origin_price=85_000,
        discount=amount(15_000),
        colors=(WHITE, PINK, LAVENDER, MINT),
        sizes=WOMEN_TOPS,
        stock=Stock.DEEP,
        popularity=912,
        released_days_ago=14,
        description="허리선이 살아나는 재단과 비침 없는 원단의 여성 폴로 셔츠입니다.",
        detail=text(
            """
            ## 비치지 않아 안심
            밝은 색도 속이 비치지 않도록 두 겹 조직으로 짰습니다. 그래도 무게는 150g 남짓입니다.
            옆선을 뒤로 돌려 앞에서 보면 허리가 더 가늘어 보입니다.
            """,
            """
            ## 소재
            - 폴리에스터 88%, 폴리우레탄 12%, 자외선 차단 UPF 50+
            """,
            SIZE_WOMEN_TOP,
            CARE_FUNCTIONAL,
        ),
    ),
    DemoProduct(
        product_code="MGTS2505",
        slug="women-uv-long-polo",
        name="여성 UV 긴팔 폴로",
        picture=Picture.LONG_POLO,
        categories=("women-polos",),
        origin_price=98_000,
        discount=percent(10),
        colors=(IVORY, SKY, YELLOW),
        sizes=WOMEN_TOPS,
        stock=Stock.MIXED,
        popularity=684,
        released_days_ago=25,
        description="한여름에도 입는 얇은 긴팔. 팔토시 없이 자외선을 막아 줍니다.",
        detail=text(
            """
            ## 팔토시는 이제 그만
            비칠 듯 얇지만 자외선은 98% 이상 막는 촘촘한 원단입니다. 겨드랑이에는 메쉬를 넣어 열이 빠집니다.
            소매 끝에 엄지 구멍이 있어 손등까지 덮을 수 있습니다.
            """,
            """
            ## 소재
            - 나일론 82%, 폴리우레탄 18%, 자외선 차단 UPF 50+
            """,
            SIZE_WOMEN_TOP,
            CARE_FUNCTIONAL,
        ),
    ),
    DemoProduct(
        product_code="MGTS2418",
        slug="men-thermo-long-polo",
        name="남성 써모 긴팔 폴로",
        picture=Picture.LONG_POLO,
        categories=("men-polos",),
        origin_price=109_000,
        discount=percent(30),
        colors=(BLACK, BURGUNDY, KHAKI),
        sizes=MEN_TOPS,
        stock=Stock.MIXED,
        popularity=437,
        released_days_ago=219,
        description="기모 안감이 따뜻한 간절기용 남성 긴팔 폴로 셔츠입니다.",
        detail=text(
            """
            ## 한 장으로 따뜻하게
            안쪽을 짧게 긁어 낸 기모가 공기를 머금어 바람막이 속에 한 장만 입어도 따뜻합니다.
            네 방향으로 늘어나 두께에 비해 움직임이 가볍습니다.
            """,
            """
            ## 소재
            - 폴리에스터 90%, 폴리우레탄 10% (안쪽 기모)
            """,
            SIZE_MEN_TOP,
            CARE_FUNCTIONAL,
        ),
    ),
    DemoProduct(
        product_code="05203110",
        slug="men-argyle-wool-knit",
        name="남성 아가일 울 니트",
        picture=Picture.KNIT,
        categories=("knits-vests",),
        origin_price=159_000,
        discount=percent(20),
        colors=(GREEN, NAVY, GRAY),
        sizes=MEN_TOPS,
        stock=Stock.MIXED,
        popularity=594,
        released_days_ago=41,
        description="가슴의 아가일 무늬가 클래식한 램스울 라운드 니트입니다.",
        detail=text(
            """
            ## 골프의 오래된 멋
            색실을 한 코씩 바꿔 짠 인타르시아 아가일이라 안쪽에 실이 늘어지지 않습니다.
            목과 소매는 두 겹 시보리로 짜 여러 번 입어도 늘어나지 않습니다.
            """,
            """
            ## 소재
            - 램스울 70%, 나일론 30%
            """,
            SIZE_MEN_TOP,
            CARE_KNIT,
        ),
    ),
    DemoProduct(
        product_code="05203120",
        slug="women-v-neck-knit-vest",
        name="여성 브이넥 니트 베스트",
        picture=Picture.VEST,
        categories=("knits-vests",),
        origin_price=119_000,
        discount=amount(20_000),
        colors=(PINK, IVORY, NAVY),
        sizes=WOMEN_TOPS,
        stock=Stock.DEEP,
        popularity=828,
        released_days_ago=19,
        description="폴로 위에 겹쳐 입기 좋은 아가일 니트 베스트입니다.",
        detail=text(
            """
            ## 겹쳐 입는 재미
            얇은 12게이지로 짜 셔츠 위에 입어도 부해 보이지 않습니다.
            진동을 넉넉히 파서 스윙할 때 셔츠 소매가 말려 올라가지 않습니다.
            """,
            """
            ## 소재
            - 면 55%, 아크릴 35%, 울 10%
            """,
            SIZE_WOMEN_TOP,
            CARE_KNIT,
        ),
    ),
    DemoProduct(
        product_code="05204110",
        slug="men-light-wind-jacket",
        name="남성 라이트 바람막이",
        picture=Picture.WIND_JACKET,
        categories=("outerwear",),
        origin_price=189_000,
        discount=percent(15),
        colors=(BLACK, CHARCOAL, BLUE),
        sizes=MEN_TOPS,
        stock=Stock.DEEP,
        popularity=867,
        released_days_ago=6,
        description="주먹만 하게 접히는 178g 바람막이. 스윙 소리가 나지 않습니다.",
        detail=text(
            """
            ## 바스락거리지 않는 바람막이
            부드러운 저소음 원단이라 어드레스와 백스윙에서 옷 소리가 거슬리지 않습니다.
            등판의 숨은 통풍구로 열이 빠지고, 왼쪽 주머니에 뒤집어 넣으면 주먹만 하게 접힙니다.
            """,
            """
            ## 소재
            - 나일론 86%, 폴리우레탄 14% (발수), 무게 약 178g (100 기준)
            """,
            SIZE_MEN_TOP,
            CARE_FUNCTIONAL,
        ),
    ),
    DemoProduct(
        product_code="MGJK2503",
        slug="women-crop-wind-jacket",
        name="여성 크롭 바람막이",
        picture=Picture.WIND_JACKET,
        categories=("outerwear",),
        origin_price=179_000,
        colors=(IVORY, LAVENDER, BEIGE),
        sizes=WOMEN_TOPS,
        stock=Stock.MIXED,
        popularity=646,
        released_days_ago=66,
        description="허리선에서 끝나 스커트와 잘 어울리는 여성 바람막이입니다.",
        detail=text(
            """
            ## 다리가 길어 보이는 길이
            골반 위에서 끊어지는 길이라 스커트와 팬츠 어디에나 비율이 좋아 보입니다.
            밑단 조임끈으로 실루엣을 바꿀 수 있고, 모자는 깃 속에 숨겨져 있습니다.
            """,
            """
            ## 소재
            - 폴리에스터 100% (발수), 안감 메쉬
            """,
            SIZE_WOMEN_TOP,
            CARE_FUNCTIONAL,
        ),
    ),
)
