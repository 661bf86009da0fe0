"""Pages: HTML in one file, from a template."""

from ..pages.rendering import render as render
