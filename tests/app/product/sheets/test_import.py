"""POST /admin/products/import: what a sheet does to the shop, row by row."""

import httpx

from src.app.product.errors import ProductIsArchived
from src.app.product.models import (
    Product,
    ProductImage,
    ProductOption,
    ProductSearch,
    RestockAlert,
    StockAdjustment,
    StockLedger,
    Variant,
)
from src.app.product.services.stock.ledger import ledger_gaps
from src.common import clock
from src.common.models import AuditLog, OutboxEvent, TaskFile
from tests.app.auth.support import API
from tests.app.product.editing.support import PRODUCTS, made, read, store
from tests.app.product.sheets.support import (
    as_csv,
    as_xlsx,
    counts,
    csv_rows,
    exported,
    file_of,
    imported,
    more,
    reasons,
    row,
    xlsx_rows,
)
from tests.app.staff.people import audited, headers_with
from tests.factories.catalogue import make_category
from tests.factories.people import make_staff, staff_bearer

NOTICE_LINES = (
    "종류: 백\n소재: 천\n색상: 검정\n크기: 9인치\n제조자(수입자): 믹골프\n제조국: 한국\n취급시 주의사항: 없음\n"
    "품질보증기준: 고시\nA/S 책임자와 전화번호: 02-1234-5678"
)


async def test_a_sheet_adds_products_with_everything(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    pictures = store("1.webp", "2.webp")
    first = row(
        brand="믹골프",
        description="가볍다",
        detail="첫 줄\n둘째 줄",
        discount_option="정률",
        discount="10",
        discount_ends_at="2999.12.31 09:00",
        specs="무게: 2.3kg\n크기: 9인치",
        notice_kind="가방",
        notice=NOTICE_LINES,
        images="|".join(pictures),
        sku="BAG-S",
        size="S",
        origin_price="320,000원",
        stock="１２",
        sale_status="on_sale",
        display_status="전시중지",
    )
    task = await imported(client, headers, as_csv(first, more(size="M", stock="0"), row("BAG-2", name="투어 스탠드백")))

    assert (counts(task), counts(task, "rows"), task["progress"]) == (
        (2, 0, 0, 0),
        (3, 0, 0, 0),
        {"done": 2, "total": 2},
    )
    body = await read(client, headers, (await Product.get(product_code="BAG-1")).id)
    assert (body["slug"], body["price"], body["origin_price"], body["display_status"]) == (
        *("투어-스탠드백", 288_000, 320_000, "HIDDEN"),
    )
    assert body["discount_plan"] == {
        "option": "percent", "value": 10, "starts_at": None, "ends_at": "2999-12-31T09:00:00+09:00"
    }  # fmt: skip
    assert [category["slug"] for category in body["categories"]] == ["bags"]
    assert (body["specs"][1], body["notice"]["kind"]) == ({"name": "크기", "value": "9인치"}, "bag")
    (option,) = body["options"]
    assert [image["path"] for image in option["images"]] == pictures
    assert [(size["sku"], size["size"], size["stock"]) for size in option["sizes"]] == [
        ("BAG-S", "S", 12), ("BAG-1-001", "M", 0)
    ]  # fmt: skip
    assert (await Product.get(product_code="BAG-2")).slug == "투어-스탠드백-2"
    assert await ledger_gaps() == []
    assert await ProductSearch.all().count() == 2
    rows = await audited("product.created")
    assert [entry["after"]["product_code"] for entry in rows] == ["BAG-1", "BAG-2"]
    found = await client.get(f"{API}/products", params={"q": "스탠드백"})
    assert [item["product_code"] for item in found.json()["items"]] == ["BAG-2"]


async def test_the_same_file_again_changes_nothing(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    content = as_csv(row(), more(size="L", stock="5"), row("BAG-2"))
    await imported(client, headers, content)
    before = [await Product.all().order_by("id").values(), await Variant.all().order_by("id").values()]
    audits = await AuditLog.all().count()
    task = await imported(client, headers, content)
    assert (counts(task), counts(task, "rows")) == ((0, 0, 2, 0), (0, 0, 3, 0))
    assert [await Product.all().order_by("id").values(), await Variant.all().order_by("id").values()] == before
    assert (await AuditLog.all().count(), await StockAdjustment.all().count()) == (audits + 2, 0)


async def test_empty_cells_keep_and_the_word_clears(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    full = row(
        description="설명", detail="상세", discount_option="amount", discount="1000", specs="a: b",
        notice_kind="가방", notice=NOTICE_LINES, images=store("1.webp")[0],
    )  # fmt: skip
    await imported(client, headers, as_csv(full))
    task = await imported(client, headers, as_csv(dict.fromkeys(full, "") | more(size="FREE", name="새 이름")))
    assert counts(task) == (0, 1, 0, 0)
    product = await Product.get()
    assert (product.name, product.description, product.price, product.version) == ("새 이름", "설명", 99_000, 2)
    (changed,) = await audited("product.changed")
    assert (changed["before"], changed["after"]) == ({"name": "투어 스탠드백"}, {"name": "새 이름"})

    names = ("description", "detail", "discount_option", "specs", "notice_kind", "images")
    task = await imported(client, headers, as_csv(more(size="FREE", **dict.fromkeys(names, "[비움]"))))
    assert counts(task) == (0, 1, 0, 0)
    product = await Product.get()
    assert (product.description, product.detail, product.specs, product.notice) == ("", "", [], None)
    assert (product.discount_option, product.price) == ("", 100_000)
    assert await ProductImage.all().count() == 0
    task = await imported(client, headers, as_csv(more(size="FREE", name="[clear]", origin_price="[비움]")))
    assert [column for _, column, _ in reasons(task)] == ["상품명", "상품가"]


async def test_a_sheet_of_prices_alone_changes_prices_alone(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    await imported(client, headers, as_csv(row(), row("BAG-2")))
    prices = [{"product_code": "BAG-1", "origin_price": 50_000}, {"product_code": "NEW", "origin_price": 1}]
    task = await imported(client, headers, as_xlsx(*prices))
    assert counts(task) == (0, 1, 0, 1)
    assert dict(await Product.all().values_list("product_code", "price")) == {"BAG-1": 50_000, "BAG-2": 100_000}
    assert {column for _, column, _ in reasons(task)} == {"상품명", "카테고리", "컬러"}


async def test_new_sizes_come_behind_and_retired_ones_come_back(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    await imported(client, headers, as_csv(row(size="S"), more(size="M", stock="4")))
    await Variant.filter(size="M").update(is_retired=True)
    white = more(color="화이트", color_code="#ffffff", size="S", stock="9")
    task = await imported(client, headers, as_csv(more(size="M"), more(size="L", stock="2"), white))
    assert (counts(task), counts(task, "rows")) == ((0, 1, 0, 0), (2, 1, 0, 0))
    rows = await Variant.all().order_by("option_id", "position").values_list("size", "stock", "position", "is_retired")
    assert rows == [("S", 3, 0, False), ("M", 4, 1, False), ("L", 2, 2, False), ("S", 9, 0, False)]
    assert await ProductOption.all().order_by("position").values_list("color", "color_code") == [
        ("블랙", "#111111"), ("화이트", "#FFFFFF")
    ]  # fmt: skip
    assert await ledger_gaps() == []


async def test_stock_moves_by_the_ledger_with_who_and_why(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    boss = await make_staff()
    mine = await staff_bearer(client, boss)
    await imported(client, headers, as_csv(row(stock="0"), row("BAG-2", stock="5")))
    first, second = await Variant.all().order_by("id")
    now = clock.now()
    await RestockAlert.create(
        variant_id=first.id, member_id=1, person="member:1", channel="email", next_at=now, created_at=now
    )

    task = await imported(
        client, mine, as_csv(more(size="FREE", stock="17"), more("BAG-2", size="FREE", stock="0")), name="재고.csv"
    )

    assert (counts(task), counts(task, "rows")) == ((0, 2, 0, 0), (0, 2, 0, 0))
    moves = (
        await StockAdjustment.all().order_by("id").values_list("variant_id", "delta", "stock_after", "reason", "actor")
    )
    assert moves == [
        (first.id, 17, 17, "일괄 등록: 재고.csv", f"staff:{boss.id}"),
        (second.id, -5, 0, "일괄 등록: 재고.csv", f"staff:{boss.id}"),
    ]
    assert {entry["after"]["stock"] for entry in await audited("stock.adjusted")} == {17, 0}
    assert [event.payload for event in await OutboxEvent.filter(topic="stock.returned")] == [{"variant_id": first.id}]
    assert await ledger_gaps() == []
    assert {product.version for product in await Product.all()} == {1}


async def test_what_was_sold_since_the_export_is_not_sold_again(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    await imported(client, headers, as_csv(row(stock="10"), more(size="L", stock="10")))
    sheet = {line["사이즈"]: line for line in csv_rows(await exported(client, headers))}
    assert {line["기준재고"] for line in sheet.values()} == {"10"}
    for variant in await Variant.all():  # two of each are sold
        await Variant.filter(id=variant.id).update(stock=8)
        await StockLedger.create(variant_id=variant.id, kind="HOLD", source="line:1", delta=-2, created_at=clock.now())

    untouched = more(size="FREE", stock="10", stock_base="10")
    task = await imported(client, headers, as_csv(untouched))
    assert counts(task) == (0, 0, 1, 0)
    raised = more(size="L", stock="20", stock_base="10")
    task = await imported(client, headers, as_csv(untouched, raised))
    assert reasons(task) == [(3, "재고", "내려받은 뒤에 재고가 바뀌었습니다. (현재 재고: 8개)")]
    assert {size.stock for size in await Variant.all()} == {8}
    task = await imported(client, headers, as_csv({**raised, "stock_base": "8"}))
    assert counts(task) == (0, 1, 0, 0)
    task = await imported(client, headers, as_csv({**raised, "stock_base": "8"}))  # the finished file once more
    assert counts(task) == (0, 0, 1, 0)
    assert (await Variant.get(size="L")).stock == 20


async def test_an_edit_of_a_product_that_changed_since_is_refused_and_the_finished_file_is_not(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    await imported(client, headers, as_csv(row()))
    content = as_csv(more(size="FREE", name="새 이름", version="1"))
    assert counts(await imported(client, headers, content)) == (0, 1, 0, 0)
    assert counts(await imported(client, headers, content)) == (0, 0, 1, 0)
    task = await imported(client, headers, as_csv(more(size="FREE", name="다른 이름", version="1")))
    assert (counts(task), reasons(task)[0][:2]) == ((0, 0, 0, 1), (2, "버전"))
    assert (await Product.get()).name == "새 이름"


async def test_a_product_with_one_bad_row_is_not_saved_at_all_and_others_are(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    bad = [row("BAD"), more("BAD", size="L", stock="-1"), more("BAD", size="", stock="1")]
    content = as_csv(row("GOOD"), *bad, {**row("LAST"), "origin_price": "비쌈", "name": "=1+1"})
    task = await imported(client, headers, content, name="가을 상품.csv")

    assert (counts(task), counts(task, "rows")) == ((1, 0, 0, 2), (1, 0, 0, 4))
    assert [product.product_code for product in await Product.all()] == ["GOOD"]
    assert (await Variant.all().count(), await ProductOption.all().count()) == (1, 1)
    assert reasons(task) == [
        (4, "재고", "0 이상이어야 합니다."),
        (5, "사이즈", "필수 항목입니다. 병합한 셀은 나누어 주세요."),
        (6, "상품가", "정수여야 합니다."),
    ]
    assert [file["name"] for file in task["files"] if file["kind"] == "errors"] == ["가을 상품-오류.csv"]
    told = csv_rows(await file_of(client, headers, task, "errors"))
    assert [(line["상품코드"], line["사이즈"], line["오류 행"], line["오류 열"]) for line in told] == [
        ("BAD", "FREE", "3", ""), ("BAD", "L", "4", "재고"), ("BAD", "", "5", "사이즈"), ("LAST", "FREE", "6", "상품가")
    ]  # fmt: skip
    assert told[0]["오류 내용"] == "같은 상품의 다른 행에 오류가 있어 저장하지 않았습니다."
    assert (told[3]["상품명"], told[3]["Error"]) == ("'=1+1", "Must be a whole number.")
    report = csv_rows(await file_of(client, headers, task, "report"))
    assert [line["결과"] for line in report] == ["등록", "실패", "실패", "실패", "실패"]


async def test_the_error_file_is_corrected_and_uploaded_as_it_is(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    task = await imported(client, headers, as_xlsx(row(), row("BAG-2", origin_price="비쌈")), name="a.xlsx")
    (line,) = xlsx_rows(await file_of(client, headers, task, "errors"))
    assert (line["product_code"], line["오류 행"], line["오류 내용"]) == ("BAG-2", "3", "정수여야 합니다.")
    content = await file_of(client, headers, task, "errors")
    again = await imported(client, headers, content)
    assert counts(again) == (0, 0, 0, 1)
    kept = xlsx_rows(await file_of(client, headers, again, "errors"))
    assert list(kept[0]) == list(line)  # the reasons stand there once
    line["origin_price"] = "5000"
    fixed = await imported(client, headers, as_csv({key: line[key] for key in line if key in row()}))
    assert counts(fixed) == (1, 0, 0, 0)


async def test_a_dry_run_tells_everything_and_saves_nothing(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    await imported(client, headers, as_csv(row(sku="X-1")))
    before = [await model.all().order_by("id").values() for model in (Product, Variant, StockLedger)]
    content = as_csv(
        more(size="FREE", stock="9", name="새 이름"),
        row("BAG-2", sku="X-2", slug="같은-주소"),
        row("BAG-3", sku="X-2"),
        row("BAG-4", slug="같은-주소"),
        row("BAG-5", sku="X-1"),
    )
    task = await imported(client, headers, content, dry_run=True)
    assert (counts(task), task["result"]["dry_run"]) == ((1, 1, 0, 3), True)
    assert [(number, column) for number, column, _ in reasons(task)] == [(4, "SKU"), (5, "상품주소"), (6, "SKU")]
    assert [await model.all().order_by("id").values() for model in (Product, Variant, StockLedger)] == before
    real = await imported(client, headers, content)
    assert counts(real) == counts(task)
    assert reasons(real) == reasons(task)


async def test_an_archived_product_is_left_alone(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    category = await make_category("other")
    product = await made(client, headers, category)
    await client.delete(f"{PRODUCTS}/{product['id']}", headers=headers)
    task = await imported(client, headers, as_csv(more("BAG-1", size="S", name="새 이름")))
    assert reasons(task) == [(2, "상품코드", ProductIsArchived.ko)]


async def test_stock_needs_the_permission_for_stock(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    writer = await headers_with(client, "product:write", "product:read")
    task = await imported(client, writer, as_csv(row(stock="4")))  # opening stock belongs to the product
    assert counts(task) == (1, 0, 0, 0)
    task = await imported(client, writer, as_csv(more(size="FREE", stock="5"), row("BAG-2")))
    assert (counts(task), reasons(task)[0][:2]) == ((1, 0, 0, 1), (2, "재고"))
    assert await StockAdjustment.all().count() == 0
    task = await imported(client, writer, as_csv(more(size="FREE", stock="4", name="새 이름")))
    assert counts(task) == (0, 1, 0, 0)


async def test_a_code_that_is_another_products_address_is_refused(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    await imported(client, headers, as_csv(row("A", slug="b1")))
    task = await imported(client, headers, as_csv(row("b1"), row("C", slug="b1"), row("D", slug="a1"), row("a1")))
    assert [(number, column) for number, column, _ in reasons(task)] == [
        (2, "상품코드"), (3, "상품주소"), (5, "상품주소")
    ]  # fmt: skip


async def test_a_file_kept_of_an_import_is_the_one_that_was_sent(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    content = as_csv(row(), encoding="cp949")
    task = await imported(client, headers, content, name="../../상품\u202e.csv")
    assert await file_of(client, headers, task, "source") == content
    assert task["result"]["file_name"] == "상품.csv"
    assert await TaskFile.all().count() == 3
    (asked,), (done,) = await audited("product.import_asked"), await audited("product.imported")
    assert (asked["after"]["file_name"], asked["target_id"]) == ("상품.csv", task["id"])
    assert (done["after"]["products"]["created"], done["actor"]) == (1, asked["actor"])
