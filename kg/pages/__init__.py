"""A file becomes articles: bytes → Page → Layout → Article…"""

from kg.pages.layout import Layout, Loose, articles, layout
from kg.pages.read import find_pages, page_from_bytes, read

__all__ = ["Layout", "Loose", "articles", "find_pages", "layout", "page_from_bytes", "read"]
