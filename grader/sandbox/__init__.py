"""The boundary: launch (outside), wire (both sides), zygote, worker, interpreter and confine (inside)."""
