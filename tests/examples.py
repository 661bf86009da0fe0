"""More or fewer examples than the profile of Hypothesis says, where each costs next to nothing or very much."""

from hypothesis import settings

ordinary = settings().max_examples
costly = settings(max_examples=ordinary // 5)
"""Each makes a profile or a plugin."""
thorough = settings(max_examples=ordinary * 10)
"""Laws of the rule language."""
