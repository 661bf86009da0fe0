"""What each rule hits in a table, compared with what investigations found."""
