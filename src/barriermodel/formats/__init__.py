"""How dossiers, documents and assessments are written."""
