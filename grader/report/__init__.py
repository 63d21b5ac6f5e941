"""One result record → what a person or a program reads."""
