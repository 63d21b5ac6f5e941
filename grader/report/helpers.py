"""What a script needs of an exercise's `kit.py`: the definitions that it uses, or what they return, written out."""

from __future__ import annotations

import ast
from collections.abc import Collection, Mapping
from functools import cached_property


class Helpers:
    """A module's source, by the names that it defines."""

    def __init__(self, source: str):
        self._lines = source.splitlines()
        self._body = ast.parse(source).body

    @cached_property
    def _definitions(self) -> dict[str, ast.stmt]:
        found: dict[str, ast.stmt] = {}
        for statement in self._body:
            if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
                found[statement.name] = statement
            elif isinstance(statement, ast.Assign):
                found |= {t.id: statement for t in statement.targets if isinstance(t, ast.Name)}
        return found

    def source(self, code: str) -> tuple[list[str], str]:
        """All imports, and all definitions that this code leads to, in the module's order."""
        needed = self._reached(_mentioned(ast.parse(code)))
        used = {name for statement in needed for name in _mentioned(statement)}
        imports = [s for s in self._body if isinstance(s, (ast.Import, ast.ImportFrom)) and _brings(s) & used]
        return [ast.unparse(s) for s in imports], "\n\n\n".join(self._text(s) for s in self._body if s in needed)

    def _reached(self, names: Collection[str]) -> list[ast.stmt]:
        waiting, reached = list(names), dict[str, ast.stmt]()
        while waiting:
            name = waiting.pop()
            if name in self._definitions and name not in reached:
                reached[name] = self._definitions[name]
                waiting += _mentioned(reached[name])
        return list(reached.values())

    def _text(self, statement: ast.stmt) -> str:
        decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
        first = min([statement.lineno, *(d.lineno for d in decorators)])
        return "\n".join(self._lines[first - 1 : statement.end_lineno])

    def written_out(self, name: str, arguments: Mapping[str, str]) -> str:
        """What a function of one `return` gives for these arguments (code), as code; nothing for any other."""
        definition = self._definitions.get(name)
        if not isinstance(definition, ast.FunctionDef):
            return ""
        body = [s for s in definition.body if not (isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant))]
        if len(body) != 1 or not isinstance(body[0], ast.Return) or body[0].value is None:
            return ""
        if {a.arg for a in definition.args.args} != set(arguments):
            return ""
        value = ast.parse(ast.unparse(body[0].value), mode="eval")
        given = {parameter: ast.parse(code, mode="eval").body for parameter, code in arguments.items()}
        return ast.unparse(_WrittenOut(self, given).visit(value))


class _WrittenOut(ast.NodeTransformer):
    """Arguments in the place of parameters; `getattr(layer, "dW")` as `layer.dW`; helpers written out, too."""

    def __init__(self, helpers: Helpers, given: Mapping[str, ast.expr]):
        self._helpers, self._given = helpers, given

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self._given.get(node.id, node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        match node:
            case ast.Call(func=ast.Name(id="getattr"), args=[value, ast.Constant(value=str(attr))]):
                return ast.Attribute(value, attr, ast.Load())
            case ast.Call(func=ast.Name(id=name), keywords=[]):
                definition = self._helpers._definitions.get(name)
                parameters = [a.arg for a in definition.args.args] if isinstance(definition, ast.FunctionDef) else []
                given = dict(zip(parameters, map(ast.unparse, node.args), strict=False))
                code = self._helpers.written_out(name, given)
                return ast.parse(code, mode="eval").body if code else node
        return node


def _brings(statement: ast.Import | ast.ImportFrom) -> set[str]:
    return {(alias.asname or alias.name).partition(".")[0] for alias in statement.names}


def _mentioned(tree: ast.AST) -> set[str]:
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
