"""Rules: traced into typed expressions, checked, compiled and interpreted."""
