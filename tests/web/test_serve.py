"""The command: its link, its port, what it needs, and how it ends."""

from __future__ import annotations

import importlib.util
import socket
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from grader.cli import cli
from grader.errors import GraderError
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


def answer(address: str, path: str, **headers: str) -> Any:
    connection = HTTPConnection(address.removeprefix("http://"), timeout=30)
    connection.request("GET", path, headers=headers)
    return connection.getresponse()


@pytest.mark.slow
def test_it_serves_until_ctrl_c_whatever_its_visitors_do(tmp_path: Path) -> None:
    with serving(tmp_path, "--port", "0") as served:
        host, port = served.address.removeprefix("http://").split(":")
        slow = [socket.create_connection((host, int(port))) for _ in range(20)]
        for one in slow:  # visitors that begin and never go on
            one.sendall(b"POST /work HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\nx")
        assert answer(served.address, "/work").status == 403
        assert answer(served.address, "/work", Host="evil.example").status == 400
        entered = answer(served.address, served.link.removeprefix(served.address))
        cookie = entered.headers["set-cookie"].partition(";")[0]
        assert answer(served.address, "/work", Cookie=cookie).status == 200
        events = answer(served.address, "/work/conv/events", Cookie=cookie)
        assert events.readline().startswith(b"data: ")  # this connection stays open, and keeps nothing from ending
        assert "server" not in entered.headers
    for one in slow:
        one.close()
