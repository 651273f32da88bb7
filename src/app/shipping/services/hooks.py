"""Extension point that the product domain implements; `bootstrap.hooks` registers it."""

from collections.abc import Awaitable, Callable, Sequence

ProductNames = Callable[[Sequence[int]], Awaitable[dict[int, tuple[str, str]]]]
"""Code and name of each of these products, by id; unknown ids are missing. One query."""

_product_names: ProductNames | None = None


def register_product_names(names: ProductNames) -> None:
    """Set the product domain's answer. A later registration replaces an earlier one."""
    global _product_names  # noqa: PLW0603 - the one place that keeps it
    _product_names = names


def product_names() -> ProductNames:
    """Return the registered function. Raises RuntimeError if there is none."""
    if _product_names is None:
        raise RuntimeError("register_product_names was not called")
    return _product_names
