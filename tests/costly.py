"""Fewer examples for a test of which each takes as long as a hundred of another; the profile still says how many."""

from hypothesis import settings

costly = settings(max_examples=settings.default.max_examples // 5)  # type: ignore[union-attr]
