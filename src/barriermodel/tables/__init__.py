"""Assess a table in columns, on the caller's own dataframe engine."""
