"""Fill a database with a large shop: 100,000 plausible products with 600,000 variants. The same seed gives the same
shop. It takes some minutes.

    .venv/bin/python -m tests.bench.scale_data --database some_shop [--products 100000] [--seed 7]

The database must have the shop's schema (``python -m src.cli migrate``) and no products. Rows are written by multi-row
INSERTs, in the order of each table's primary key.
"""

import argparse
import asyncio
import random
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

import asyncmy

from src.app.product.services.search import text
from src.demo.catalogue import CATEGORIES, COLORS
from tests.bench.support import MYSQL

NOW = datetime(2026, 11, 1, 3, 0, tzinfo=UTC)
SHAPES = ((1, 6), (2, 3), (2, 3), (3, 2), (3, 2), (6, 1))  # colours x sizes: always six variants
SIZES = (
    ("S", "M", "L", "XL", "2XL", "3XL"),
    ("90", "95", "100", "105", "110", "115"),
    ("FREE", "M", "L", "XL", "2XL", "3XL"),
)
BRANDS = ("믹골프(MICGOLF)",) * 8 + ("그린웨이", "FAIRLINE", "두레골프", "HANBIT", "오크밸리", "NORTHTEE")
LINES = (
    "투어",
    "클래식",
    "프로",
    "에어",
    "라이트",
    "어반",
    "헤리티지",
    "스톰",
    "벨로",
    "노바",
    "아쿠아",
    "시그니처",
    "코어",
    "엘리트",
    "루나",
    "세이프",
)
FEATURES = (
    "초경량",
    "방수",
    "발수",
    "기모",
    "냉감",
    "스트레치",
    "양피",
    "천연가죽",
    "니트",
    "메쉬",
    "퀼팅",
    "리버서블",
    "자외선차단",
    "논슬립",
    "경량",
    "프리미엄",
)
WORDS = (
    "버디",
    "이글",
    "알바트로스",
    "페어웨이",
    "그린",
    "티샷",
    "라운드",
    "스윙",
    "필드",
    "클럽하우스",
    "링크스",
    "파크",
    "챔피언",
    "마스터",
    "오픈",
    "퍼팅",
)
FOR = ("", "", "", "남성용", "여성용", "주니어", "공용")


@dataclass(frozen=True, slots=True)
class Kind:
    """A category that holds products: its id, its name and the name of its parent."""

    id: int
    name: str
    above: str


def categories() -> list[tuple[Any, ...]]:
    """Return the rows of the category table: the demo shop's tree."""
    ids = {node.slug: number for number, node in enumerate(CATEGORIES, start=1)}
    return [
        (ids[node.slug], ids[node.parent] if node.parent else None, node.name, node.slug, node.depth, node.position)
        for node in CATEGORIES
    ]


def kinds() -> list[Kind]:
    """Return the categories that hold products: those without children."""
    parents = {node.parent for node in CATEGORIES}
    names = {node.slug: node.name for node in CATEGORIES}
    return [
        Kind(number, node.name, names.get(node.parent or "", ""))
        for number, node in enumerate(CATEGORIES, start=1)
        if node.slug not in parents
    ]


@dataclass(frozen=True, slots=True)
class Made:
    """The rows of one product."""

    product: tuple[Any, ...]
    links: list[tuple[int, int, int]]
    options: list[tuple[Any, ...]]
    images: list[tuple[Any, ...]]
    variants: list[tuple[Any, ...]]
    words: str
    initials: str


def made(id_: int, chance: random.Random, all_kinds: Sequence[Kind]) -> Made:
    """Return one product. Few names are equal, as in a shop that has grown over years."""
    kind = all_kinds[min(int(chance.expovariate(0.09)), len(all_kinds) - 1)]
    name = " ".join(
        part
        for part in (
            chance.choice(LINES),
            chance.choice(FEATURES) if chance.random() < 0.7 else "",
            chance.choice(WORDS) if chance.random() < 0.5 else "",
            chance.choice(FOR),
            "골프" if chance.random() < 0.3 else "",
            kind.name.replace("·", " "),
            str(chance.randrange(1, 60)) if chance.random() < 0.4 else "",
        )
        if part
    )
    code = f"{10_000_000 + id_ * 7:08d}"
    origin = chance.randrange(9, 900) * 1_000
    percent = chance.choice((0, 0, 0, 5, 10, 10, 15, 20, 30, 40, 50))
    price = origin * (100 - percent) // 100
    reviews = int(chance.expovariate(1 / 18)) if chance.random() < 0.7 else 0
    released = NOW - timedelta(seconds=chance.randrange(6 * 365 * 86_400))
    brand = chance.choice(BRANDS)
    state = ("STOPPED" if chance.random() < 0.03 else "ON_SALE", "HIDDEN" if chance.random() < 0.02 else "SHOWN")
    product = (
        id_, code, f"item-{code}", name, brand, f"{name}. 라운드가 편해집니다.", f"## {name}\n" + "가볍고 튼튼합니다. " * 20,
        origin, price, percent, "percent" if percent else "", *state, chance.randrange(30, 51) if reviews else 0, reviews,
        int(chance.paretovariate(0.8)) % 100_000, (origin - price) * 10_000 // origin, released, released, released,
    )  # fmt: skip
    links = [(id_, kind.id, 0)]
    if chance.random() < 0.15:
        second = chance.choice(all_kinds)
        links += [(id_, second.id, 1)] if second.id != kind.id else []
    names = {node.id: node.name for node in all_kinds}
    color_count, size_count = chance.choice(SHAPES)
    colors = chance.sample(COLORS, color_count) if chance.random() < 0.5 else COLORS[:color_count]
    is_gone = chance.random() < 0.07
    sizes = chance.choice(SIZES)
    options: list[tuple[Any, ...]] = []
    images: list[tuple[Any, ...]] = []
    variants: list[tuple[Any, ...]] = []
    for place, color in enumerate(colors):
        option = id_ * 6 + place
        options.append((option, id_, color.name, color.code, place))
        images.append((option, f"products/{code}/{place}-0.svg", 0))
        for number, size in enumerate(sizes[:size_count]):
            stock = 0 if is_gone or chance.random() < 0.12 else chance.randrange(1, 200)
            variants.append((id_ * 6 + len(variants), id_, option, f"{code}-{place}-{size}", size, stock, number))
    in_categories = [names[link[1]] for link in links]
    words = text.document([name, code, brand, *(color.name for color in colors), *in_categories])
    initials = text.initials_of(text.document([name, *in_categories]))
    return Made(product, links, options, images, variants, words, initials)


def products(count: int, seed: int) -> Iterator[Made]:
    """Return an iterator of `count` products."""
    chance, all_kinds = random.Random(seed), kinds()
    return (made(number, chance, all_kinds) for number in range(1, count + 1))


async def fill(database: str, *, count: int, seed: int) -> None:
    """Write the shop into a database on the local MySQL."""
    connection = await asyncmy.connect(**MYSQL, db=database, autocommit=False, charset="utf8mb4")
    try:
        async with connection.cursor() as cursor:
            await cursor.execute("SET unique_checks = 0, foreign_key_checks = 0")
            await _write(cursor, "category (id, parent_id, name, slug, depth, position)", categories())
            postings: list[int] = []
            made_products = products(count, seed)
            while some := list(islice(made_products, 2_000)):
                await _products(cursor, some)
                for one in some:
                    id_ = one.product[0]
                    postings += (text.posting(gram, id_) for gram in text.grams_of(one.words, one.initials))
                await connection.commit()
            postings.sort()
            for start in range(0, len(postings), 20_000):
                ids = postings[start : start + 20_000]
                await cursor.execute(f"INSERT INTO product_gram (id) VALUES {','.join(f'({id_})' for id_ in ids)}")
                await connection.commit()
            await cursor.execute(
                "INSERT INTO stock_ledger (variant_id, kind, source, delta, created_at) "
                "SELECT id, 'OPENING', CONCAT('variant:', id), stock, %s FROM variant",
                (NOW.replace(tzinfo=None),),
            )
            await connection.commit()
            await cursor.execute(
                "ANALYZE TABLE product, product_category, product_option, product_image, variant, product_search, product_gram"
            )
            await cursor.fetchall()
    finally:
        connection.close()


async def _products(cursor: Any, some: Sequence[Made]) -> None:
    await _write(
        cursor,
        "product (id, product_code, slug, name, brand, description, detail, origin_price, price, discount, "
        "discount_option, sale_status, display_status, rating, review_count, popularity, reduction, released_at, "
        "created_at, updated_at)",
        [(*one.product[:-3], *(moment.replace(tzinfo=None) for moment in one.product[-3:])) for one in some],
    )
    await _write(cursor, "product_category (product_id, category_id, position)", _all(one.links for one in some))
    await _write(
        cursor, "product_option (id, product_id, color, color_code, position)", _all(one.options for one in some)
    )
    await _write(cursor, "product_image (option_id, path, position)", _all(one.images for one in some))
    await _write(
        cursor, "variant (id, product_id, option_id, sku, size, stock, position)", _all(one.variants for one in some)
    )
    await _write(
        cursor,
        "product_search (product_id, words, initials)",
        [(one.product[0], one.words, one.initials) for one in some],
    )


def _all(parts: Iterable[Sequence[Any]]) -> list[Any]:
    return [row for part in parts for row in part]


async def _write(cursor: Any, into: str, rows: Sequence[tuple[Any, ...]]) -> None:
    if not rows:
        return
    marks = ", ".join(["%s"] * len(rows[0]))
    await cursor.executemany(f"INSERT INTO {into} VALUES ({marks})", rows)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", required=True)
    parser.add_argument("--products", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=7)
    chosen = parser.parse_args()
    began = time.monotonic()
    asyncio.run(fill(chosen.database, count=chosen.products, seed=chosen.seed))
    print(f"{chosen.products} products in {time.monotonic() - began:.0f} s")
