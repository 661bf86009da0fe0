"""From bytes to typed values: strict JSON and TOML, safe XML, documents with evidence."""
