"""Edits of one node that may put a mistake right: what `edits` has, and what was mistyped, left out or confused."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from .edits import changed, edits
from .trees import Spot

OPERATORS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod)
COMPARISONS = (ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq)
AXES = ("0", "1", "-1", "(0, 1)", "(1, 2)", "(2, 3)", "(-2, -1)", "(0, 2, 3)")
WRAPS = (
    *("-{}", "int({})", "float({})", "abs({})", "{}.T"),
    *("{}.copy()", "{}.astype(float)", "1 - {}", "{} ** 2", "{}[::-1]", "len({})"),
)
FUNCTIONS = ("exp", "log", "sqrt", "floor", "rint", "sum", "max", "mean", "asarray")
KEYWORDS = ("keepdims=True", "ddof=1", "dtype=float", *(f"axis={axis}" for axis in AXES))
REDUCTIONS = {"sum", "mean", "max", "min", "var", "std", "argmax", "argmin", "prod", "any", "all", "zeros", "array"}
OPTIONS = {"stride", "padding", "dilation", "groups", "axis", "dim", "dtype", "mode"}  # passed on by their name
LARGE = 12  # nodes of an expression that stands for another
PLAIN, TERM, DONOR = 0, 1, 2  # how far an edit goes

Repair = tuple[int, ast.AST]


class Scope(NamedTuple):
    """What there is to write with, in the function around a node: names, attributes of self, expressions, tests."""

    names: tuple[str, ...]
    attributes: tuple[str, ...]
    expressions: Mapping[str, ast.expr]  # by what they are
    tests: Mapping[str, ast.expr]


def scope_of(function: ast.AST) -> Scope:
    """Of a function, or of whatever is given."""
    nodes = list(ast.walk(function))
    called = {id(node.func) for node in nodes if isinstance(node, ast.Call)}
    names = [n.arg for n in nodes if isinstance(n, ast.arg)]
    names += [n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
    owned = (n for n in nodes if isinstance(n, ast.Attribute) and isinstance(n.value, ast.Name))
    attributes = [f"self.{n.attr}" for n in owned if isinstance(n.value, ast.Name) and n.value.id == "self"]
    loaded = (n for n in nodes if isinstance(n, ast.expr) and not isinstance(getattr(n, "ctx", None), ast.Store))
    expressions = {ast.dump(n): n for n in loaded if id(n) not in called and _movable(n)}
    tests = {ast.dump(n): n for n in nodes if isinstance(n, (ast.Compare, ast.BoolOp))}
    plain = tuple(name for name in dict.fromkeys(names) if name not in ("self", "_"))
    return Scope(plain, tuple(dict.fromkeys(attributes)), expressions, tests)


def _movable(node: ast.AST) -> bool:
    if isinstance(node, (ast.Slice, ast.Starred, ast.Constant, ast.Name, ast.Lambda, ast.GeneratorExp)):
        return False
    if isinstance(node, ast.Tuple) and any(isinstance(e, ast.Slice) for e in node.elts):
        return False
    return sum(1 for _ in ast.walk(node)) <= 2 * LARGE


@cache
def parsed(text: str) -> ast.expr:
    """An expression. The same one each time, for trees that are only read."""
    return ast.parse(text, mode="eval").body


def repairs(spot: Spot, node: ast.AST, scope: Scope, cost: int) -> Iterator[ast.AST]:
    """All edits of one node that go so far."""
    return (other for far, other in _all(spot, node, scope, cost) if far == cost)


def _all(spot: Spot, node: ast.AST, scope: Scope, cost: int) -> Iterator[Repair]:
    if cost < DONOR:
        scope = scope._replace(expressions={}, tests={})
    yield from ((PLAIN, other) for kind, other in edits(node) if kind != "dropped")
    if isinstance(node, ast.stmt):
        yield from _statements(node, scope)
    elif isinstance(node, ast.Slice):
        yield from _slices(node, scope)
    elif isinstance(node, ast.expr) and not isinstance(getattr(node, "ctx", None), ast.Store) and _value(spot, node):
        yield from _expressions(spot, node, scope)


def _value(spot: Spot, node: ast.expr) -> bool:
    """Whether it is a value: no called name, no text, no tuple of indices."""
    if isinstance(spot.parent, ast.Call) and spot.field == "func":
        return False
    text = isinstance(node, ast.Constant) and isinstance(node.value, (str, type(None)))
    return not (text or isinstance(node, (ast.Starred, ast.JoinedStr)))


def _expressions(spot: Spot, node: ast.expr, scope: Scope) -> Iterator[Repair]:
    match node:
        case ast.BinOp():
            yield from ((PLAIN, changed(node, op=op())) for op in OPERATORS if not isinstance(node.op, op))
            if isinstance(node.op, (ast.Sub, ast.Div, ast.FloorDiv, ast.MatMult, ast.Mod)):
                yield PLAIN, changed(node, left=node.right, right=node.left)
        case ast.Compare(ops=[op]):
            yield from ((PLAIN, changed(node, ops=[o()])) for o in COMPARISONS if not isinstance(op, o))
        case ast.Name(id=own):
            yield from ((PLAIN, ast.Name(name, ast.Load())) for name in scope.names if name != own)
            yield from ((TERM, parsed(name)) for name in scope.attributes)
        case ast.Attribute(value=ast.Name(id="self")):
            yield from ((PLAIN, parsed(name)) for name in (*scope.attributes, *scope.names))
        case ast.Constant(value=bool()):
            return
        case ast.Constant(value=int() | float() as own):
            yield from ((PLAIN, ast.Constant(n)) for n in (0, 1, 2, -1) if n != own)
            yield from ((TERM, parsed(name)) for name in (*scope.names, *scope.attributes))
        case ast.Call():
            yield from _calls(node, scope)
    if isinstance(node, ast.Tuple):
        yield from _tuples(node)
        return
    yield from _terms(spot, node, scope)
    yield from ((TERM, parsed(wrap.format(f"({ast.unparse(node)})"))) for wrap in WRAPS)
    yield from ((DONOR, parsed(f"np.{name}({ast.unparse(node)})")) for name in FUNCTIONS)
    own = ast.dump(node) if scope.expressions else ""
    yield from ((DONOR, other) for said, other in scope.expressions.items() if said != own)
    if isinstance(node, (ast.Compare, ast.BoolOp, ast.UnaryOp)) or spot.field == "test":
        yield from _tests(node, scope)


def _terms(spot: Spot, node: ast.expr, scope: Scope) -> Iterator[Repair]:
    """One term or one factor more."""
    within = spot.parent.op if isinstance(spot.parent, ast.BinOp) else None
    if not isinstance(within, (ast.Add, ast.Sub)):
        for term in ("1", *scope.names, *scope.attributes, *(f"2 * {name}" for name in scope.names)):
            for op in (ast.Add, ast.Sub):
                yield TERM, ast.BinOp(node, op(), parsed(term))
    for term in ("2", *scope.names, *scope.attributes):
        yield from ((TERM, ast.BinOp(node, op(), parsed(term))) for op in (ast.Mult, ast.FloorDiv, ast.Div))
    for other in scope.expressions.values():
        yield from ((DONOR, ast.BinOp(node, op(), other)) for op in (ast.Add, ast.Sub, ast.Mult, ast.Div))


def _calls(node: ast.Call, scope: Scope) -> Iterator[Repair]:
    """With one argument or keyword more, or another axis."""
    for name in scope.names:
        yield TERM, changed(node, args=[*node.args, parsed(name)])
        if name in OPTIONS:
            others = [k for k in node.keywords if k.arg != name]
            yield TERM, changed(node, keywords=[*others, ast.keyword(name, parsed(name))])
    called = getattr(node.func, "attr", getattr(node.func, "id", ""))
    given = {k.arg for k in node.keywords}
    for text in KEYWORDS if called in REDUCTIONS else ():
        keyword = parsed(f"f({text})").keywords[0]  # type: ignore[attr-defined]
        others = [k for k in node.keywords if k.arg != keyword.arg]
        yield (PLAIN if keyword.arg in given else TERM), changed(node, keywords=[*others, keyword])


def _tuples(node: ast.Tuple) -> Iterator[Repair]:
    """Any two exchanged; one less; one of them twice."""
    count = len(node.elts)
    for i in range(count):
        for j in range(i + 2, count):
            elts = list(node.elts)
            elts[i], elts[j] = elts[j], elts[i]
            yield PLAIN, changed(node, elts=elts)
        for number in (0, 1, 2, 3):
            if not any(isinstance(e, ast.Constant) and e.value == number for e in node.elts) and _numbers(node):
                yield TERM, changed(node, elts=[*node.elts[:i], ast.Constant(number), *node.elts[i:]])
    if _numbers(node):
        yield from ((TERM, changed(node, elts=[*node.elts, ast.Constant(n)])) for n in (1, 2, 3))


def _numbers(node: ast.Tuple) -> bool:
    return all(isinstance(e, ast.Constant) and isinstance(e.value, int) for e in node.elts)


def _slices(node: ast.Slice, scope: Scope) -> Iterator[Repair]:
    """With a start, an end or a step."""
    texts = ("1", "-1", *scope.names, *scope.attributes, *(f"-{name}" for name in scope.names))
    for part in ("lower", "upper", "step"):
        if getattr(node, part) is None:
            yield from ((TERM, changed(node, **{part: parsed(text)})) for text in texts)
            yield from ((DONOR, changed(node, **{part: other})) for other in scope.expressions.values())


def _tests(node: ast.expr, scope: Scope) -> Iterator[Repair]:
    """One condition more, or another."""
    for other in scope.tests.values():
        yield DONOR, other
        yield DONOR, ast.BoolOp(ast.And(), [node, other])
        yield DONOR, ast.BoolOp(ast.Or(), [node, other])
    for name in (*scope.names, *scope.attributes):
        for text in (f"{name} > 0", f"{name} == 0", f"{name} != 1", f"{name} == 1", name):
            yield DONOR, parsed(text)
            yield DONOR, ast.BoolOp(ast.And(), [node, parsed(text)])


def _statements(node: ast.stmt, scope: Scope) -> Iterator[Repair]:
    match node:
        case ast.Assign(targets=[(ast.Name() | ast.Subscript() | ast.Attribute()) as target], value=value):
            yield from ((PLAIN, ast.AugAssign(target, op(), value)) for op in (ast.Add, ast.Sub))
        case ast.AugAssign(target=ast.Name(id=name) as target, op=op, value=value):
            summed = ast.BinOp(ast.Name(name, ast.Load()), op, value)
            yield PLAIN, ast.Assign([target], summed, lineno=node.lineno)
        case ast.Pass():
            yield from ((TERM, statement) for statement in _left_out(scope))
        case ast.Return(value=value) if value is not None:
            yield from ((TERM, ast.Return(parsed(name))) for name in scope.names)
            yield from ((TERM, ast.Return(ast.Tuple([value, parsed(name)], ast.Load()))) for name in scope.names)


def _left_out(scope: Scope) -> Iterator[ast.stmt]:
    """Statements that may have been forgotten."""
    names, every = scope.names, (*scope.names, *scope.attributes)
    texts = ["continue", "break", *(f"return {name}" for name in every)]
    texts += [f"{a} {op}= {b}" for a in every for b in every for op in ("+", "-", "*", "/", "") if a != b]
    texts += [f"{a} = {a}{tail}" for a in names for tail in (".copy()", ".astype(float)", ".T")]
    texts += [f"{a} = np.asarray({a}, dtype=float)" for a in names]
    yield from (ast.parse(text).body[0] for text in texts)
    for name in every:
        for other in scope.expressions.values():
            yield ast.Assign([parsed(name)], other, lineno=1)
            yield ast.AugAssign(parsed(name), ast.Add(), other)  # type: ignore[arg-type]
    yield from (ast.Return(other) for other in scope.expressions.values())


def functions(tree: ast.AST) -> Sequence[ast.AST]:
    """The functions and methods of a definition, inner ones as part of their outer ones."""
    if isinstance(tree, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return [tree]
    if isinstance(tree, ast.ClassDef):
        return [function for statement in tree.body for function in functions(statement)]
    return []
