"""Many providers together: what is counted over them, and what of that may be published."""
