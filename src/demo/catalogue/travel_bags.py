"""Boston bags, half bags and travel covers."""

from typing import Final

from src.demo.catalogue.guides import CARE_LEATHER, CARE_SYNTHETIC
from src.demo.catalogue.palette import (
    BAG_VOLUME,
    BEIGE,
    BLACK,
    BROWN,
    CAMEL,
    CHARCOAL,
    GRAY,
    GREEN,
    IVORY,
    LAVENDER,
    NAVY,
    PINK,
    SKY,
    TWO_VOLUMES,
    amount,
    percent,
    text,
)
from src.demo.catalogue.records import DemoProduct, Picture, Stock

PRODUCTS: Final = (
    DemoProduct(
        product_code="01203110",
        slug="weekend-boston-bag",
        name="위크엔드 보스턴백",
        picture=Picture.BOSTON_BAG,
        categories=("boston-bags",),
        origin_price=169_000,
        discount=percent(10),
        colors=(IVORY, BLACK, GREEN),
        sizes=TWO_VOLUMES,
        stock=Stock.DEEP,
        popularity=901,
        released_days_ago=18,
        description="옷 한 벌과 신발 한 켤레가 딱 들어가는, 주말 라운드에 알맞은 보스턴백입니다.",
        detail=text(
            """
            ## 신발 따로, 옷 따로
            아래칸은 통풍구가 있는 신발 전용 공간입니다. 젖은 신발을 넣어도 위칸의 옷에 냄새가 배지 않습니다.
            안쪽 메쉬 포켓 두 개와 지퍼 포켓 하나로 시계와 반지까지 자리를 정해 둘 수 있습니다.
            """,
            """
            ## 소재와 크기
            - 겉감 PU 100%, 안감 폴리에스터 100%
            - M 45 x 22 x 30cm, L 50 x 25 x 33cm
            - 탈착 어깨끈 포함, 캐리어 손잡이 고정 밴드
            """,
            CARE_SYNTHETIC,
        ),
    ),
    DemoProduct(
        product_code="01203120",
        slug="two-way-boston-bag",
        name="투웨이 나일론 보스턴백",
        picture=Picture.BOSTON_BAG,
        categories=("boston-bags",),
        origin_price=129_000,
        discount=amount(20_000),
        colors=(BLACK, SKY, LAVENDER),
        sizes=TWO_VOLUMES,
        stock=Stock.MIXED,
        popularity=533,
        released_days_ago=141,
        description="들거나 메거나. 가벼운 나일론으로 만든 860g 보스턴백입니다.",
        detail=text(
            """
            ## 가볍게 들고 나서는 아침
            낙하산에 쓰이는 고밀도 나일론이라 가볍고 잘 찢어지지 않습니다.
            숨은 어깨끈을 꺼내면 백팩처럼 멜 수 있어 대중교통으로 연습장에 갈 때도 편합니다.
            """,
            """
            ## 소재와 크기
            - 겉감 나일론 100% (발수), 안감 폴리에스터 100%
            - M 44 x 20 x 28cm, L 48 x 24 x 32cm, 무게 약 860g
            """,
            CARE_SYNTHETIC,
        ),
    ),
    DemoProduct(
        product_code="MGBB2411",
        slug="classic-leather-boston-bag",
        name="클래식 소가죽 보스턴백",
        picture=Picture.BOSTON_BAG,
        categories=("boston-bags",),
        origin_price=498_000,
        discount=percent(25),
        colors=(CAMEL, BROWN, BLACK),
        sizes=TWO_VOLUMES,
        stock=Stock.MIXED,
        popularity=467,
        released_days_ago=254,
        description="들수록 색이 깊어지는 이탈리아산 소가죽으로 만든 보스턴백입니다.",
        detail=text(
            """
            ## 시간이 만드는 색
            식물성 무두질 가죽이라 햇빛과 손길에 따라 색이 천천히 깊어집니다.
            손잡이는 장인이 두 번 박음질해 오래 들어도 올이 풀리지 않습니다.
            """,
            """
            ## 소재와 크기
            - 겉감 소가죽 100% (이탈리아), 안감 면 100%
            - M 46 x 22 x 30cm, L 51 x 25 x 33cm, 무게 약 1.6kg
            """,
            CARE_LEATHER,
        ),
    ),
    DemoProduct(
        product_code="01204110",
        slug="practice-half-bag",
        name="프랙티스 하프백",
        picture=Picture.HALF_BAG,
        categories=("half-bags",),
        origin_price=99_000,
        discount=percent(30),
        colors=(NAVY, BEIGE, BLACK),
        sizes=BAG_VOLUME,
        stock=Stock.DEEP,
        popularity=779,
        released_days_ago=83,
        description="연습장에 필요한 클럽 대여섯 개만 가볍게 담는 하프백입니다.",
        detail=text(
            """
            ## 퇴근길 연습장에 딱 맞게
            클럽 6개와 장갑, 볼 한 줄이 들어가는 크기입니다. 어깨에 메고 지하철을 타도 부담이 없습니다.
            입구를 비스듬히 잘라 긴 클럽도 쉽게 넣고 뺄 수 있습니다.
            """,
            """
            ## 소재와 크기
            - 겉감 폴리에스터 캔버스 100%
            - S 클럽 4개, M 클럽 6개, L 클럽 8개, 높이 84cm, 무게 약 780g (M 기준)
            """,
            CARE_SYNTHETIC,
        ),
    ),
    DemoProduct(
        product_code="MGHB2502",
        slug="quilted-half-bag",
        name="퀼팅 하프백",
        picture=Picture.HALF_BAG,
        categories=("half-bags",),
        origin_price=139_000,
        colors=(PINK, IVORY, GRAY),
        sizes=TWO_VOLUMES,
        stock=Stock.MIXED,
        popularity=612,
        released_days_ago=49,
        description="도톰한 퀼팅이 클럽을 감싸 주는, 파3 라운드용 하프백입니다.",
        detail=text(
            """
            ## 폭신하게 감싸는 퀼팅
            5mm 패딩을 넣은 다이아몬드 퀼팅이 클럽끼리 부딪치는 소리를 줄여 줍니다.
            덮개를 씌우면 헤드가 보이지 않아 여행용 클럽 케이스로도 쓸 수 있습니다.
            """,
            """
            ## 소재와 크기
            - 겉감 나일론 100%, 충전재 폴리에스터 100%
            - M 클럽 6개, L 클럽 8개, 높이 84cm, 무게 약 900g
            """,
            CARE_SYNTHETIC,
        ),
    ),
    DemoProduct(
        product_code="01205110",
        slug="wheel-travel-cover",
        name="휠 항공커버",
        picture=Picture.TRAVEL_COVER,
        categories=("travel-covers",),
        origin_price=189_000,
        discount=amount(30_000),
        colors=(BLACK, CHARCOAL, NAVY),
        sizes=TWO_VOLUMES,
        stock=Stock.MIXED,
        popularity=571,
        released_days_ago=172,
        description="해외 라운드의 짐을 지키는 바퀴 달린 항공커버. 헤드 쪽 보강이 튼튼합니다.",
        detail=text(
            """
            ## 던져져도 안심
            헤드가 닿는 위쪽 40cm를 10mm 폼과 보강판으로 감쌌습니다.
            인라인 바퀴가 울퉁불퉁한 주차장에서도 조용히 굴러가고, 손잡이 다섯 개로 어디서든 들 수 있습니다.
            """,
            """
            ## 소재와 크기
            - 겉감 폴리에스터 1680D, 바퀴 폴리우레탄
            - M 9인치 백까지, L 10인치 백까지, 높이 124cm, 무게 약 2.8kg
            - 접으면 36 x 30 x 18cm로 보관할 수 있습니다.
            """,
            CARE_SYNTHETIC,
        ),
    ),
)
