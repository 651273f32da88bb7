"""Banners of the home page and the header."""

from src.app.banner.models.banner import Banner, BannerType

__all__ = ["Banner", "BannerType"]
