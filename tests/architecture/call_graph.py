"""Which functions a function may reach, by the names in its source: enough to ask what a transaction writes."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.architecture.sources import ROOT, Function

Where = tuple[str, str]
"""A module's dotted name and the function's own, as in ``src.common.records.audit``, ``record``."""


@dataclass
class Module:
    """What one file defines and what its names mean."""

    name: str
    tree: ast.Module
    functions: dict[str, ast.AST] = field(default_factory=dict)
    imported: dict[str, Where] = field(default_factory=dict)


def modules(root: Path = ROOT / "src") -> dict[str, Module]:
    """Every module under `src` by its dotted name."""
    found = {}
    for file in sorted(root.rglob("*.py")):
        parts = file.relative_to(ROOT).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = read(name, file.read_text())
    return found


def read(name: str, source: str) -> Module:
    """One module from its source. Functions inside functions and classes count by their own names."""
    module = Module(name, ast.parse(source))
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            module.functions.setdefault(node.name, node)
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("src"):
            for alias in node.names:
                module.imported[alias.asname or alias.name] = (node.module, alias.name)
    return module


@dataclass(frozen=True)
class Caller:
    """One call of a function, and the named functions around it, the outermost first."""

    module: Module
    around: tuple[Function, ...]
    call: ast.Call

    @property
    def name(self) -> str:
        """As in ``src.app.user.services.account.profile.change``."""
        return f"{self.module.name}.{self.around[0].name if self.around else ''}"


def callers(module: Module, function: str) -> Iterator[Caller]:
    """Every call of `function` by its bare name."""

    def walk(node: ast.AST, around: tuple[Function, ...]) -> Iterator[Caller]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Call) and isinstance(child.func, ast.Name) and child.func.id == function:
                yield Caller(module, around, child)
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
                yield from walk(child, (*around, child))
            else:
                yield from walk(child, around)

    yield from walk(module.tree, ())


def reaches(caller: Caller, wanted: Callable[[ast.Call], bool], known: dict[str, Module]) -> bool:
    """Whether what the call is handed makes such a call, itself or in any function of ours that it names.

    A name means the function inside the caller first, then one of its module, then what is imported.
    """
    own = {
        node.name: node
        for outer in caller.around
        for node in ast.walk(outer)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node is not outer
    }
    seen: set[int] = set()
    waiting: list[tuple[ast.AST, Module]] = [(argument, caller.module) for argument in caller.call.args]
    while waiting:
        node, home = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        for inner in ast.walk(node):
            if isinstance(inner, ast.Call) and wanted(inner):
                return True
            if isinstance(inner, ast.Name) and inner.id in own and home is caller.module:
                waiting.append((own[inner.id], home))
            else:
                waiting += _meant(inner, home, known)
    return False


def adds_a_row(call: ast.Call) -> bool:
    """Whether it inserts one row. Rows that come many at once have numbers that nobody is told."""
    called = call.func
    if isinstance(called, ast.Attribute):
        return called.attr in ("create", "save") and not any(word.arg == "update_fields" for word in call.keywords)
    return isinstance(called, ast.Name) and called.id == "insert"


def leaves_a_proof(call: ast.Call) -> bool:
    """Whether it registers what proves the commit."""
    return isinstance(call.func, ast.Name) and call.func.id == "proven_by"


def _meant(name: ast.AST, home: Module, known: dict[str, Module]) -> list[tuple[ast.AST, Module]]:
    """The function of ours that a name or ``module.name`` or ``self.name`` stands for."""
    if isinstance(name, ast.Name):
        return _found(home, name.id, known)
    if isinstance(name, ast.Attribute) and isinstance(name.value, ast.Name):
        if name.value.id == "self":
            return _found(home, name.attr, known)
        if name.value.id in home.imported:
            package, member = home.imported[name.value.id]
            if (there := known.get(f"{package}.{member}")) is not None:
                return _found(there, name.attr, known)
    return []


def _found(home: Module, name: str, known: dict[str, Module]) -> list[tuple[ast.AST, Module]]:
    if name in home.functions:
        return [(home.functions[name], home)]
    if name in home.imported:
        package, member = home.imported[name]
        there = known.get(package)
        if there is not None and there is not home and (member in there.functions or member in there.imported):
            return _found(there, member, known)
    return []
