"""Every read of the catalogue and of its back-office takes as many queries for much as for little."""

from datetime import timedelta

import httpx

from src.app.banner.models import Banner
from src.app.notice.models import Faq
from src.app.notice.services.policies import today
from src.app.promotion_product.models import PromotionCode, PromotionItem
from src.common import clock
from src.common.http import public_cache
from tests.app.auth.support import API
from tests.app.notice.test_notices import make_notice
from tests.app.notice.test_policies import make_version
from tests.app.product.captured import captured_sql
from tests.factories.catalogue import make_category, make_product, variants_of
from tests.factories.events import make_comment, make_event
from tests.factories.people import bearer, make_member, staff_bearer

PUBLIC = (
    *("/products?facets=true", "/products/FIRST", "/products/FIRST/stock", "/products/FIRST/related", "/categories"),
    *("/home", "/storefront/bootstrap", "/shop/info", "/banners", "/promotions/best/products", "/notices", "/faqs"),
    *("/policies/terms", "/policies/terms/versions", "/events", "/search/suggest?q=스탠드"),
)
OFFICE = (
    *("/products", "/products/summary", "/dashboard/products", "/categories", "/promotions/best/items", "/banners"),
    *("/notices", "/faqs", "/policies", "/events", "/event-comments", "/event-comments?reported=true", "/stock/low"),
)


class Shop:
    """A shop that grows: `grow` adds one more of everything."""

    def __init__(self, headers: dict[str, str], mine: dict[str, str]) -> None:
        self.headers, self.mine = headers, mine
        self.size = 0
        self.paths: list[tuple[str, dict[str, str]]] = []

    async def begin(self, member_id: int) -> None:
        """Everything once."""
        self.member_id = member_id
        self.major = await make_category("bag")
        self.middle = await make_category("stand-bag", parent=self.major)
        first = await make_product(code="FIRST", category=self.middle)
        (variant,) = await variants_of(first)
        self.event = await make_event()
        await self.grow()
        event = f"/events/{self.event.id}"
        read_by_id = (f"/products/{first.id}", f"/stock/ledger?variant_id={variant.id}", event)
        self.paths = [
            *((f"{API}{path}", {}) for path in (*PUBLIC, event, f"{event}/comments")),
            (f"{API}{event}/comments/mine", self.mine),
            (f"{API}/me/badges", self.mine),
            *((f"{API}/admin{path}", self.headers) for path in (*OFFICE, *read_by_id)),
        ]

    async def grow(self) -> None:
        """One more of everything, with two colours in two sizes and comments of somebody else."""
        self.size += 1
        now, text = clock.now(), f"{self.size}"
        below = await make_category(f"tour-{text}", parent=self.middle)
        product = await make_product(code=f"MORE-{text}", category=below, colors=2, sizes=2, stock=2)
        await PromotionItem.create(code=PromotionCode.BEST, product_id=product.id, position=self.size)
        for kind in ("banner", "promotion"):
            await Banner.create(type=kind, title=text, image_path="banners/1.svg", position=self.size)
        await make_notice(text)
        await Faq.create(
            category="delivery", question=text, answer=text, position=self.size, created_at=now, updated_at=now
        )
        await make_version(text, day=today() - timedelta(days=self.size))
        await make_event(text)
        await make_comment(self.event, self.member_id, text)
        await make_comment(self.event, (await make_member()).id, text, report_count=1)

    async def costs(self, client: httpx.AsyncClient) -> dict[str, int]:
        """The number of queries of each read, with nothing in memory."""
        counts = {}
        for path, headers in self.paths:
            public_cache.invalidate_all()
            with captured_sql() as statements:
                answer = await client.get(path, headers=headers)
            assert answer.status_code == 200, (path, answer.text)
            counts[path] = len(statements)
        return counts


async def test_reads_take_as_many_queries_for_much_as_for_little(client: httpx.AsyncClient) -> None:
    member = await make_member()
    shop = Shop(await staff_bearer(client), await bearer(client, member))
    await shop.begin(member.id)
    little = await shop.costs(client)
    for _ in range(5):
        await shop.grow()

    much = await shop.costs(client)

    assert much == little
    assert all(much.values())
