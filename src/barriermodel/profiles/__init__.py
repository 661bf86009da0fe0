"""What a region decides: reading a profile, finding plugins, and resolving the two into what runs."""
