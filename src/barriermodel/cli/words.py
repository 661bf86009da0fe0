"""What the command line says in English only: headings, and what is printed if there is nothing to list."""

from __future__ import annotations

PLUGIN_HEADINGS = ("PLUGIN", "VERSION", "STATUS", "OFFERS")
NO_PLUGINS = "No plugins are installed; for example: pip install barriermodel-kvk"
PROFILE_HEADINGS = ("PROFILE", "FROM", "PLUGIN", "TITLE")
NO_PROFILES = "No profiles are installed; for example: pip install barriermodel-twente"
NO_BARRIERS = "No barriers are installed; for example: pip install barriermodel-kvk"
MUTANT_HEADINGS = ("RULE, LIMIT OR STAGE", "KILLED", "ALIVE")
