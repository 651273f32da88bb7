"""Golf balls."""

from typing import Final

from src.demo.catalogue.guides import CARE_BALL
from src.demo.catalogue.palette import (
    BALL_BOXES,
    BALL_DOZENS,
    LIME,
    MINT,
    ORANGE,
    PINK,
    RED,
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
        product_code="06201110",
        slug="tour-urethane-3-piece-ball",
        name="투어 우레탄 3피스 골프공",
        picture=Picture.BALL_BOX,
        categories=("urethane-balls",),
        origin_price=52_000,
        discount=percent(10),
        colors=(WHITE, YELLOW),
        sizes=BALL_DOZENS,
        stock=Stock.DEEP,
        popularity=1000,
        released_days_ago=8,
        description="그린 위에서 두 번 튀고 멈추는, 우레탄 커버의 3피스 투어 볼입니다.",
        detail=text(
            """
            ## 멀리 가서, 설 곳에 섭니다
            부드러운 캐스트 우레탄 커버가 웨지의 홈을 물어 스핀을 만듭니다.
            중심이 단단한 맨틀은 드라이버의 힘을 잃지 않고 볼에 옮깁니다.
            """,
            """
            ## 제원
            - 3피스, 캐스트 우레탄 커버, 딤플 322개
            - 압축 강도 88, 스윙 스피드 초속 40m 이상 권장
            - 1더즌은 12알입니다.
            """,
            CARE_BALL,
        ),
    ),
    DemoProduct(
        product_code="MGBL2504",
        slug="tour-x-4-piece-ball",
        name="투어 X 4피스 골프공",
        picture=Picture.BALL_BOX,
        categories=("urethane-balls",),
        origin_price=64_000,
        colors=(WHITE, LIME),
        sizes=BALL_DOZENS,
        stock=Stock.MIXED,
        popularity=783,
        released_days_ago=35,
        description="빠른 스윙을 위한 낮은 드라이버 스핀의 4피스 볼입니다.",
        detail=text(
            """
            ## 강하게 치는 분께
            두 겹의 맨틀이 층마다 다르게 눌려 드라이버는 낮게 뻗고 아이언은 높게 섭니다.
            바람 부는 날에도 탄도가 흔들리지 않습니다.
            """,
            """
            ## 제원
            - 4피스, 캐스트 우레탄 커버, 딤플 338개
            - 압축 강도 98, 스윙 스피드 초속 45m 이상 권장
            """,
            CARE_BALL,
        ),
    ),
    DemoProduct(
        product_code="06202110",
        slug="distance-soft-2-piece-ball",
        name="디스턴스 소프트 2피스 골프공",
        picture=Picture.BALL_BOX,
        categories=("distance-balls",),
        origin_price=29_000,
        discount=percent(30),
        colors=(WHITE, YELLOW, ORANGE),
        sizes=BALL_DOZENS,
        stock=Stock.DEEP,
        popularity=857,
        released_days_ago=99,
        description="부드러운 타구감으로 멀리 보내는, 부담 없는 가격의 2피스 볼입니다.",
        detail=text(
            """
            ## 잃어버려도 웃을 수 있게
            큰 고반발 코어 하나로 만들어 느린 스윙에서도 거리가 납니다.
            아이오노머 커버는 카트 도로에 튀어도 잘 긁히지 않습니다.
            """,
            """
            ## 제원
            - 2피스, 아이오노머 커버, 딤플 342개
            - 압축 강도 68, 모든 스윙 스피드에 알맞습니다.
            """,
            CARE_BALL,
        ),
    ),
    DemoProduct(
        product_code="06203110",
        slug="matte-color-ball",
        name="매트 컬러 골프공",
        picture=Picture.BALL_BOX,
        categories=("color-balls",),
        origin_price=36_000,
        discount=amount(6_000),
        colors=(ORANGE, PINK, LIME, SKY),
        sizes=BALL_DOZENS,
        stock=Stock.MIXED,
        popularity=752,
        released_days_ago=29,
        description="빛을 반사하지 않는 무광 컬러로 멀리서도 눈에 띄는 골프공입니다.",
        detail=text(
            """
            ## 러프에서도 한눈에
            무광 코팅이 햇빛을 퍼뜨려 색이 하얗게 날아가지 않습니다. 낙엽 철과 이른 새벽에 특히 좋습니다.
            동반자와 공이 섞일 일도 없습니다.
            """,
            """
            ## 제원
            - 3피스, 아이오노머 커버 (무광), 딤플 332개, 압축 강도 75
            """,
            CARE_BALL,
        ),
    ),
    DemoProduct(
        product_code="MGBL2413",
        slug="soft-pastel-ball",
        name="소프트 파스텔 골프공",
        picture=Picture.BALL_BOX,
        categories=("color-balls", "distance-balls"),
        origin_price=34_000,
        discount=percent(25),
        colors=(PINK, MINT, SKY, YELLOW),
        sizes=BALL_DOZENS,
        stock=Stock.MIXED,
        popularity=509,
        released_days_ago=184,
        description="여성 골퍼의 스윙 스피드에 맞춘 가볍고 부드러운 파스텔 볼입니다.",
        detail=text(
            """
            ## 가볍게 떠서 오래 납니다
            낮은 압축 코어가 느린 스윙에서도 충분히 눌려 높이 뜹니다.
            맞는 소리가 둥글고 손에 오는 느낌이 부드럽습니다.
            """,
            """
            ## 제원
            - 2피스, 아이오노머 커버, 딤플 330개
            - 압축 강도 55, 스윙 스피드 초속 36m 이하 권장
            """,
            CARE_BALL,
        ),
    ),
    DemoProduct(
        product_code="06204110",
        slug="signature-ball-gift-set",
        name="시그니처 골프공 선물 세트",
        picture=Picture.BALL_BOX,
        categories=("gift-balls", "urethane-balls"),
        origin_price=78_000,
        discount=percent(15),
        colors=(WHITE, RED),
        sizes=BALL_BOXES,
        stock=Stock.MIXED,
        popularity=631,
        released_days_ago=60,
        description="투어 볼과 볼마커, 우드 티를 담은 선물 상자입니다.",
        detail=text(
            """
            ## 받는 순간 라운드 약속
            두꺼운 자석 상자에 투어 우레탄 볼과 깃발 볼마커, 우드 티 여섯 개를 담았습니다.
            쇼핑백과 빈 메시지 카드를 함께 보내 드립니다.
            """,
            """
            ## 구성
            - 6구: 볼 6알, 볼마커 1개, 우드 티 6개
            - 1더즌: 볼 12알, 볼마커 1개, 우드 티 6개
            - 2더즌: 볼 24알, 볼마커 2개, 우드 티 12개
            """,
            CARE_BALL,
        ),
    ),
)
