"""What is known: provider, award, evidence, on a date."""
