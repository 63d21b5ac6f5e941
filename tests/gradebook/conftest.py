"""Every test of the gradebook runs on SQLite and on a real PostgreSQL server, started here for the purpose."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from grader.gradebook import Allowance, Gradebook, Person
from tests.gradebook.makers import WEEK, Books, graded


def _binary(name: str) -> str | None:
    beside = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return shutil.which(name) or (str(beside[-1]) if beside else None)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The folder with the socket of a PostgreSQL server that only this test session knows."""
    initdb, postgres = _binary("initdb"), _binary("postgres")
    if not initdb or not postgres:
        pytest.skip("PostgreSQL is not installed (apt install postgresql)")
    owner = "nobody" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name  # it refuses to run as root
    folder = Path(tempfile.mkdtemp(prefix="grade-pg-", dir="/tmp"))
    as_owner = {"cwd": folder, "env": {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(folder)}}
    if os.geteuid() == 0:
        shutil.chown(folder, owner)
        as_owner["user"] = owner
    data = str(folder / "data")
    make = [initdb, "-D", data, "-U", "grader", "--auth=trust", "--no-sync", "-E", "UTF8"]
    subprocess.run(make, check=True, capture_output=True, **as_owner)
    options = ["-c", "listen_addresses=", "-c", f"unix_socket_directories={folder}", "-c", "fsync=off"]
    log = (folder / "log").open("wb")
    process = subprocess.Popen([postgres, "-D", data, *options], stdout=log, stderr=log, **as_owner)
    try:
        _wait(process, folder)
        yield str(folder)
    finally:
        process.send_signal(signal.SIGQUIT)  # at once: nothing is to be kept
        process.wait(30)
        log.close()
        shutil.rmtree(folder)


def _wait(process: subprocess.Popen, folder: Path) -> None:
    import psycopg

    for _ in range(600):
        if process.poll() is not None:
            break
        with contextlib.suppress(psycopg.OperationalError):
            psycopg.connect(host=str(folder), user="grader", dbname="postgres").close()
            return
        time.sleep(0.1)
    pytest.fail(f"PostgreSQL does not start: {(folder / 'log').read_text()[-2000:]}")


def _database(server: str) -> str:
    """The URL of an empty database: the only one, emptied, as making one for each test costs a thousand files."""
    import psycopg

    with psycopg.connect(host=server, user="grader", dbname="postgres", autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = 'book'").fetchone():
            connection.execute("CREATE DATABASE book")
    with psycopg.connect(host=server, user="grader", dbname="book", autocommit=True) as connection:
        connection.execute("SET client_min_messages = warning; DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    return f"postgresql://grader@/book?host={server}"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def where(request, tmp_path) -> str:
    """Where a gradebook could be: nothing is there yet."""
    if request.param == "sqlite":
        return str(tmp_path / "gradebook.sqlite")
    return _database(request.getfixturevalue("server"))


@pytest.fixture
def postgresql(server) -> str:
    """An empty PostgreSQL database's URL."""
    return _database(server)


@pytest.fixture
def books() -> Iterator[Books]:
    """Opens gradebooks, and closes them after the test."""
    with contextlib.ExitStack() as stack:
        yield lambda where, **options: stack.enter_context(Gradebook.open(where, **options))


@pytest.fixture
def book(where, books) -> Gradebook:
    """An open, empty gradebook."""
    return books(where)


@pytest.fixture
def class_of_four(book):
    """Ada: 6 points; Ben: 9.5 by hand; Cleo: nothing handed in; one whose name is a formula."""
    book.plan(replace(WEEK, points={"conv": Decimal(10), "pooling": Decimal(5)}))
    book.enrol(
        [
            Person("ada", "Ada Ek", "B", {"canvas": "12", "sis": "S1", "login": "aek", "email": "ada@uni.example"}),
            Person("ben", "Ben Åå, jr.", "", {"sis": "S2", "email": "ben@uni.example"}),
            Person("cleo", "Cleo", "", {"canvas": "14", "email": "cleo@uni.example"}),
            Person("dan", '=HYPERLINK("http://x","Dan")', "=A1", {"canvas": "15", "email": "dan@uni.example"}),
        ]
    )
    book.record(graded("ada"))
    book.record(graded("ada", exercise="pooling", points=10.0))
    book.record(graded("ben"))
    book.override("week 1", "ben", "conv", Decimal("9.5"), reason="explained <it>", author="A. Rao")
    book.record(graded("dan", points=10.0))
    return book


@pytest.fixture
def excuse(book):
    """Excuses students from the assignment."""

    def excused(*students: str) -> None:
        for student in students:
            book.extend(Allowance("week 1", "was ill", "A. Rao", student=student, excused=True))

    return excused
