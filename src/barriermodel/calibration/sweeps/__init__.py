"""Advice for every setting of some parameters, in one pass over a table."""
