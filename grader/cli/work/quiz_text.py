"""Questions, feedback and summaries as paragraphs for the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from generators.marking import MarkedAnswer
from generators.model import Question, QuestionKind
from generators.paper import Paper
from generators.reading import read, told
from generators.results import MarkedPaper, Share, mixed, titled

from ...report import readable
from ...report.layout import TextLine, line

ANSWER = {
    QuestionKind.MCQ: "one letter",
    QuestionKind.MSQ: "all right letters, as A C",
    QuestionKind.NAT: "a number, as 1792 or 0.5",
    QuestionKind.MATRIX: "rows with ; between them, as 1 2; 3 4",
    QuestionKind.EXPRESSION: "a formula, as 2*(x + 1)^2",
    QuestionKind.ORDER: "all letters in order, as B A C",
    QuestionKind.MATCH: "pairs, as P-2 Q-1",
    QuestionKind.ESSAY: "your text in one line; a person reads it",
}
OUTCOME = {"right": "✓ right", "partial": "partly right", "wrong": "✗ wrong", "blank": "no answer",
           "unreadable": "not readable", "to_all": "marks to all", "unmarked": "read by a person"}  # fmt: skip
STYLE = {"right": "bold green", "partial": "bold yellow", "wrong": "bold red"}


def question_lines(question: Question, number: int, count: int, clock: str = "") -> list[TextLine]:
    """The question as it stands on the paper."""
    marks = f"{question.marks} mark{'s' * (question.marks != 1)}"
    head = f"Question {number} of {count} · {question.topic} · {marks}{clock}"
    return [line(""), line(head, "bold cyan"), *body_lines(question)]


def body_lines(question: Question) -> list[TextLine]:
    """The prompt, and what there is to choose from."""
    rows = readable.lines(question.prompt)
    if description := getattr(getattr(question, "picture", None), "description", ""):
        rows.append(line(f"[picture: {description}]", "dim"))
    rows += [row for item in question.items for row in readable.lines(item.text, 6, f"  {item.key}.")]
    for option in question.options:
        rows += readable.lines(option.text, 6, f"  {option.key})" if len(option.key) == 1 else f" {option.key})")
    return rows


def as_read(question: Question, typed: str) -> str:
    """How an answer is read, where that is not just what was typed.

    Raises:
        UnreadableAnswer: if it cannot be read.
    """
    return "" if question.kind == QuestionKind.ESSAY else told(question, typed, read(question, typed))


def feedback_lines(question: Question, result: MarkedAnswer, marks: bool = True) -> list[TextLine]:
    """Right or wrong, for how many `marks`, why, and the worked solution."""
    word = OUTCOME[result.outcome]
    earned = f" · {mixed(result.marks)} of {question.marks}" if marks and result.outcome != "unmarked" else ""
    rows = [line(f"{word}{earned}", STYLE.get(result.outcome, "bold"))]
    if result.message:
        rows.append(line(result.message, indent=2))
    if found := result.misconception:
        rows += readable.lines(f"The mistake behind it: {titled(found.slug)}. {found.why}", 2)
    rows.append(line("Solution:", "bold"))
    for step in question.solution:
        rows += readable.lines(step, 4, "  ·")
    return rows


def sheet_lines(sheet: MarkedPaper, seconds: float) -> Iterator[TextLine]:
    """The whole result: marks, topics, misconceptions, what to practise."""
    paper = sheet.paper
    percent = f" ({100 * float(sheet.total) / paper.marks:.0f} %)" if sheet.total >= 0 else ""
    yield line("")
    yield line(f"{mixed(sheet.total)} of {paper.marks} marks{percent}", "bold")
    by_hand = sheet.count("unmarked")
    yield line(
        f"{sheet.count('right', 'to_all')} right, {sheet.count('wrong', 'unreadable', 'partial')} wrong, "
        f"{sheet.count('blank')} open" + (f", {by_hand} to be read by a person" if by_hand else "")
        + f" · {clock(seconds)} of work"
    )  # fmt: skip
    yield line("")
    yield line("By topic", "bold")
    width = max(len(share.name) for share in sheet.by_topic())
    for share in sheet.by_topic():
        yield line(f"  {share.name:<{width}}  {share.right} of {share.asked} right, "
                   f"{mixed(share.marks)} of {share.possible} marks")  # fmt: skip
    yield from _misconceptions(sheet)
    if weak := weakest(sheet):
        yield line("")
        yield line(f'Practise next: grade quiz take --topic "{weak.name}"')


def _misconceptions(sheet: MarkedPaper) -> Iterator[TextLine]:
    found = sheet.misconceptions()
    if found:
        yield line("")
        yield line("Behind wrong answers", "bold")
    for slug, cases in found.items():
        places = ", ".join(str(number) for number, _ in cases)
        where = f"question{'s' * (len(cases) > 1)} {places}"
        yield from readable.lines(f"{titled(slug)} ({where}): {cases[0][1].why}", 4, "  ·")


def weakest(sheet: MarkedPaper) -> Share | None:
    """The topic with the smallest share of its marks, if not all are full."""
    shares = [share for share in sheet.by_topic() if share.marks < share.possible]
    return min(shares, key=lambda share: share.marks / share.possible, default=None)


def size(paper: Paper) -> str:
    """22 questions, 31 marks, 50 minutes."""
    amounts = ((len(paper.questions), "question"), (paper.marks, "mark"), (paper.minutes, "minute"))
    return ", ".join(f"{amount:g} {word}{'s' * (amount != 1)}" for amount, word in amounts)


def clock(seconds: float) -> str:
    """1:02:05 · 4:07."""
    whole = max(int(seconds), 0)
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"
