"""The tags of operations: `shop: ...` for shoppers and `admin: ...` for staff."""

from typing import Final

_TEXTS: Final = {
    "shop: products": (
        "상품 목록과 상세, 재고, 재입고 알림.",
        "Products as shoppers see them, their stock, and alerts for what is sold out.",
    ),
    "shop: storefront": (
        "첫 화면, 모든 페이지의 공통 정보, 내 배지, 상품 피드와 사이트맵.",
        "The front page, what every page needs, the badges of my account, feeds and sitemap.",
    ),
    "shop: promotions": (
        "쇼핑몰이 고른 상품: 베스트, 추천, 신상품.",
        "Products that the shop picked: best sellers, recommendations, new arrivals.",
    ),
    "shop: search": ("검색어 자동완성과 인기 검색어.", "Suggestions while typing, and popular search words."),
    "shop: categories": ("카테고리 트리.", "The tree of categories."),
    "shop: banners": ("노출 중인 배너.", "Banners that are shown now."),
    "shop: notices": (
        "공지사항, 자주 묻는 질문, 약관의 모든 버전.",
        "Notices, frequent questions, and the terms in every version.",
    ),
    "shop: events": ("이벤트와 댓글.", "Events and the comments under them."),
    "shop: shop info": (
        "판매자 정보: 상호, 로고, 법정 표시 사항.",
        "The seller: name, logo, and the details that the law requires.",
    ),
    "shop: shipping": (
        "배송비, 반품·교환 배송비, 배송 방법, 배송 스캔 수신.",
        "What shipping, returns and exchanges cost, the methods, and scans that couriers send.",
    ),
    "shop: my account": (
        "내 계정: 배송지, 동의, 내 정보 내려받기, 탈퇴.",
        "My account: addresses, consents, my data, withdrawal.",
    ),
    "shop: cart": ("회원과 비회원의 장바구니, 예상 금액.", "The cart of a member or of a guest, and its price."),
    "shop: orders": ("주문과 결제.", "Ordering and paying."),
    "shop: payments": ("결제사의 웹훅 수신.", "The webhook of the payment provider."),
    "shop: sign-in": (
        "회원 가입, 로그인, 세션, 비밀번호, 인증번호.",
        "Sign-up, sign-in, sessions, passwords and codes.",
    ),
    "shop: social sign-in": (
        "카카오, 네이버, 구글 로그인과 연결된 계정.",
        "Sign-in through Kakao, Naver and Google, and linked accounts.",
    ),
    "shop: operations": ("서버 상태와 버전.", "Health and version of the server."),
    "admin: sign-in": ("직원 로그인, 2단계 인증, 내 비밀번호.", "Sign-in of staff, second factor, own password."),
    "admin: staff": (
        "직원 계정, 역할, 권한, 내 알림 설정.",
        "Staff accounts, roles, permissions, and my notifications.",
    ),
    "admin: orders": (
        "주문과 상품주문: 발주확인, 발송, 배송 현황.",
        "Orders and their lines: taking into work, sending, deliveries.",
    ),
    "admin: settlements": (
        "정산, 결제 수수료, 주문 금액 대사.",
        "Settlements, fees of the payment provider, and orders that do not clear.",
    ),
    "admin: dashboard": ("관리자 첫 화면의 수치.", "Figures for the first page of the back-office."),
    "admin: members": ("회원 조회, 정지, 메모.", "Members as staff see them: search, suspension, memos."),
    "admin: audit logs": (
        "변경 이력과 개인정보 열람 기록.",
        "Who changed what, and who looked at personal data.",
    ),
    "admin: uploads": ("이미지 업로드.", "Uploads of pictures."),
    "admin: jobs": (
        "예약 작업과 처리하지 못한 이벤트.",
        "Scheduled jobs, and events that could not be processed.",
    ),
    "admin: tasks": ("오래 걸리는 작업의 진행률과 결과 파일.", "Long tasks, their progress and their files."),
    "admin: invariants": ("정합성 점검 결과.", "Promises of the shop that were found broken."),
    "admin: products": ("상품 등록과 수정.", "Products as staff edit them."),
    "admin: product sheets": ("상품 엑셀·CSV 가져오기와 내보내기.", "Products as csv and xlsx files."),
    "admin: stock": ("재고 조정과 재고 원장.", "Stock adjustments and the stock ledger."),
    "admin: categories": ("카테고리 등록, 수정, 정렬.", "The tree of categories as staff edit it."),
    "admin: promotions": ("추천 목록과 신상품 규칙.", "The picked lists, and the rule for new arrivals."),
    "admin: banners": ("배너 등록, 수정, 정렬.", "Banners as staff edit them."),
    "admin: notices": ("공지사항과 자주 묻는 질문 작성.", "Writing notices and frequent questions."),
    "admin: policies": ("약관 작성과 시행.", "Writing the terms, and putting a version in force."),
    "admin: events": ("이벤트 등록과 댓글 관리.", "Events, and moderating the comments under them."),
    "admin: storefront": (
        "상단 띠 문구와 하단 링크.",
        "The line above the header, and the links of the footer.",
    ),
    "admin: shop info": ("판매자 정보와 로고 수정.", "The seller's details and branding as staff edit them."),
    "admin: search": ("동의어와 검색어 통계.", "Synonyms, and statistics of search terms."),
    "admin: messages": ("발송한 메시지와 메시지 문구.", "Mails and text messages, and their wording."),
    "admin: shipping": ("택배사와 배송비 설정.", "Couriers and shipping fees as staff set them."),
    "admin: payments": (
        "결제 불일치와 웹훅 수신함.",
        "Differences between the shop and the payment provider, and the webhook inbox.",
    ),
    "admin: outbound webhooks": (
        "외부로 보내는 웹훅.",
        "Addresses of others that are told what happens here.",
    ),
}
TAGS: Final = tuple({"name": name, "description": f"{ko}\n\n{en}"} for name, (ko, en) in _TEXTS.items())
