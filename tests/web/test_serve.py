"""The command: its link, its port, what it needs, and how it ends."""

from __future__ import annotations

import ast
import contextlib
import importlib.util
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest
from click.testing import CliRunner

from grader.cli.group import cli
from grader.errors import GraderError
from grader.submission.child import answers
from grader.web.parsing import one_at_a_time
from grader.web.people import KEY, kept_key
from grader.web.serve import ADDRESS, bound
from tests.web.conftest import serving


def test_without_its_libraries_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr("grader.cli.work.serve.find_spec", lambda name: None if name == "uvicorn" else find(name))
    ended = CliRunner().invoke(cli, ["serve"])
    assert (ended.exit_code, ended.stderr) == (2, "grade: grade serve needs uvicorn: pip install 'cnn-grader[web]'\n")


def test_a_port_that_is_taken_is_named() -> None:
    with socket.create_server((ADDRESS, 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(GraderError, match=rf"port {port}: .+ --port N takes another one"):
            bound(port)


def test_the_usual_port_gives_way_to_the_next() -> None:
    with bound(None) as first, bound(None) as second:
        one, other = first.getsockname(), second.getsockname()
    assert one[0] == other[0] == "127.0.0.1"
    assert one[1] < other[1]


def test_the_key_is_its_owners_alone(tmp_path: Path) -> None:
    key = kept_key(tmp_path)
    assert kept_key(tmp_path) == key
    assert (tmp_path / KEY).stat().st_mode & 0o077 == 0
    (tmp_path / KEY).write_bytes(b"short")
    with pytest.raises(GraderError, match="delete it and start again"):
        kept_key(tmp_path)


def test_threads_make_syntax_trees_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    at_once: list[int] = []
    inside = threading.Semaphore(1)

    def parse(source: str) -> ast.Module:
        at_once.append(int(not inside.acquire(blocking=False)))
        time.sleep(0.01)
        inside.release()
        return ast.Module([], [])

    monkeypatch.setattr(ast, "parse", parse)
    one_at_a_time()
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda source: ast.parse(source), ["x = 1"] * 8))
    assert at_once == [0] * 8


def parsed_there() -> bool:
    return isinstance(ast.parse("x = 1"), ast.Module)


def test_a_child_does_not_wait_for_a_thread_that_it_has_not(monkeypatch: pytest.MonkeyPatch) -> None:
    parse, reached, goes_on = ast.parse, threading.Event(), threading.Event()

    def held(source: str) -> ast.Module:
        reached.set()
        goes_on.wait(60)
        return parse(source)

    monkeypatch.setattr(ast, "parse", held)
    one_at_a_time()
    thread = threading.Thread(target=ast.parse, args=("y = 2",))
    thread.start()
    assert reached.wait(60)
    threading.Timer(0.2, goes_on.set).start()
    found, _ = answers([parsed_there], time.monotonic() + 20, 5.0)
    thread.join()
    assert found == [b"true"]


@contextlib.contextmanager
def answer(address: str, path: str, **headers: str) -> Iterator[HTTPResponse]:
    with contextlib.closing(HTTPConnection(address.removeprefix("http://"), timeout=30)) as connection:
        connection.request("GET", path, headers=headers)
        with connection.getresponse() as found:
            yield found


def status(address: str, path: str, **headers: str) -> int:
    with answer(address, path, **headers) as found:
        return found.status


@pytest.mark.slow
def test_it_serves_until_ctrl_c_whatever_its_visitors_do(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with contextlib.ExitStack() as held, serving(tmp_path, "--port", "0") as served:
        at = served.address.removeprefix("http://").split(":")
        for _ in range(20):  # visitors that begin and never go on
            slow = held.enter_context(socket.create_connection((at[0], int(at[1]))))
            slow.sendall(b"POST /work HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\nx")
        assert status(served.address, "/work") == 403
        assert status(served.address, "/work", Host="evil.example") == 400
        with answer(served.address, served.link.removeprefix(served.address)) as entered:
            cookie = entered.headers["set-cookie"].partition(";")[0]
            assert "server" not in entered.headers
        assert status(served.address, "/work", Cookie=cookie) == 200
        events = held.enter_context(answer(served.address, "/work/conv/events", Cookie=cookie))
        assert events.readline().startswith(b"data: ")  # this stays open, and keeps nothing from ending
    assert capfd.readouterr().err == ""
