"""Auto-graded exercises for a course on convolutional neural networks."""

from typing import Any

__version__ = "0.1.0"

FOR_NOTEBOOKS = ("check", "load_ipython_extension")


def __getattr__(name: str) -> Any:
    """What notebooks use of this package by its own name. Nothing in it does: it is imported when it is asked for."""
    if name not in FOR_NOTEBOOKS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(".notebook", __name__), name)
