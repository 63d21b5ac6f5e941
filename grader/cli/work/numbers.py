"""Numbers as people type them."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

MOST = 10_000


def number(text: str) -> Decimal:
    """Parse a decimal number from 0 to `MOST`, with a point or a comma. Raises ValueError."""
    try:
        value = Decimal(text.strip().replace(",", "."))
    except InvalidOperation as error:
        raise ValueError(text) from error
    if not value.is_finite() or not 0 <= value <= MOST:
        raise ValueError(text)
    return value
