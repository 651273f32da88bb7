"""The search box above every page of the back-office: one word, and the lines that it names."""

from src.app.desk.dtos.admin.lines import LineQuery, SearchType
from src.app.desk.dtos.admin.search import ProductFound, QuickFound, QuickQuery
from src.app.desk.services import lines
from src.app.product.services.naming import codes_and_names
from src.app.product.services.summaries import id_of_code
from src.common.records.audit import Actor


async def search(asked: QuickQuery, *, by: Actor) -> QuickFound:
    """Return the lines of all times, masked and logged like the list of lines."""
    query = LineQuery(
        search_type=asked.type, q=asked.q, page=asked.page, size=asked.size, masked=asked.masked, reason=asked.reason
    )
    page = await lines.find(query, by=by)
    product = await _product(asked.q) if asked.type == SearchType.PRODUCT_CODE else None
    return QuickFound(**dict(page), product=product)


async def _product(code: str) -> ProductFound | None:
    product_id = await id_of_code(code)
    if product_id is None:
        return None
    found = (await codes_and_names([product_id])).get(product_id)
    return ProductFound(id=product_id, product_code=found[0], name=found[1]) if found else None
