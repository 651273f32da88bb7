"""Towels, umbrellas, belts and socks."""

from typing import Final

from src.demo.catalogue.guides import CARE_FUNCTIONAL, CARE_LEATHER, CARE_UMBRELLA, SIZE_SOCKS
from src.demo.catalogue.palette import (
    BEIGE,
    BLACK,
    BLUE,
    BROWN,
    GRAY,
    GREEN,
    IVORY,
    NAVY,
    PINK,
    RED,
    SOCK_PACKS,
    TWO_VOLUMES,
    WHITE,
    amount,
    percent,
    text,
)
from src.demo.catalogue.records import DemoProduct, Picture, Stock

PRODUCTS: Final = (
    DemoProduct(
        product_code="07205110",
        slug="waffle-caddie-towel",
        name="와플 캐디 타월",
        picture=Picture.TOWEL,
        categories=("towels-umbrellas",),
        origin_price=26_000,
        discount=percent(20),
        colors=(WHITE, NAVY, GREEN),
        sizes=TWO_VOLUMES,
        stock=Stock.DEEP,
        popularity=713,
        released_days_ago=80,
        description="홈의 흙까지 닦아 내는 와플 조직의 극세사 타월입니다.",
        detail=text(
            """
            ## 한 번 닦으면 다릅니다
            오목한 와플 칸이 클럽 홈에 낀 모래를 걸어 냅니다. 젖은 면과 마른 면을 나누어 쓰세요.
            가운데에 고리를 달아 걸었을 때 끝이 땅에 닿지 않습니다.
            """,
            """
            ## 소재와 크기
            - 극세사 폴리에스터 80%, 나일론 20%
            - M 40 x 60cm, L 50 x 90cm, 카라비너 포함
            """,
            CARE_FUNCTIONAL,
        ),
    ),
    DemoProduct(
        product_code="07206110",
        slug="double-canopy-umbrella",
        name="더블 캐노피 골프 우산",
        picture=Picture.UMBRELLA,
        categories=("towels-umbrellas",),
        origin_price=45_000,
        discount=amount(6_000),
        colors=(NAVY, RED, GREEN, BLACK),
        sizes=("62인치", "68인치"),
        stock=Stock.MIXED,
        popularity=698,
        released_days_ago=11,
        description="바람이 빠져나가는 이중 캐노피로 뒤집히지 않는 골프 우산입니다.",
        detail=text(
            """
            ## 뒤집히지 않는 이유
            겹쳐 댄 두 장의 천 사이로 바람이 빠져나가 초속 20m의 돌풍에도 버팁니다.
            살대와 중봉은 유리섬유라 가볍고 녹이 슬지 않습니다.
            """,
            """
            ## 소재와 크기
            - 캐노피 폰지 100% (발수, 자외선 차단), 살대 유리섬유
            - 62인치 펼친 폭 125cm, 68인치 펼친 폭 136cm, 무게 약 620g
            """,
            CARE_UMBRELLA,
        ),
    ),
    DemoProduct(
        product_code="07207110",
        slug="auto-buckle-leather-belt",
        name="자동 버클 가죽 벨트",
        picture=Picture.BELT,
        categories=("belts",),
        origin_price=79_000,
        discount=percent(25),
        colors=(BLACK, WHITE, BROWN),
        sizes=TWO_VOLUMES,
        stock=Stock.MIXED,
        popularity=605,
        released_days_ago=160,
        description="구멍 없이 6mm 간격으로 조여지는 자동 버클 벨트입니다.",
        detail=text(
            """
            ## 식사 뒤에도 한 칸만
            안쪽 톱니로 길이를 6mm씩 맞춰 늘 꼭 맞게 찰 수 있습니다. 버클 옆을 누르면 바로 풀립니다.
            끝을 잘라 쓰는 방식이라 허리둘레에 맞춰 한 번만 다듬으면 됩니다.
            """,
            """
            ## 소재와 사이즈
            - 소가죽 100%, 버클 아연 합금, 폭 35mm
            - M 허리 28~36인치, L 허리 36~44인치
            """,
            CARE_LEATHER,
        ),
    ),
    DemoProduct(
        product_code="07208110",
        slug="cushion-crew-socks",
        name="쿠션 크루 삭스",
        picture=Picture.SOCKS,
        categories=("socks",),
        origin_price=12_000,
        colors=(WHITE, BLACK, GRAY),
        sizes=SOCK_PACKS,
        stock=Stock.DEEP,
        popularity=774,
        released_days_ago=91,
        description="발바닥 전체에 쿠션을 넣어 걷는 라운드가 편한 남성 양말입니다.",
        detail=text(
            """
            ## 만 보를 걸어도
            앞꿈치와 뒤꿈치에 두 배로 짠 테리 쿠션을 넣었습니다. 발등은 메쉬라 땀이 차지 않습니다.
            발목의 압박 띠가 흘러내림을 막습니다.
            """,
            """
            ## 소재
            - 면 72%, 나일론 24%, 폴리우레탄 4%, 항균 가공
            """,
            SIZE_SOCKS,
            CARE_FUNCTIONAL,
        ),
    ),
    DemoProduct(
        product_code="MGSO2503",
        slug="women-knee-high-socks",
        name="여성 니하이 삭스",
        picture=Picture.SOCKS,
        categories=("socks",),
        origin_price=18_000,
        discount=percent(10),
        colors=(IVORY, NAVY, PINK, BEIGE),
        sizes=("1켤레", "3켤레"),
        stock=Stock.MIXED,
        popularity=662,
        released_days_ago=37,
        description="스커트와 어울리는 길이로 종아리를 가볍게 잡아 주는 니삭스입니다.",
        detail=text(
            """
            ## 흘러내리지 않는 니삭스
            무릎 아래 밴드 안쪽에 실리콘 실을 넣어 걸어도 흘러내리지 않습니다.
            종아리로 갈수록 느슨해지는 단계 압박으로 오후에도 다리가 덜 붓습니다.
            """,
            """
            ## 소재와 사이즈
            - 면 65%, 나일론 30%, 폴리우레탄 5%
            - FREE 사이즈로 발 길이 225~250mm에 맞습니다.
            """,
            CARE_FUNCTIONAL,
        ),
    ),
    DemoProduct(
        product_code="07206120",
        slug="auto-open-golf-umbrella",
        name="원터치 자동 골프 우산",
        picture=Picture.UMBRELLA,
        categories=("towels-umbrellas",),
        origin_price=33_000,
        discount=percent(30),
        colors=(BLUE, GRAY),
        sizes=("60인치", "62인치"),
        stock=Stock.MIXED,
        popularity=441,
        released_days_ago=195,
        description="한 손으로 펴는 원터치 버튼의 가벼운 골프 우산입니다.",
        detail=text(
            """
            ## 클럽을 든 채로
            손잡이 버튼을 누르면 바로 펴져 클럽을 내려놓지 않아도 됩니다.
            EVA 손잡이는 젖은 손에도 미끄럽지 않습니다.
            """,
            """
            ## 소재와 크기
            - 캐노피 폴리에스터 100% (발수), 중봉 유리섬유
            - 60인치 펼친 폭 120cm, 62인치 펼친 폭 125cm, 무게 약 520g
            """,
            CARE_UMBRELLA,
        ),
    ),
)
