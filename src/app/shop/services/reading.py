"""Read the shop's brand and legal details, and the pictures of the brand. Defaults apply until staff enter any."""

from typing import Any, Final

from src.app.shop.dtos.admin import AdminBrandingRead, AdminInfoRead, ShopInfoWrite
from src.app.shop.dtos.responses import PictureRead, ShopInfoRead
from src.app.shop.models import Branding, ShopInfo
from src.common.http.etags import FIRST
from src.common.media.addresses import icon_key, media_url, picture_sizes, picture_slices

ONLY: Final = 1
NAME: Final = "Micgolf"
CHECK_URL: Final = "https://www.ftc.go.kr/bizCommPop.do?wrkr_no="
DETAILS: Final = tuple(ShopInfoWrite.model_fields)


async def shop_info_json() -> bytes:
    """Return brand and legal details as public JSON. Two queries."""
    return (await shop_info()).model_dump_json().encode()


async def shop_info() -> ShopInfoRead:
    """Return brand and legal details; upper domains use them in their responses too. Two queries."""
    brand, seller = await Branding.get_or_none(id=ONLY), await ShopInfo.get_or_none(id=ONLY)
    return ShopInfoRead(**brand_of(brand), **details_of(seller))


async def branding() -> AdminBrandingRead:
    """Return name, logo and favicon for staff. One query."""
    row = await Branding.get_or_none(id=ONLY)
    return AdminBrandingRead(**brand_of(row), **_edited(row))


async def details() -> AdminInfoRead:
    """Return the legal details for staff. One query."""
    row = await ShopInfo.get_or_none(id=ONLY)
    return AdminInfoRead(**details_of(row), **_edited(row))


def _edited(row: Branding | ShopInfo | None) -> dict[str, Any]:
    return {"updated_at": row.updated_at if row else None, "version": row.version if row else FIRST}


async def pictures_shown(paths: frozenset[str]) -> set[str]:
    """Return those of these paths that the brand uses. See `media.references`."""
    row = await Branding.get_or_none(id=ONLY)
    return {row.logo_path, row.favicon_path} & paths if row else set()


def brand_of(row: Branding | None) -> dict[str, Any]:
    """Return the fields of BrandingRead; the default name without a row."""
    if row is None:
        return {"shop_name": NAME, "logo": None, "favicon": None, "favicon_png_url": None}
    icon = row.favicon_path
    return {
        "shop_name": row.shop_name,
        "logo": _picture(row.logo_path),
        "favicon": _picture(icon),
        "favicon_png_url": media_url(icon_key(icon)) if icon else None,
    }


def details_of(row: ShopInfo | None) -> dict[str, Any]:
    """Return the fields of LegalInfo; empty without a row."""
    values = {name: getattr(row, name) if row else "" for name in DETAILS}
    number = values["business_number"].replace("-", "")
    return {**values, "business_check_url": f"{CHECK_URL}{number}" if number else ""}


def _picture(path: str) -> PictureRead | None:
    if not path:
        return None
    return PictureRead(path=path, url=media_url(path), sizes=picture_sizes(path), slices=picture_slices(path))


async def safety() -> tuple[str, str]:
    """Return name and link of the insurance of payments that no escrow protects; empty where none was entered."""
    row = await ShopInfo.get_or_none(id=ONLY)
    return (row.safety_name, row.safety_url) if row else ("", "")
