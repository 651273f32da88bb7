"""The demo shop's pictures: SVG text that is drawn by code."""

from src.demo.pictures.banners import draw_banner
from src.demo.pictures.frame import VIEWS, draw_product
from src.demo.pictures.gallery import banner_path, picture_path, write_pictures

__all__ = ["VIEWS", "banner_path", "draw_banner", "draw_product", "picture_path", "write_pictures"]
