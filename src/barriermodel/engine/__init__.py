"""Assess one dossier: select evidence, evaluate rules, say where values came from and what to request."""
