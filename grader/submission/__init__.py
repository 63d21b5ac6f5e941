"""What was handed in: files, names and syntax trees; nothing is run."""
