"""The JSON formats: dossiers, assessments and their schemas."""
