"""Responses about the shop's brand and legal details."""

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from src.app.shop.dtos.requests import INFO
from src.common.media.addresses import PictureSize, Slices
from src.common.media.shapes import UPLOAD

PICTURE: JsonDict = {"path": UPLOAD["path"], "url": UPLOAD["url"], "sizes": UPLOAD["sizes"], "slices": []}
BRANDING: JsonDict = {
    "shop_name": "Micgolf",
    "logo": PICTURE,
    "favicon": PICTURE,
    "favicon_png_url": "/media/uploads/1/9f/9f2c...-1a2b3c4d-1280x720-icon.png",
}
CHECK: JsonDict = {"business_check_url": "https://www.ftc.go.kr/bizCommPop.do?wrkr_no=1234567891"}
SHOP: JsonDict = {**INFO, **CHECK, **BRANDING}


class PictureRead(BaseModel):
    """An uploaded picture. `path` names it in a body; `sizes` are for `srcset`, the narrowest first."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [PICTURE]})

    path: str
    url: str
    sizes: list[PictureSize]
    slices: Slices


class BrandingRead(BaseModel):
    """Name and pictures of the shop."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [BRANDING]})

    shop_name: str
    logo: PictureRead | None
    favicon: PictureRead | None
    favicon_png_url: str | None = Field(description="The favicon as PNG, 180 × 180, for browsers that take no WebP.")


class LegalInfo(BaseModel):
    """Who sells here: what the footer of a Korean shop must show. Empty text: not entered."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [{**INFO, **CHECK}]})

    company_name: str = Field(description="상호")
    representative: str = Field(description="대표자")
    business_number: str = Field(description="사업자등록번호")
    mail_order_number: str = Field(description="통신판매업 신고번호")
    address: str = Field(description="사업장 주소")
    phone: str = Field(description="고객센터 전화번호")
    email: str = Field(description="고객센터 이메일")
    opening_hours: str = Field(description="고객센터 운영시간")
    privacy_officer: str = Field(description="개인정보 보호책임자")
    privacy_officer_email: str = Field(description="개인정보 보호책임자 이메일")
    hosting_provider: str = Field(description="호스팅 제공자")
    safety_name: str = Field("", description="구매안전서비스 (소비자피해보상보험 등)")
    safety_url: str = Field("", description="구매안전서비스 가입사실 확인")
    business_check_url: str = Field(description="사업자정보 확인 (공정거래위원회)")


class ShopInfoRead(LegalInfo, BrandingRead):
    """Brand and seller in one answer."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [SHOP]})
