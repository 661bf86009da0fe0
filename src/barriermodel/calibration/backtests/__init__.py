"""What each rule of a profile hits in a table, compared with what investigations found."""
