"""Pages: what people look at, as HTML in one file."""

from ..pages.lines import lines_page as lines_page
from ..pages.rendering import render as render
