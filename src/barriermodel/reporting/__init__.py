"""All words for people: sentences, reports, the difference between profiles, the catalogue."""
