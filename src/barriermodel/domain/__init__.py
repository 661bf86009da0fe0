"""What a dossier holds: provider, award, evidence, and the facts in them."""
