"""The words of the command line for people: headings, and what is printed if there is nothing to list."""

from __future__ import annotations

from barriermodel.analysis.reports import Topic
from barriermodel.analysis.text import Text

PLUGIN_HEADINGS = ("PLUGIN", "VERSION", "STATUS", "OFFERS")
NO_PLUGINS = "No plugins are installed; for example: pip install barriermodel-kvk"
PROFILE_HEADINGS = ("PROFILE", "FROM", "PLUGIN", "TITLE")
NO_PROFILES = "No profiles are installed; for example: pip install barriermodel-twente"
NO_BARRIERS = "No barriers are installed; for example: pip install barriermodel-kvk"
MUTANT_HEADINGS = ("RULE, LIMIT OR STAGE", "KILLED", "ALIVE")

DIFFERENCE_TITLE = Text(nl="Wat verschilt tussen {a} en {b}", en="What differs between {a} and {b}")
NO_DIFFERENCE = Text(
    nl="Er is geen verschil: {a} en {b} stellen dezelfde eisen, met dezelfde grenzen.",
    en="There is no difference: {a} and {b} ask the same, with the same limits.",
)
DIFFERENCE_HEADINGS = {
    Topic.STATUS: Text(nl="Het profiel", en="The profile"),
    Topic.STAGE: Text(nl="Stappen", en="Stages"),
    Topic.BARRIER: Text(nl="Barrières", en="Barriers"),
    Topic.RULE: Text(nl="Regels", en="Rules"),
    Topic.LIMIT: Text(nl="Grenzen", en="Limits"),
}
"""By the first topic below each heading."""
