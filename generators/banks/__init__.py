"""Statements of each theme and what they hold under: right ones, wrong ones, and conditions to choose from."""
