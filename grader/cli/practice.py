"""`grade practice`: the questions that are due."""

from __future__ import annotations

import click

from ..startup import loaded


@click.command("practice")
@click.option("--topic", metavar="TOPIC", help="Only this topic, due or not; `grade quiz list` shows them.")
@click.option("--count", type=click.IntRange(1, 100), help="How many questions; all that are due otherwise.")
@click.option("--list", "listed", is_flag=True, help="Show what is due and why, and ask nothing.")
@click.option("--no-history", is_flag=True, help="Practise without remembering the answers.")
def command(topic: str | None, count: int | None, listed: bool, no_history: bool) -> int:
    """Answer the questions that are due: on the mistakes you made, in code or in questions, and on what fades.

    \b
    grade practice                            what is due today
    grade practice --topic padding --count 5  five questions on padding now
    grade practice --list                     what is due, and why

    Mistakes in `grade submit` come back as questions on the next day, with fresh numbers each time. What you know
    comes at growing intervals, just before you would forget it. Every answer is remembered at once, on this machine
    only, beside what `grade progress` shows. Exit code 0: done. 1: stopped before the end.
    """
    from .work.practice import PracticeOptions, practise

    loaded()
    return practise(PracticeOptions(topic, count, listed, no_history))
