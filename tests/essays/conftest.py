"""A folder with an answer to A3."""

from __future__ import annotations

import pytest

from tests.essays.commands import TEXT


@pytest.fixture
def here(tmp_path, monkeypatch):
    """The working directory: it holds the answer alone."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LOGNAME", "student")
    (tmp_path / "a3.md").write_text(TEXT, encoding="utf-8")
    return tmp_path
