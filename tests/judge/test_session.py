"""What is kept of the workers of one submission."""

from types import SimpleNamespace

import pytest

from grader.judge.session import Session

WARNING = "/tmp/cnn-grader/submission-{}/my_loss.py:9: RuntimeWarning: divide by zero\n"


@pytest.mark.parametrize(
    ("printed", "kept"),
    [
        ([WARNING.format("6b31"), WARNING.format("f6e6")], WARNING.removeprefix("/tmp/cnn-grader/submission-{}/")),
        (["one\n", "two\n"], "one\ntwo\n"),
    ],
)
def test_what_workers_print_alike_is_kept_once_and_without_their_folders(printed, kept):
    session = Session.__new__(Session)
    session.output, session._waited = "", 0.0
    session._confirm_bans = lambda worker: None
    for output in printed:
        watch = SimpleNamespace(waited=0.0)
        session._worker = SimpleNamespace(output=output, watch=watch, close=lambda reap: None)
        session.close()
    assert session.output == kept
