"""One question generator a file; the file's name is its slug."""
