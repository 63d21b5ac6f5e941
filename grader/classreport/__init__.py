"""How a class did: statistics, pages, code that is alike."""
