"""A file becomes articles: bytes → Page → Layout → Article…"""

from kg.pages.days import dated, day_in
from kg.pages.layout import Layout, Loose, articles, layout
from kg.pages.read import find_pages, page_from_bytes, read

__all__ = ["Layout", "Loose", "articles", "dated", "day_in", "find_pages", "layout", "page_from_bytes", "read"]
