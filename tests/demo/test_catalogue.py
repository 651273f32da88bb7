"""The promises that the demo catalogue makes to the tables, to the shop and to the journeys that order from it."""

import re
from collections import Counter
from collections.abc import Iterable

import pytest

from src.demo.catalogue import BANNERS, CATEGORIES, PRODUCTS, PROMOTIONS, DemoProduct, Stock

NEWEST = sorted(PRODUCTS, key=lambda product: product.released_days_ago)[:20]

every_product = pytest.mark.parametrize("product", PRODUCTS, ids=lambda product: str(product.product_code))


def repeated(values: Iterable[object]) -> list[object]:
    return [value for value, times in Counter(values).items() if times > 1]


def test_shop_has_about_sixty_products_in_all_seven_majors() -> None:
    majors = [category.slug for category in CATEGORIES if category.parent is None]

    assert 58 <= len(PRODUCTS) <= 70
    assert majors == ["golf-bags", "pouches", "gloves", "headwear", "apparel", "golf-balls", "accessories"]


def test_codes_slugs_names_skus_and_release_days_are_unique() -> None:
    assert repeated(product.product_code for product in PRODUCTS) == []
    assert repeated(product.slug for product in PRODUCTS) == []
    assert repeated(product.name for product in PRODUCTS) == []
    assert repeated(product.released_days_ago for product in PRODUCTS) == []
    assert repeated(variant.sku for product in PRODUCTS for variant in product.variants) == []


def test_product_codes_mix_eight_digits_and_letters() -> None:
    codes = [product.product_code for product in PRODUCTS]

    assert all(re.fullmatch(r"\d{8}|[A-Z]{4}\d{4}", code) for code in codes)
    assert {code.isdigit() for code in codes} == {True, False}
    assert "01201110" in codes


def test_slugs_hold_a_letter_and_are_never_a_product_code() -> None:
    codes = {product.product_code.casefold() for product in PRODUCTS}

    for slug in [product.slug for product in PRODUCTS] + [category.slug for category in CATEGORIES]:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
        assert re.search(r"[a-z]", slug)
        assert slug not in codes


def test_every_category_comes_after_its_parent_and_has_a_product_in_its_subtree() -> None:
    seen: dict[str, int] = {}
    for category in CATEGORIES:
        assert category.slug not in seen
        assert category.depth == (1 if category.parent is None else seen[category.parent] + 1)
        seen[category.slug] = category.depth

    parents = {category.slug: category.parent for category in CATEGORIES}
    filled: set[str] = set()
    for product in PRODUCTS:
        node: str | None = product.categories[0]
        while node is not None:
            filled.add(node)
            node = parents[node]
    assert filled == set(seen)


def test_siblings_are_numbered_from_one_without_gaps() -> None:
    positions: dict[str | None, list[int]] = {}
    for category in CATEGORIES:
        positions.setdefault(category.parent, []).append(category.position)

    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in positions.values())


@every_product
def test_product_sits_in_leaf_categories_that_exist(product: DemoProduct) -> None:
    parents = {category.parent for category in CATEGORIES}
    leaves = {category.slug for category in CATEGORIES} - parents

    assert product.categories[0] in leaves
    assert set(product.categories) <= {category.slug for category in CATEGORIES}
    assert repeated(product.categories) == []


@every_product
def test_price_after_the_discount_is_whole_and_between_zero_and_the_origin(product: DemoProduct) -> None:
    assert product.origin_price % 100 == 0
    assert 0 < product.price <= product.origin_price
    match product.discount_option:
        case "percent":
            assert 5 <= product.discount_value <= 50
            assert product.price * 100 == product.origin_price * (100 - product.discount_value)
        case "amount":
            assert product.price == product.origin_price - product.discount_value
            assert product.discount_value > 0
        case None:
            assert (product.discount_value, product.price) == (0, product.origin_price)


def test_all_three_kinds_of_discount_occur() -> None:
    assert {product.discount_option for product in PRODUCTS} == {"percent", "amount", None}


@every_product
def test_product_has_two_to_four_colours_by_two_to_five_sizes(product: DemoProduct) -> None:
    assert 2 <= len(product.colors) <= 4
    assert 2 <= len(product.sizes) <= 5
    assert repeated(product.colors) == []
    assert repeated(product.sizes) == []
    assert all(re.fullmatch(r"#[0-9A-F]{6}", color.code) for color in product.colors)
    assert len(product.variants) == len(product.colors) * len(product.sizes)


@every_product
def test_variants_name_their_place_and_have_ascii_skus(product: DemoProduct) -> None:
    for number, variant in enumerate(product.variants):
        assert number == variant.color_index * len(product.sizes) + variant.size_index
        assert (variant.color, variant.size) == (product.colors[variant.color_index], product.sizes[variant.size_index])
        assert re.fullmatch(rf"{product.product_code}-{variant.color_index}-[A-Z0-9]+", variant.sku)
        assert 0 <= variant.stock <= 300
    assert product.variants == product.variants


@every_product
def test_numbers_and_texts_fit_what_the_screens_show(product: DemoProduct) -> None:
    assert 0 <= product.popularity <= 1000
    assert product.released_days_ago > 0
    assert product.brand == "믹골프(MICGOLF)"
    assert 15 <= len(product.description) <= 120
    assert product.detail.count("\n\n") >= 1
    assert len(product.detail) >= 120
    assert product.detail == product.detail.strip()
    assert re.search(r"[가-힣]", product.name)


def test_at_least_ten_products_have_every_variant_at_thirty_or_more() -> None:
    deep = [
        product
        for product in PRODUCTS
        if all(variant.stock >= 30 for variant in product.variants)
        and any(20 <= variant.stock <= 100 for variant in product.variants)
    ]

    assert len(deep) >= 10
    assert {product.product_code for product in PRODUCTS if product.stock is Stock.DEEP} <= {
        product.product_code for product in deep
    }


def test_first_listed_variants_of_the_newest_twenty_products_hold_forty_to_a_hundred_and_ten() -> None:
    assert [product.product_code for product in NEWEST if not 40 <= product.variants[0].stock <= 110] == []


def test_a_few_products_are_sold_out_and_others_lack_single_variants() -> None:
    gone = [product for product in PRODUCTS if not any(variant.stock for variant in product.variants)]
    partly = [
        product
        for product in PRODUCTS
        if product not in gone and not all(variant.stock for variant in product.variants)
    ]

    assert 2 <= len(gone) <= 3
    assert len(partly) >= 8
    assert [product.product_code for product in gone if product in NEWEST] == []


def test_promotions_name_eight_to_twelve_products_that_exist_and_are_in_stock() -> None:
    by_code = {product.product_code: product for product in PRODUCTS}

    assert [promotion.code for promotion in PROMOTIONS] == ["best", "md_pick", "new"]
    for promotion in PROMOTIONS:
        assert 8 <= len(promotion.product_codes) <= 12
        assert repeated(promotion.product_codes) == []
        assert all(by_code[code].stock is not Stock.SOLD_OUT for code in promotion.product_codes)


def test_row_of_new_products_holds_the_newest_ones() -> None:
    new = next(promotion for promotion in PROMOTIONS if promotion.code == "new")

    assert list(new.product_codes) == [
        product.product_code for product in NEWEST if product.product_code in new.product_codes
    ]


def test_banners_are_four_and_three_with_one_switched_off_and_one_over() -> None:
    assert [banner.number for banner in BANNERS] == [1, 2, 3, 4, 5, 6, 7]
    assert [banner.type for banner in BANNERS] == ["banner"] * 4 + ["promotion"] * 3
    assert [banner.number for banner in BANNERS if not banner.is_active] == [4]
    assert [banner.number for banner in BANNERS if banner.ends_in_days is not None and banner.ends_in_days < 0] == [7]


def test_banner_links_stay_on_the_site_and_lead_to_categories_that_exist() -> None:
    slugs = {category.slug: category.parent for category in CATEGORIES}

    for banner in BANNERS:
        shop, *trail = banner.link_url.removeprefix("/").split("/")
        assert shop == "shop"
        if trail[0] == "outstand":
            assert trail[1:] in (["best"], ["promotion"], ["new"])
        else:
            assert [slugs[slug] for slug in trail] == [None, *trail[:-1]]


def test_products_are_listed_oldest_first() -> None:
    ages = [product.released_days_ago for product in PRODUCTS]

    assert ages == sorted(ages, reverse=True)
