"""More or fewer examples than the profile of Hypothesis says, where each costs next to nothing or very much."""

from hypothesis import settings

ordinary = settings().max_examples
costly = settings(max_examples=ordinary // 5)
"""Each makes a profile, a plugin, or a table of many rows."""
thorough = settings(max_examples=ordinary * 10)
"""Laws of the rule language."""
