"""Caddie bags and stand bags."""

from typing import Final

from src.demo.catalogue.guides import CARE_SYNTHETIC
from src.demo.catalogue.palette import (
    BAG_INCHES,
    BEIGE,
    BLACK,
    BLUE,
    BURGUNDY,
    CADDIE_INCHES,
    CHARCOAL,
    GRAY,
    GREEN,
    IVORY,
    KHAKI,
    MINT,
    NAVY,
    PINK,
    RED,
    WHITE,
    amount,
    percent,
    text,
)
from src.demo.catalogue.records import DemoProduct, Picture, Stock

PRODUCTS: Final = (
    DemoProduct(
        product_code="01201110",
        slug="tour-classic-caddie-bag",
        name="투어 클래식 캐디백",
        picture=Picture.CADDIE_BAG,
        categories=("caddie-bags",),
        origin_price=429_000,
        discount=percent(20),
        colors=(BLACK, NAVY, IVORY),
        sizes=CADDIE_INCHES,
        stock=Stock.DEEP,
        popularity=965,
        released_days_ago=12,
        description="투어 선수용 백의 각과 무게 중심을 그대로 옮긴 믹골프의 대표 캐디백입니다.",
        detail=text(
            """
            ## 라운드 내내 무너지지 않는 각
            두께감 있는 고밀도 PU 원단 안쪽에 보강판을 넣어 클럽을 가득 채워도 몸통이 휘지 않습니다.
            5분할 톱커버는 벨루어로 감싸 샤프트 도장이 긁히지 않습니다.
            """,
            """
            ## 손이 먼저 기억하는 수납
            지퍼 포켓 8개를 자주 쓰는 순서대로 배치했습니다. 거리측정기 포켓은 자석 덮개라 한 손으로 열립니다.
            보냉 포켓과 방수 귀중품 포켓을 따로 두었고, 우산 홀더와 장갑 벨크로, 레인커버를 함께 드립니다.
            """,
            """
            ## 소재와 크기
            - 겉감 PU 100%, 안감 폴리에스터 100%
            - 구경 9인치 또는 9.5인치, 높이 91cm, 무게 약 3.9kg (9인치 기준)
            """,
            CARE_SYNTHETIC,
        ),
    ),
    DemoProduct(
        product_code="01201120",
        slug="signature-emblem-caddie-bag",
        name="시그니처 엠블럼 캐디백",
        picture=Picture.CADDIE_BAG,
        categories=("caddie-bags",),
        origin_price=389_000,
        colors=(IVORY, GREEN, BURGUNDY),
        sizes=CADDIE_INCHES,
        stock=Stock.MIXED,
        popularity=842,
        released_days_ago=38,
        description="자수 엠블럼과 배색 파이핑으로 카트 위에서 단정하게 돋보이는 캐디백입니다.",
        detail=text(
            """
            ## 한 땀씩 올린 엠블럼
            앞판의 깃발 엠블럼은 3만 땀이 넘는 입체 자수입니다. 가까이에서 볼수록 차이가 느껴집니다.
            배색 파이핑이 몸통의 선을 잡아 주어 어느 각도에서도 반듯해 보입니다.
            """,
            """
            ## 소재와 크기
            - 겉감 엠보 PU 100%, 안감 폴리에스터 100%, 장식 아연 합금
            - 구경 9인치 또는 9.5인치, 높이 90cm, 무게 약 3.7kg
            - 6분할 톱커버, 포켓 7개, 네임택과 레인커버 포함
            """,
            CARE_SYNTHETIC,
        ),
    ),
    DemoProduct(
        product_code="MGCB2503",
        slug="aero-light-caddie-bag",
        name="에어로 라이트 캐디백 2.4kg",
        picture=Picture.CADDIE_BAG,
        categories=("caddie-bags",),
        origin_price=298_000,
        discount=amount(40_000),
        colors=(GRAY, BLACK, MINT, PINK),
        sizes=CADDIE_INCHES,
        stock=Stock.DEEP,
        popularity=718,
        released_days_ago=64,
        description="빈 백 2.4kg. 트렁크에 싣고 내리는 일이 가벼워지는 경량 캐디백입니다.",
        detail=text(
            """
            ## 가볍지만 허술하지 않게
            립스톱 나일론과 속이 빈 카본 프레임을 써서 일반 캐디백보다 1kg 이상 가볍습니다.
            바닥은 미끄럼 방지 고무로 마감해 카트 위에서도 돌지 않습니다.
            """,
            """
            ## 소재와 크기
            - 겉감 나일론 100% (립스톱, 생활 방수), 프레임 카본 복합재
            - 구경 9인치 또는 9.5인치, 높이 89cm, 무게 약 2.4kg
            """,
            CARE_SYNTHETIC,
        ),
    ),
    DemoProduct(
        product_code="MGCB2408",
        slug="heritage-check-caddie-bag",
        name="헤리티지 체크 캐디백",
        picture=Picture.CADDIE_BAG,
        categories=("caddie-bags",),
        origin_price=359_000,
        discount=percent(40),
        colors=(BEIGE, CHARCOAL),
        sizes=CADDIE_INCHES,
        stock=Stock.SOLD_OUT,
        popularity=410,
        released_days_ago=322,
        description="은은한 체크 자카드로 클래식한 필드 룩을 완성하는 시즌 한정 캐디백입니다.",
        detail=text(
            """
            ## 멀리서는 단색, 가까이서는 체크
            같은 계열의 실 두 가지로 짠 자카드 원단입니다. 빛의 방향에 따라 체크가 나타났다 사라집니다.
            발수 가공을 더해 이슬이 내린 새벽 라운드에도 물방울이 맺혔다 굴러떨어집니다.
            """,
            """
            ## 소재와 크기
            - 겉감 폴리에스터 자카드 100%, 배색 PU
            - 구경 9인치 또는 9.5인치, 높이 90cm, 무게 약 3.5kg
            """,
            CARE_SYNTHETIC,
        ),
    ),
    DemoProduct(
        product_code="01202110",
        slug="fairway-stand-bag",
        name="페어웨이 스탠드백",
        picture=Picture.STAND_BAG,
        categories=("stand-bags",),
        origin_price=259_000,
        discount=percent(15),
        colors=(NAVY, WHITE, GREEN, RED),
        sizes=BAG_INCHES,
        stock=Stock.DEEP,
        popularity=934,
        released_days_ago=9,
        description="걷는 라운드를 위한 1.9kg 스탠드백. 어깨가 편한 듀얼 스트랩이 기본입니다.",
        detail=text(
            """
            ## 어깨가 먼저 압니다
            두 줄 스트랩이 무게를 양쪽 어깨로 나누고, 등이 닿는 면에는 통풍 메쉬를 넣었습니다.
            내려놓으면 알루미늄 다리가 저절로 펴지고, 바닥 힌지가 경사면에서도 백을 세워 줍니다.
            """,
            """
            ## 소재와 크기
            - 겉감 나일론 100%, 다리 알루미늄, 바닥 열가소성 고무
            - 구경 8.5 / 9 / 9.5인치, 높이 88cm, 무게 약 1.9kg (8.5인치 기준)
            - 4분할 톱커버, 포켓 6개, 레인커버 포함
            """,
            CARE_SYNTHETIC,
        ),
    ),
    DemoProduct(
        product_code="01202120",
        slug="hybrid-14-stand-bag",
        name="하이브리드 14분할 스탠드백",
        picture=Picture.STAND_BAG,
        categories=("stand-bags", "caddie-bags"),
        origin_price=319_000,
        colors=(BLACK, GRAY, BLUE),
        sizes=CADDIE_INCHES,
        stock=Stock.MIXED,
        popularity=655,
        released_days_ago=105,
        description="클럽 하나에 칸 하나. 카트에서도 걸어서도 쓰기 좋은 14분할 스탠드백입니다.",
        detail=text(
            """
            ## 그립이 엉키지 않는 14칸
            칸막이가 바닥까지 이어져 클럽을 뽑을 때 그립이 걸리지 않습니다.
            다리를 접어 고정하는 잠금 장치가 있어 카트에 실었을 때 덜컹거리지 않습니다.
            """,
            """
            ## 소재와 크기
            - 겉감 폴리에스터 100% (PU 코팅), 다리 알루미늄
            - 구경 9인치 또는 9.5인치, 높이 89cm, 무게 약 2.6kg
            """,
            CARE_SYNTHETIC,
        ),
    ),
    DemoProduct(
        product_code="MGSB2507",
        slug="rain-shield-stand-bag",
        name="레인쉴드 방수 스탠드백",
        picture=Picture.STAND_BAG,
        categories=("stand-bags",),
        origin_price=348_000,
        discount=amount(50_000),
        colors=(CHARCOAL, KHAKI),
        sizes=BAG_INCHES,
        stock=Stock.MIXED,
        popularity=588,
        released_days_ago=27,
        description="심실링 봉제와 방수 지퍼로 장마철 라운드에도 속이 젖지 않는 스탠드백입니다.",
        detail=text(
            """
            ## 비가 와도 티오프는 그대로
            내수압 10,000mm 원단을 쓰고 바늘구멍은 테이프로 한 번 더 막았습니다.
            포켓 6개가 모두 방수 지퍼라 여벌 장갑과 수건이 뽀송하게 남습니다.
            """,
            """
            ## 소재와 크기
            - 겉감 폴리에스터 100% (TPU 라미네이팅), 다리 카본
            - 구경 8.5 / 9 / 9.5인치, 높이 88cm, 무게 약 2.1kg
            """,
            CARE_SYNTHETIC,
        ),
    ),
)
