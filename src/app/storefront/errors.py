"""Errors of the storefront domain."""

from src.common.exceptions import NotFound


class SitemapNotFound(NotFound):
    """The sitemap has no file of this number."""

    code = "SITEMAP_NOT_FOUND"
    ko, en = "사이트맵 파일이 없습니다.", "There is no such sitemap file."
