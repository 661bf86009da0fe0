"""From bytes to typed values: strict JSON and TOML, careful XML, documents with evidence."""
