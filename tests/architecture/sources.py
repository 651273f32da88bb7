"""The source files as syntax trees, and the rules that ruff has no word for. Each rule returns what breaks it."""

import ast
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src"

MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 60
MAX_JOURNEY_LINES = 90
MAX_ARGUMENTS = 6
MAX_MODULES = 15

Tree = tuple[Path, ast.Module]
Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def trees(folder: Path) -> tuple[Tree, ...]:
    """Every Python file under `folder`, migrations excepted: aerich writes those."""
    return tuple(
        (path, ast.parse(path.read_text()))
        for path in sorted(folder.rglob("*.py"))
        if "migrations" not in path.parts and ".venv" not in path.parts
    )


def crowded_folders(root: Path) -> list[str]:
    """Folders below `root` with more than MAX_MODULES modules beside ``__init__``, migrations excepted."""
    counts = Counter(path.parent for path in root.rglob("*.py") if path.name != "__init__.py")
    return [
        f"{folder.relative_to(root)}: {count} modules"
        for folder, count in sorted(counts.items())
        if count > MAX_MODULES and "migrations" not in folder.parts
    ]


def planted(source: str, path: str = "src/app/cart/services/planted.py") -> Tree:
    """A file that is not there, to prove that a rule sees what it looks for."""
    return ROOT / path, ast.parse(source)


def place(tree: Tree, node: ast.AST) -> str:
    """``src/app/x.py:12``."""
    return f"{tree[0].relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"


def dotted(node: ast.expr) -> str:
    """``datetime.now`` for the function of ``datetime.now()``; empty where it is no plain name."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (before := dotted(node.value)):
        return f"{before}.{node.attr}"
    return ""


def calls(tree: Tree) -> Iterator[tuple[str, ast.Call]]:
    """Every call with the dotted name of what is called."""
    for node in ast.walk(tree[1]):
        if isinstance(node, ast.Call) and (name := dotted(node.func)):
            yield name, node


def names_of(tree: Tree, wanted: str) -> list[str]:
    """Where a name is imported or used, bare or as an attribute."""
    return [
        place(tree, node)
        for node in ast.walk(tree[1])
        if (isinstance(node, ast.Name) and node.id == wanted)
        or (isinstance(node, ast.Attribute) and node.attr == wanted)
        or (isinstance(node, ast.alias) and node.name.rpartition(".")[2] == wanted)
    ]


def naive_times(tree: Tree) -> list[str]:
    """Calls that answer a time without an offset."""
    return [
        place(tree, call)
        for name, call in calls(tree)
        if name.endswith(("datetime.utcnow", "datetime.today", "date.today", "datetime.utcfromtimestamp"))
        or (name.endswith(("datetime.now", "datetime.fromtimestamp")) and not _has_zone(call))
    ]


def _has_zone(call: ast.Call) -> bool:
    needed = 1 if dotted(call.func).endswith("now") else 2
    return len(call.args) >= needed or any(keyword.arg == "tz" for keyword in call.keywords)


def calls_of(tree: Tree, *endings: str) -> list[str]:
    """Calls of functions with these names, however they were imported."""
    return [place(tree, call) for name, call in calls(tree) if name.rpartition(".")[2] in endings]


def swallowed(tree: Tree) -> list[str]:
    """Broad handlers and suppressions after which nobody learns that something failed."""
    found = []
    for node in ast.walk(tree[1]):
        if isinstance(node, ast.ExceptHandler) and _is_broad(node.type) and all(map(_says_nothing, node.body)):
            found.append(place(tree, node))
        if isinstance(node, ast.With | ast.AsyncWith):
            found += [
                place(tree, node)
                for item in node.items
                if isinstance(call := item.context_expr, ast.Call)
                and dotted(call.func).endswith("suppress")
                and any(map(_is_broad, call.args))
            ]
    return found


def _is_broad(node: ast.expr | None) -> bool:
    if isinstance(node, ast.Tuple):
        return any(map(_is_broad, node.elts))
    return node is None or dotted(node) in ("Exception", "BaseException")


def _says_nothing(node: ast.stmt) -> bool:
    is_constant = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return isinstance(node, ast.Pass | ast.Continue) or is_constant


def functions(tree: Tree) -> Iterator[Function]:
    """Every function and method."""
    for node in ast.walk(tree[1]):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def long_functions(tree: Tree) -> list[str]:
    """Functions above MAX_FUNCTION_LINES; a test may have MAX_JOURNEY_LINES, because a journey reads in one piece."""
    limit = MAX_JOURNEY_LINES if "tests" in tree[0].parts else MAX_FUNCTION_LINES
    return [
        f"{place(tree, function)} {function.name}"
        for function in functions(tree)
        if (function.end_lineno or 0) - function.lineno + 1 > limit
    ]


def greedy_functions(tree: Tree) -> list[str]:
    """Functions with more than MAX_ARGUMENTS arguments, self not counted.

    A router function's arguments are the request and a factory's are a row: neither is called by position.
    """
    return [
        f"{place(tree, function)} {function.name}"
        for function in functions(tree)
        if len([a for a in _arguments(function) if a not in ("self", "cls")]) > MAX_ARGUMENTS
    ]


def _arguments(function: Function) -> list[str]:
    given = function.args
    return [argument.arg for argument in (*given.posonlyargs, *given.args, *given.kwonlyargs)]


def uncounted_callers(tree: Tree) -> list[str]:
    """Where a limit is asked, or a name is counted, with a network address in hand that `by_address` did not make a
    network of: an address is one of so many that limits on it limit nobody."""
    found = []
    for name, call in calls_of_limits(tree):
        who = call.args[-1:] if name == "by_name" else call.args[2:3]
        if len(who) != 1 or any("address" in word for word in _raw_words(who[0])):
            found.append(place(tree, call))
    return found


def calls_of_limits(tree: Tree) -> Iterator[tuple[str, ast.Call]]:
    """Every ``limiter().count(...)``, ``limiter().check(...)`` and ``by_name(...)``."""
    for node in ast.walk(tree[1]):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name) and node.func.id == "by_name":
            yield "by_name", node
        if isinstance(node.func, ast.Attribute) and node.func.attr in ("count", "check"):
            of = node.func.value
            if isinstance(of, ast.Call) and dotted(of.func).rpartition(".")[2] == "limiter":
                yield node.func.attr, node


def _raw_words(node: ast.expr) -> Iterator[str]:
    """The names in an expression, but those that go into `by_address`."""
    if isinstance(node, ast.Call) and dotted(node.func) == "by_address":
        return
    if isinstance(node, ast.Name):
        yield node.id
    if isinstance(node, ast.Attribute):
        yield node.attr
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.expr):
            yield from _raw_words(child)
