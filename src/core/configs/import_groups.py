"""Settings of uploaded sheets: size limits. See `groups` for how they are read."""

from pydantic import Field

from src.core.configs.groups import Group


class ImportSettings(Group):
    """Limits of a product import: bytes of the file, rows, and products."""

    file_limit: int = Field(31_457_280, alias="IMPORT_LIMIT_BYTES", ge=1024, le=268_435_456)
    max_rows: int = Field(100_000, alias="IMPORT_MAX_ROWS", ge=1, le=1_000_000)
    max_products: int = Field(10_000, alias="IMPORT_MAX_PRODUCTS", ge=1, le=100_000)
