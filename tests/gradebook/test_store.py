"""The database in trouble: killed, full, damaged, shared; nothing that was recorded is lost."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from grader.gradebook import GradebookError, Person, enrolment
from tests.gradebook.makers import WEEK, graded, work

RECORDING = """
    import sys
    from grader.gradebook import Gradebook
    from tests.gradebook.makers import WEEK, graded, work

    if "together" in sys.argv:
        print("ready", flush=True)
        sys.stdin.readline()
    with Gradebook.open(sys.argv[1]) as book:
        book.plan(WEEK)
        done = book.done("week 1", "batch")
        for number in range(int(sys.argv[2])):
            one = graded(f"s{number}", points=number % 10, work=work(f"v = {number}"))
            if (one.student, "conv", one.work.digest, "") not in done:
                book.record(one)
                print(one.student, flush=True)
"""


def recorder(where: str, number: int, *more: str, **options: Any) -> subprocess.Popen[str]:
    """Another process that records so many gradings, saying which as they are committed."""
    code = [sys.executable, "-c", textwrap.dedent(RECORDING), where, str(number), *more]
    return subprocess.Popen(code, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2], **options)


def finish(where: str, number: int) -> None:
    """Record them all."""
    process = recorder(where, number)
    process.communicate(timeout=120)
    assert process.returncode == 0


@pytest.mark.slow
def test_killed_at_any_moment_nothing_committed_is_lost_and_nothing_counts_twice(where, books, tmp_path, thorough):
    undisturbed = tmp_path / "undisturbed.sqlite"
    finish(str(undisturbed), 60)
    said = set()
    for seed in range(10 if thorough else 3):
        process = recorder(where, 60)
        wanted = random.Random(seed).randrange(1, 8)
        for line in process.stdout:
            said.add(line.strip())
            if (wanted := wanted - 1) == 0:
                break
        time.sleep(random.Random(seed).random() / 100)
        process.kill()
        said |= set(process.communicate()[0].split())
    assert said <= {student for student, *_ in books(where).done("week 1", "batch")}
    finish(where, 60)
    assert books(where).snapshot() == books(undisturbed).snapshot()
    if "postgresql" not in where:
        with sqlite3.connect(where) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        connection.close()


@pytest.mark.slow
def test_three_processes_record_the_same_class_once(where, books, tmp_path):
    undisturbed = tmp_path / "undisturbed.sqlite"
    finish(str(undisturbed), 60)
    books(where)
    three = [recorder(where, 60, "together", stdin=subprocess.PIPE) for _ in range(3)]
    assert [process.stdout.readline() for process in three] == ["ready\n"] * 3
    for process in three:
        process.stdin.write("go\n")
        process.stdin.flush()
    assert [(p.communicate()[0] != "", p.returncode) for p in three] == [(True, 0)] * 3
    assert books(where).snapshot() == books(undisturbed).snapshot()


def test_a_full_disk_is_said_and_loses_nothing(tmp_path, books):
    path = tmp_path / "book.sqlite"
    book = books(path)
    book.plan(WEEK)
    book.record(graded("anna"))
    before = book.snapshot()
    with book.engine.connect() as connection:  # the one connection of the pool; SQLite reports a full disk at this size
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(GradebookError, match=r"disk is full.*Everything recorded before is kept") as caught:
        book.record(graded("ben", work=work(f"x = {os.urandom(50_000).hex()}")))
    assert caught.value.ours
    assert book.snapshot() == before
    book.close()
    again = books(path)
    assert again.snapshot() == before
    assert again.record(graded("ben", work=work("x = 1")))


@pytest.mark.slow
def test_a_file_that_may_not_grow_is_said_and_loses_nothing(tmp_path, books):
    path = tmp_path / "book.sqlite"
    finish(str(path), 5)
    before = books(path).snapshot()
    code = """
        import resource, signal, sys
        from grader.gradebook import Gradebook, GradebookError
        from tests.gradebook.makers import graded, work
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        book = Gradebook.open(sys.argv[1])
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
        try:
            for number in range(100):
                book.record(graded(f"t{number}", work=work(f"v = {number}")))
        except GradebookError as error:
            print(error)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), str(path)],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        check=True,
    )
    assert "Everything recorded before is kept" in done.stdout
    after = books(path)
    assert set(before) <= set(after.snapshot())
    assert after.record(graded("ben", work=work("x = 1")))


def test_a_damaged_file_is_said(tmp_path, books):
    path = tmp_path / "book.sqlite"
    book = books(path)
    book.plan(WEEK)
    for number in range(30):
        book.record(graded(f"s{number}"))
    book.close()
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xa5" * (len(data) - 4096)
    path.write_bytes(data)
    with pytest.raises(GradebookError, match="damaged"):
        books(path).snapshot()


def test_a_server_that_goes_away_is_said(server, postgresql, books):
    import psycopg

    book = books(postgresql)
    book.plan(WEEK)
    with psycopg.connect(host=server, user="grader", dbname="postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {book.url.database} WITH (FORCE)")
    with pytest.raises(GradebookError, match="no connection to the database") as caught:
        book.record(graded())
    assert caught.value.ours


@pytest.mark.slow
def test_interrupted_by_a_signal_the_file_stays_whole(tmp_path, books):
    path = tmp_path / "book.sqlite"
    process = recorder(str(path), 1000)
    for _ in range(5):
        process.stdout.readline()
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == -signal.SIGTERM
    process.stdout.close()
    assert len(books(path).done("week 1", "batch")) >= 5


def test_two_that_wait_for_each_other_both_succeed(postgresql, books):
    """Enrolling in opposite orders deadlocks on PostgreSQL, which ends one of the two; that one tries again."""
    book = books(postgresql)
    both_have_one = threading.Barrier(2, timeout=10)
    tries: list[str] = []

    def enrol(*keys: str) -> None:
        def work(session):
            tries.append(keys[0])
            enrolment.enrol(session, [Person(keys[0])])
            if tries.count(keys[0]) == 1:
                both_have_one.wait()
            enrolment.enrol(session, [Person(keys[1])])

        book._write(work)

    threads = [threading.Thread(target=enrol, args=keys) for keys in (("ada", "ben"), ("ben", "ada"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(tries) > 2
    assert not any(thread.is_alive() for thread in threads)
    assert [book.find_student(key) for key in ("ada", "ben")] == ["ada", "ben"]
