"""csv as people's programs save it, and what looks empty."""

from datetime import UTC, datetime, timedelta

import httpx
import openpyxl
import pytest

from src.app.product.models import Product, Variant
from tests.app.product.sheets.support import as_csv, as_xlsx, counts, imported, keys_of, more, reasons, row, saved

WIDE = [" ", "\u00a0", "\u3000", "\u2003\t"]
UNSEEN = ["\u200b", "\ufeff", "\u3164", "\u2060 \u200d"]
BLANKS = [*WIDE, *UNSEEN]


@pytest.mark.fault("C9")
@pytest.mark.parametrize("blank", BLANKS, ids=ascii)
async def test_a_row_in_which_nothing_is_seen_is_no_row(
    client: httpx.AsyncClient, headers: dict[str, str], blank: str
) -> None:
    content = as_csv(row("A"), row("B")).decode() + f"{blank}\r\n,,{blank}\r\n"
    task = await imported(client, headers, content.encode())
    assert (counts(task), counts(task, "rows")) == ((2, 0, 0, 0), (2, 0, 0, 0)), reasons(task)


@pytest.mark.parametrize("blank", [*WIDE, *(pytest.param(one, marks=pytest.mark.fault("C9")) for one in UNSEEN)])
async def test_a_cell_in_which_nothing_is_seen_is_empty(
    client: httpx.AsyncClient, headers: dict[str, str], blank: str
) -> None:
    await imported(client, headers, as_csv(row(description="설명", sku="X-1")))
    keys = ("description", "slug", "brand", "discount", "sale_status", "specs", "color_code", "images", "sku", "stock")
    rows = [more(size="FREE", name="새 이름", **dict.fromkeys(keys, blank))]
    for content in (as_csv(*rows), as_xlsx(*rows)):
        task = await imported(client, headers, content)
        assert counts(task)[3] == 0, reasons(task)
    assert await Product.all().values_list("name", "description", "version") == [("새 이름", "설명", 2)]
    assert await Variant.all().values_list("sku", "stock") == [("X-1", 3)]


@pytest.mark.fault("C9")
@pytest.mark.parametrize("blank", BLANKS, ids=ascii)
async def test_blank_rows_and_cells_of_a_workbook_are_nothing(
    client: httpx.AsyncClient, headers: dict[str, str], blank: str
) -> None:
    book = openpyxl.Workbook()
    keys = keys_of([row()])
    for line in ([blank], [*keys, blank], list(row().values()), [blank], [None, blank, blank]):
        book.active.append(line)  # type: ignore[union-attr]
    task = await imported(client, headers, saved(book), name="a.xlsx")
    assert (counts(task), counts(task, "rows")) == ((1, 0, 0, 0), (1, 0, 0, 0)), reasons(task)


@pytest.mark.fault("C9")
async def test_what_is_not_seen_at_the_ends_is_not_part_of_a_code(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    await imported(client, headers, as_csv(row("A", sku="A-1")))
    task = await imported(client, headers, as_csv(row("A\u200b", sku="\ufeffA-1", stock="3\u00a0", size="FREE\u200b")))
    assert counts(task) == (0, 0, 1, 0), reasons(task)


DAY = datetime(2026, 11, 30, 15, tzinfo=UTC)
MOMENTS = [
    ("2026-12-01 0:00", DAY),
    ("2026-12-01 9:05", DAY + timedelta(hours=9, minutes=5)),
    ("2026-12-01 0:00:00", DAY),
    ("2026-12-1", DAY),
    ("2026/12/1 0:00", DAY),
    ("2026. 12. 1. 오후 3:30", DAY + timedelta(hours=15, minutes=30)),
    ("2026-12-01 오전 12:00:00", DAY),
    ("2026-12-01 12:15 PM", DAY + timedelta(hours=12, minutes=15)),
    ("2026년 12월 1일", DAY),
    ("２０２６-１２-０１ ０:００", DAY),
]


@pytest.mark.fault("C10")
@pytest.mark.parametrize(("text", "moment"), MOMENTS)
async def test_moments_as_spreadsheets_write_them(
    client: httpx.AsyncClient, headers: dict[str, str], text: str, moment: datetime
) -> None:
    cells = row(discount_option="정률", discount="5", discount_starts_at=text, discount_ends_at="2027-01-01 0:00")
    task = await imported(client, headers, as_csv(cells))
    assert counts(task) == (1, 0, 0, 0), reasons(task)
    assert (await Product.get()).discount_starts_at == moment


@pytest.mark.parametrize("text", ["2026-13-01 0:00", "2026-02-30", "2026-12-01 24:00", "2026-12-01 오후 13:00", "0:00"])
async def test_moments_that_no_calendar_has_are_refused(
    client: httpx.AsyncClient, headers: dict[str, str], text: str
) -> None:
    task = await imported(client, headers, as_csv(row(discount_option="정률", discount="5", discount_starts_at=text)))
    assert [column for _, column, _ in reasons(task)] == ["할인시작"]


def separated(by: str) -> str:
    """Two products with texts that hold every separator."""
    text = as_csv(row("A", name='가; "나", 다'), row("B")).decode()
    import csv
    import io

    out = io.StringIO()
    csv.writer(out, delimiter=by).writerows(csv.reader(io.StringIO(text, newline="")))
    return out.getvalue()


FILES: list[tuple[str, bytes]] = [
    ("semicolons", separated(";").encode("cp949")),
    ("tabs", separated("\t").encode()),
    ("a separator that is said", ("sep=;\r\n" + separated(";")).encode("cp949")),
    ("one that is said behind a mark", ("\ufeffsep=|\r\n" + separated("|")).encode()),
    ("one that is quoted", ('"sep=\t"\r\n' + separated("\t")).encode()),
    ("a comma that is said", ("SEP=,\n" + separated(",")).encode()),
    ("two marks", ("\ufeff\ufeff" + separated(",")).encode()),
    ("utf-16 as Excel's Unicode text", separated("\t").encode("utf-16")),
    ("utf-16 the other way round", b"\xfe\xff" + separated(",").encode("utf-16-be")),
    ("utf-16 without a mark", separated(",").encode("utf-16-le")),
    ("utf-16 the other way round without a mark", separated(";").encode("utf-16-be")),
    ("utf-16 with a separator that is said", ("sep=;\r\n" + separated(";")).encode("utf-16")),
]


@pytest.mark.fault("C10")
@pytest.mark.parametrize(("what", "content"), FILES, ids=[what for what, _ in FILES])
async def test_a_csv_is_read_as_it_was_saved(
    client: httpx.AsyncClient, headers: dict[str, str], what: str, content: bytes
) -> None:
    task = await imported(client, headers, content)
    assert counts(task) == (2, 0, 0, 0), (what, reasons(task))
    assert (await Product.get(product_code="A")).name == '가; "나", 다'


@pytest.mark.fault("C10")
async def test_rows_are_counted_as_the_spreadsheet_shows_them(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    lines = as_csv(row("A"), row("B", stock="-1")).decode().replace(",", ";")
    task = await imported(client, headers, f"sep=;\r\n{lines}".encode())
    assert [place for place, *_ in reasons(task)] == [3]


@pytest.mark.fault("C10")
async def test_a_won_sign_of_cp949_is_a_won_sign(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    task = await imported(client, headers, as_csv(row(origin_price="\\320,000"), encoding="cp949"))
    assert counts(task) == (1, 0, 0, 0), reasons(task)
    assert (await Product.get()).origin_price == 320_000
