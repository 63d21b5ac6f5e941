"""One small edit of a syntax tree's node: what a student mistypes, forgets or confuses."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

Edit = tuple[str, ast.AST]  # its kind, and what the node becomes
N = TypeVar("N", bound=ast.AST)

OPERATORS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Add, ast.Div),
    ast.Div: (ast.Mult, ast.FloorDiv),
    ast.FloorDiv: (ast.Div, ast.Mult),
    ast.Mod: (ast.FloorDiv,),
    ast.Pow: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
}
COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq, ast.LtE, ast.GtE),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
AXES = "H W, h w, i j, m n, H_out W_out, h_out w_out, Fh Fw, kh kw, fh fw, row column, rows columns, r c, y x, dy dx"
FUNCTIONS = "mean sum, max min, maximum minimum, argmax argmin, floor ceil, zeros ones, zeros_like ones_like, var std"
TYPES = "float64 float32, float int"
NUMBERS = {"axis", "dim", "axes", "dims"}  # keywords that number the axes
COPIES = {"copy", "clone", "detach"}
MODULES = {"np", "numpy", "math", "torch", "F"}
DTYPES = {"astype", "asarray", "array", "float", "double"}


def _pairs(text: str) -> dict[str, str]:
    """Each name and its partner, both ways."""
    pairs = (pair.split() for pair in text.split(", "))
    return {name: partner for a, b in pairs for name, partner in ((a, b), (b, a))}


PARTNERS = {
    name: (kind, partner)
    for kind, text in (("axis", AXES), ("function", FUNCTIONS), ("dtype", TYPES))
    for name, partner in _pairs(text).items()
}


def changed(node: N, **fields: object) -> N:
    """A copy of the node with other fields; what they hold is shared."""
    return type(node)(**{**dict(ast.iter_fields(node)), **fields})


def _swapped(values: Sequence[N]) -> Iterator[list[N]]:
    """The values with two neighbours exchanged, where that changes anything."""
    for i in range(len(values) - 1):
        if ast.dump(values[i]) != ast.dump(values[i + 1]):
            yield [*values[:i], values[i + 1], values[i], *values[i + 2 :]]


def _without(values: Sequence[N]) -> Iterator[list[N]]:
    return ([*values[:i], *values[i + 1 :]] for i in range(len(values)))


# ---------------------------------------------------------------- expressions


def binary(node: ast.BinOp) -> Iterator[Edit]:
    """Another operator; one of the two operands alone."""
    for other in OPERATORS.get(type(node.op), ()):
        yield "operator", changed(node, op=other())
    yield "operand", node.left
    yield "operand", node.right


def unary(node: ast.UnaryOp) -> Iterator[Edit]:
    """Without the sign, or the `not`."""
    yield "sign", node.operand


def comparison(node: ast.Compare) -> Iterator[Edit]:
    """`<=` for `<`, `>` for `<`, and so on."""
    for i, op in enumerate(node.ops):
        for other in COMPARISONS.get(type(op), ()):
            yield "comparison", changed(node, ops=[*node.ops[:i], other(), *node.ops[i + 1 :]])


def boolean(node: ast.BoolOp) -> Iterator[Edit]:
    """`or` for `and`; a condition less."""
    yield "condition", changed(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())
    for values in _without(node.values):
        yield "condition", changed(node, values=values) if len(values) > 1 else values[0]


def constant(node: ast.Constant) -> Iterator[Edit]:
    """A number that is one more or one less; the other truth value; an einsum with two letters exchanged."""
    value = node.value
    if isinstance(value, bool):
        yield "constant", ast.Constant(not value)
    elif isinstance(value, (int, float)):
        yield from (("constant", ast.Constant(other)) for other in (value + 1, value - 1))
    elif isinstance(value, str) and "->" in value:
        start = value.index("->") + 2
        for i in range(start, len(value) - 1):
            yield "axis", ast.Constant(value[:i] + value[i + 1] + value[i] + value[i + 2 :])


def name(node: ast.Name) -> Iterator[Edit]:
    """The name of the other axis; the number type's neighbour."""
    if isinstance(node.ctx, ast.Load) and node.id in PARTNERS:
        kind, partner = PARTNERS[node.id]
        yield kind, changed(node, id=partner)


def attribute(node: ast.Attribute) -> Iterator[Edit]:
    """The neighbouring function (`sum` for `mean`) or number type; not transposed."""
    if node.attr == "T":
        yield "order", node.value
    if node.attr in PARTNERS:
        kind, partner = PARTNERS[node.attr]
        yield kind, changed(node, attr=partner)


def sequence(node: ast.Tuple) -> Iterator[Edit]:
    """Two neighbours exchanged: indices, axes, sizes."""
    yield from (("order", changed(node, elts=values)) for values in _swapped(node.elts))


def piece(node: ast.Slice) -> Iterator[Edit]:
    """Without its start, its end or its step."""
    yield from (("slice", changed(node, **{part: None})) for part in ("lower", "upper", "step") if getattr(node, part))


def choice(node: ast.IfExp) -> Iterator[Edit]:
    """The condition negated; one of the two values alone."""
    yield "condition", changed(node, test=_negated(node.test))
    yield "condition", node.body
    yield "condition", node.orelse


def _negated(test: ast.expr) -> ast.expr:
    return ast.UnaryOp(ast.Not(), test)


# ---------------------------------------------------------------- calls


def call(node: ast.Call) -> Iterator[Edit]:
    """Arguments exchanged or left out, an axis less, the copy or the number type left out, a loop one shorter."""
    yield from (("argument order", changed(node, args=args)) for args in _swapped(node.args))
    yield from (("keyword", changed(node, keywords=named)) for named in _without(node.keywords))
    yield from _fewer_axes(node)
    match node.func:
        case ast.Attribute(value=value, attr=attr):
            yield from _method(node, value, attr)
        case ast.Name(id="range"):
            shorter = ast.BinOp(node.args[-1], ast.Sub(), ast.Constant(1))
            yield "range", changed(node, args=[*node.args[:-1], shorter])
        case ast.Name() if len(node.args) == 1 and not node.keywords:
            yield "call", node.args[0]


def _fewer_axes(node: ast.Call) -> Iterator[Edit]:
    for i, keyword in enumerate(node.keywords):
        if keyword.arg in NUMBERS and isinstance(keyword.value, ast.Tuple):
            for elts in _without(keyword.value.elts):
                shorter = changed(keyword, value=changed(keyword.value, elts=elts))
                yield "axis", changed(node, keywords=[*node.keywords[:i], shorter, *node.keywords[i + 1 :]])


def _method(node: ast.Call, value: ast.expr, attr: str) -> Iterator[Edit]:
    if isinstance(value, ast.Name) and value.id in MODULES and len(node.args) == 1:
        yield "call", node.args[0]
    if attr in COPIES:
        yield "copy", value
    if attr in DTYPES:
        yield "dtype", value if attr == "astype" else node.args[0] if node.args else value
    if attr == "array" and node.args:
        yield "copy", changed(node, func=changed(node.func, attr="asarray"))
    if attr in ("array", "asarray") and len(node.args) > 1:
        yield "dtype", changed(node, args=node.args[:1])
    if attr in ("var", "std") and not any(k.arg in ("ddof", "unbiased", "correction") for k in node.keywords):
        yield "ddof", changed(node, keywords=[*node.keywords, ast.keyword("ddof", ast.Constant(1))])


# ---------------------------------------------------------------- statements


def augmented(node: ast.AugAssign) -> Iterator[Edit]:
    """Another operator; `=` for `+=`."""
    for other in OPERATORS.get(type(node.op), ()):
        yield "operator", changed(node, op=other())
    yield "assigned", ast.Assign([node.target], node.value, lineno=node.lineno)


def assignment(node: ast.Assign) -> Iterator[Edit]:
    """`x += y` for `x = x + y`: an array is changed in place."""
    match node:
        case ast.Assign([ast.Name(name) as target], ast.BinOp(ast.Name(left), op, right)) if name == left:
            yield "in place", ast.AugAssign(target, op, right)


def test(node: ast.If | ast.While) -> Iterator[Edit]:
    """The condition negated, or taken for granted."""
    yield "condition", changed(node, test=_negated(node.test))
    if isinstance(node, ast.If):
        yield "condition", changed(node, test=ast.Constant(True))


def filtered(node: ast.comprehension) -> Iterator[Edit]:
    """A comprehension's condition negated, or left out."""
    for i, condition in enumerate(node.ifs):
        yield "condition", changed(node, ifs=[*node.ifs[:i], _negated(condition), *node.ifs[i + 1 :]])
    yield from (("condition", changed(node, ifs=ifs)) for ifs in _without(node.ifs))


def jump(node: ast.Break | ast.Continue) -> Iterator[Edit]:
    """`continue` for `break`, and the other way round."""
    yield "jump", ast.Continue() if isinstance(node, ast.Break) else ast.Break()


EDITS: dict[type[ast.AST], Callable[..., Iterator[Edit]]] = {
    ast.BinOp: binary,
    ast.UnaryOp: unary,
    ast.Compare: comparison,
    ast.BoolOp: boolean,
    ast.Constant: constant,
    ast.Name: name,
    ast.Attribute: attribute,
    ast.Tuple: sequence,
    ast.Slice: piece,
    ast.IfExp: choice,
    ast.Call: call,
    ast.AugAssign: augmented,
    ast.Assign: assignment,
    ast.If: test,
    ast.While: test,
    ast.comprehension: filtered,
    ast.Break: jump,
    ast.Continue: jump,
}
DROPPED = (ast.Assign, ast.AugAssign, ast.Expr, ast.If, ast.For, ast.While, ast.Return, ast.Raise, ast.With)


def edits(node: ast.AST) -> Iterator[Edit]:
    """All edits of one node: (kind, what stands in its place)."""
    if edit := EDITS.get(type(node)):
        yield from edit(node)
    if isinstance(node, DROPPED):
        yield "dropped", ast.Pass()
