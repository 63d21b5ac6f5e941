"""What asks a submission and compares: fixtures for authors, both sides of a call, the difference, its name."""
