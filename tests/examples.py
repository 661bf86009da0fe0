"""More or fewer examples than the profile of Hypothesis says, where each costs next to nothing or very much."""

from hypothesis import settings

ordinary = settings().max_examples
costly = settings(max_examples=ordinary // 5)
"""Each makes a profile or a plugin."""
thorough = settings(max_examples=ordinary * 10)
"""Laws of the rule language: 250 examples notice every mistake of ``benchmarks/spoil_engine.py``, and 25 do not."""
