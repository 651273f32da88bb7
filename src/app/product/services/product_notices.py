"""The statutory product notice (상품정보제공고시) as the shop and the staff form show it."""

from collections.abc import Mapping
from typing import Any

from src.app.product.dtos.admin.notices import NoticeKindRead
from src.app.product.dtos.notices import KINDS, NoticeField, ProductNoticeRead
from src.common.dtos.pages import Items


def shown(stored: Mapping[str, Any] | None) -> ProductNoticeRead | None:
    """Return a stored notice with the Korean names of its items, in the order of the law; None without a notice or for
    an unknown kind."""
    if not stored or stored["kind"] not in KINDS:
        return None
    name, labels = KINDS[stored["kind"]]
    given = stored["fields"]
    rows = [NoticeField(name=label, value=given[key]) for key, label in labels.items() if key in given]
    return ProductNoticeRead(kind=stored["kind"], kind_name=name, fields=rows)


def kinds() -> Items[NoticeKindRead]:
    """List every kind of notice with its items."""
    return Items(items=[NoticeKindRead(kind=kind, name=name, fields=labels) for kind, (name, labels) in KINDS.items()])
