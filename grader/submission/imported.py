"""What code uses of the modules that it imports, by full dotted names: `F.conv2d` is `torch.nn.functional.conv2d`.

Names mean what they mean where they stand: a parameter, a local variable or a function of the same name is something
else. What is bound in more than one way is passed over.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable
from typing import NamedTuple

Scope = dict[str, str | None]  # a name → the full name of what is imported under it, None for anything else
Function = ast.FunctionDef | ast.AsyncFunctionDef


class Use(NamedTuple):
    """A full dotted name, and the line where it is used."""

    name: str
    line: int


class Uses(ast.NodeVisitor):
    """Finds the uses in any part of one module. Annotations and `isinstance` use nothing."""

    def __init__(self, module: ast.Module):
        self._scopes = [bound(module.body)]
        self._stars = [n.module for n in ast.walk(module) if isinstance(n, ast.ImportFrom) and n.names[0].name == "*"]
        self._found: list[Use] = []

    def within(self, part: ast.AST) -> list[Use]:
        """The uses in this part, in the order of the source."""
        self._found = []
        self.visit(part)
        return sorted(self._found, key=lambda use: use.line)

    def visit_FunctionDef(self, node: Function) -> None:
        """A scope of its own."""
        self._visit_all([*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults)])
        self._visit_scope(node.body, node.args)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        """The same."""
        self.visit_FunctionDef(node)

    def visit_Lambda(self, node: ast.Lambda) -> None:
        """A scope of its own, too."""
        self._visit_scope([node.body], node.args)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        """Its value only."""
        self._visit_all([node.value] if node.value else [])

    def visit_Call(self, node: ast.Call) -> None:
        """`getattr` with a text is the attribute."""
        if _called(node, "isinstance"):
            self._visit_all(node.args[:1])
        elif not self._note(node):
            self.generic_visit(node)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        """The whole chain is one use."""
        if not self._note(node):
            self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> None:
        """A module, or what was imported from one."""
        self._note(node)

    def _visit_all(self, nodes: Iterable[ast.AST]) -> None:
        for node in nodes:
            self.visit(node)

    def _visit_scope(self, body: list[ast.stmt] | list[ast.expr], arguments: ast.arguments) -> None:
        self._scopes.append(bound(body) | {a.arg: None for a in ast.walk(arguments) if isinstance(a, ast.arg)})
        self._visit_all(body)
        self._scopes.pop()

    def _note(self, node: ast.expr) -> bool:
        if full := self._full(node):
            self._found.append(Use(full, node.lineno))
        return bool(full)

    def _full(self, node: ast.expr) -> str | None:
        """The full name of a chain that begins with something imported."""
        match node:
            case ast.Name(id=name):
                return self._looked_up(name)
            case ast.Attribute(value=value, attr=name):
                owner = self._full(value)
            case ast.Call(args=[value, ast.Constant(value=str(name)), *_]) if _called(node, "getattr"):
                owner = self._full(value)
            case _:
                return None
        return f"{owner}.{name}" if owner else None

    def _looked_up(self, name: str) -> str | None:
        for scope in reversed(self._scopes):
            if name in scope:
                return scope[name]
        only = self._stars[0] if len(self._stars) == 1 and not hasattr(builtins, name) else None
        return f"{only}.{name}" if only else None


def _called(node: ast.Call, name: str) -> bool:
    return isinstance(node.func, ast.Name) and node.func.id == name


def bound(body: Iterable[ast.AST]) -> Scope:
    """The names that these statements bind in their own scope."""
    found: Scope = {}
    elsewhere: set[str] = set()
    waiting = list(body)
    while waiting:
        node = waiting.pop()
        match node:
            case ast.Import() | ast.ImportFrom():
                for name, full in imports(node).items():
                    found[name] = full if found.get(name, full) == full else None
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                found[name] = None
            case ast.Global(names=names) | ast.Nonlocal(names=names):
                elsewhere |= set(names)
            case ast.Name(id=name, ctx=ast.Store()) | ast.ExceptHandler(name=str(name)):
                found[name] = None
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
            waiting += ast.iter_child_nodes(node)
    return {name: full for name, full in found.items() if name not in elsewhere}


def imports(node: ast.Import | ast.ImportFrom) -> dict[str, str]:
    """The names that an import binds, and the full names of what they stand for."""
    if isinstance(node, ast.ImportFrom):
        return {item.asname or item.name: f"{node.module or ''}.{item.name}" for item in node.names}
    tops = {item.name.partition(".")[0]: item.name.partition(".")[0] for item in node.names if not item.asname}
    return tops | {item.asname: item.name for item in node.names if item.asname}
