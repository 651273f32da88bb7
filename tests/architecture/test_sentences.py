"""Every sentence of tests/sentences.toml names tests that are there."""

import ast
import functools
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.architecture.sources import ROOT

Sentences = Mapping[str, Mapping[str, list[str]]]
TESTS = ROOT / "tests"


@functools.cache
def functions_of(file: Path) -> frozenset[str]:
    """The test functions of a module; none of a file that is not there."""
    if not file.is_file():
        return frozenset()
    nodes = ast.walk(ast.parse(file.read_text()))
    return frozenset(node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def problems(sentences: Sentences) -> Iterator[str]:
    """What is wrong with the list: a sentence without a test, a test that is not there, one that is named twice."""
    for group, held in sentences.items():
        for sentence, tests in held.items():
            if not tests:
                yield f"{group}: {sentence}: no test"
            if len(set(tests)) < len(tests):
                yield f"{group}: {sentence}: a test twice"
            for test in tests:
                path, _, name = test.partition("::")
                if name not in functions_of(TESTS / path):
                    yield f"{group}: {sentence}: {test} is not there"


def test_every_sentence_has_its_tests() -> None:
    sentences: Sentences = tomllib.loads((TESTS / "sentences.toml").read_text())
    assert sum(len(held) for held in sentences.values()) > 50
    assert list(problems(sentences)) == []


def test_what_is_wrong_is_found() -> None:
    here = f"architecture/{Path(__file__).name}::test_what_is_wrong_is_found"
    wrong: Sentences = {
        "group": {"empty": [], "gone": ["architecture/test_gone.py::test_a", f"{here}_not"], "twice": [here, here]},
        "right": {"sentence": [here]},
    }
    assert len(list(problems(wrong))) == 4
