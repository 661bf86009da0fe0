"""An assessment for people: as text for a terminal and as Markdown."""
