"""Hooks between the domains are registered in `src/bootstrap`, and nowhere else: who answers whom is read in one
file."""

import ast

import pytest

from tests.architecture.sources import SRC, Tree, calls, place, planted, trees

OTHERS = {"register"}  # bare: the handlers of errors, which main gives to the app
ALLOWED = ("bootstrap/", "worker/executors.py", "sandbox/")  # the second: the jobs, which lie above bootstrap


def registries() -> frozenset[str]:
    """The functions of `src/app` and `src/common` that take an answer: ``register`` and all ``register_...``."""
    return frozenset(
        node.name
        for folder in ("app", "common")
        for _, tree in trees(SRC / folder)
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and (node.name == "register" or node.name.startswith("register_"))
    )


def registrations(tree: Tree, names: frozenset[str]) -> list[str]:
    """Calls of these functions; ``register`` only behind its module, as in ``tasks.register``."""
    return [place(tree, call) for name, call in calls(tree) if name.rpartition(".")[2] in names and name not in OTHERS]


def test_only_bootstrap_registers_hooks() -> None:
    names = registries()
    assert {"register", "register_paid", "register_pictures", "register_part", "register_check"} <= names
    found = [
        at
        for tree in trees(SRC)
        if not str(tree[0].relative_to(SRC)).startswith(ALLOWED)
        for at in registrations(tree, names)
    ]
    assert found == []


def test_every_hook_is_registered() -> None:
    used = {name.rpartition(".")[2] for tree in trees(SRC / "bootstrap") for name, _ in calls(tree)}
    assert registries() - {"register_jobs"} <= used


@pytest.mark.parametrize(
    "call", ["register_part('x', f)", "invariants.register_check('x', f)", "tasks.register('x', f)"]
)
def test_a_planted_registration_is_found(call: str) -> None:
    assert len(registrations(planted(f"def f() -> None: ...\n{call}\n"), registries())) == 1
