"""What is asked of it: rules as expressions."""
