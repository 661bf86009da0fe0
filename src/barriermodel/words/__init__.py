"""What is said, and where it stands: words files, their texts with placeholders, and how a text is looked up."""
