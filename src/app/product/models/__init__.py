"""Products, their colours, sizes, pictures and stock."""

from src.app.product.models.image import ProductImage
from src.app.product.models.low_stock import LowStockFall, LowStockLook
from src.app.product.models.option import ProductOption
from src.app.product.models.product import DisplayStatus, Product, SaleStatus, TaxType
from src.app.product.models.product_category import ProductCategory
from src.app.product.models.restock_alert import AlertStatus, RestockAlert
from src.app.product.models.search import ProductSearch
from src.app.product.models.search_gram import ProductGram
from src.app.product.models.stock_adjustment import StockAdjustment
from src.app.product.models.stock_ledger import StockKind, StockLedger
from src.app.product.models.variant import Variant

__all__ = [
    "AlertStatus",
    "DisplayStatus",
    "LowStockFall",
    "LowStockLook",
    "Product",
    "ProductCategory",
    "ProductGram",
    "ProductImage",
    "ProductOption",
    "ProductSearch",
    "RestockAlert",
    "SaleStatus",
    "StockAdjustment",
    "StockKind",
    "StockLedger",
    "TaxType",
    "Variant",
]
