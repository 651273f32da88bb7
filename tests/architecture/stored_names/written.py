"""Names that only the source knows, read from its trees wherever a module lies. ``*`` stands for what is put in later.

Needs every module imported (`registered.imported`): constants are looked up where they are used.
"""

import ast
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from tests.architecture.sources import ROOT, SRC, Tree, calls_of_limits, dotted, trees
from tests.architecture.stored_names.registered import crossed_headers, job_names, permissions, setting_names

KEY: Final = re.compile(r"[a-z][a-z0-9_.*-]*:[a-z0-9_.*|:-]*")
NO_KEY: Final = re.compile(r"[a-z]+:(?:\d+|fly)|about:blank|python:.*|src\..*|ncp:.*")
DOTTED: Final = re.compile(r"(?:[a-z_]+|\*)(?:\.[a-z_]+)+")
NOT_STORED: Final = re.compile(
    r"(?:src|http|httpx|gunicorn|uvicorn|aerich|opentelemetry|accounts|portone|p|o|minji|cs|a)\..*"
    r"|.*\.(?:db|lock|log|tsv|xml|csv|xlsx|html|localhost|webp|txt|names|values)"
)
STATE_FILE: Final = re.compile(r"\.?[a-z*-]+\.(?:db|lock|log|tsv|xml)")
HEADER: Final = re.compile(r"[A-Z][A-Za-z0-9]*(?:-[A-Z][A-Za-z0-9]*)+|(?:x|webhook)-[a-z-]+")
HEADER_BYTES: Final = re.compile(rb"[a-z]+(?:-[a-z]+)+")
VALUES_OF_HEADERS: Final = frozenset({"no-store", "same-origin", "strict-origin-when-cross-origin"})
PARTS_OF_XLSX: Final = frozenset({"custom-properties", "extended-properties"})
PURPOSE: Final = re.compile(r"micgolf[ /-][a-z0-9 /*|-]+")
PURPOSE_BYTES: Final = re.compile(rb"micgolf [a-z0-9 ]+\|?|[a-z-]+\|")
HASH_CALLS: Final = ("keyed_hash", "keyed_hashes", "hash_matches")
LUA_WORD: Final = re.compile(r"'([a-z_-]+:?)'")
VARIABLE: Final = re.compile(r"[A-Z][A-Z0-9_]+")


@dataclass(frozen=True)
class Source:
    """One file: its nodes are listed once, however many lists look at them."""

    tree: Tree

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """Every node."""
        return list(ast.walk(self.tree[1]))

    @cached_property
    def calls(self) -> list[tuple[str, ast.Call]]:
        """Every call, with the last word of what is called."""
        return [
            (dotted(node.func).rpartition(".")[2] or getattr(node.func, "attr", ""), node)
            for node in self.nodes
            if isinstance(node, ast.Call)
        ]

    @cached_property
    def module(self) -> Any:
        """The imported module; None of one that is not imported."""
        path = self.tree[0].relative_to(ROOT).with_suffix("")
        return sys.modules.get(".".join(path.parts).removesuffix(".__init__"))

    def text(self, node: ast.expr) -> str:
        """The text that this is, as far as it is known before the shop runs; ``*`` where it is not."""
        if isinstance(node, ast.Constant):
            return node.value if isinstance(node.value, str) else "*"
        if isinstance(node, ast.JoinedStr):
            return "".join(map(self.text, node.values))
        if isinstance(node, ast.FormattedValue):
            return self.text(node.value)
        found = self._constant(node)
        return found if isinstance(found, str) else "*"

    def _constant(self, node: ast.expr) -> Any:
        here, name = self.module, dotted(node)
        if not name.rpartition(".")[2].isupper():
            return None
        for word in name.split("."):
            here = getattr(here, word, None)
        return here

    @cached_property
    def texts(self) -> set[str]:
        """Every text that is no docstring; of an f-string its shape."""
        parts = {id(part) for node in self.nodes if isinstance(node, ast.JoinedStr) for part in node.values}
        beside = parts | {id(node.value) for node in self.nodes if isinstance(node, ast.Expr)}
        return {
            self.text(node)
            for node in self.nodes
            if (isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str)))
            and id(node) not in beside
        }

    @cached_property
    def raw(self) -> set[bytes]:
        """Every constant of bytes."""
        constants = (node for node in self.nodes if isinstance(node, ast.Constant))
        return {node.value for node in constants if isinstance(node.value, bytes)}


def collected() -> dict[str, list[str]]:
    """Every list of this module."""
    shop = [Source(tree) for tree in trees(SRC) if not {"sandbox", "demo"} & set(tree[0].parts)]
    texts = {text for source in shop for text in source.texts}
    found = {
        "audit_actions_and_other_dotted_names": dotted_names(texts),
        "cookies": {name for source in shop for name in cookies(source)} | in_contract("cookie"),
        "headers": headers(texts) | {name for source in shop for name in header_bytes(source)},
        "job_names": job_names() | {name for source in shop for name in kinds_of_work(source)},
        "keys_and_channels": keys(texts) | {name for source in shop for name in named_by_keyword(source)},
        "log_fields": {name for source in shop for name in log_fields(source)},
        "purposes_of_hashes_and_tokens": {name for source in shop for name in purposes(source)},
        "rate_limits": {name for source in shop for name in rate_limits(source)},
        "settings": setting_names() | {name for source in shop for name in variables(source)},
        "state_files": {text for text in texts if STATE_FILE.fullmatch(text)},
    }
    return {title: sorted(names) for title, names in found.items()}


def keys(texts: set[str]) -> set[str]:
    """Keys of Redis, channels, cursors, locks and dedup keys of rows, ``session:*``; words that Lua scripts name."""
    others = permissions()
    found = {text for text in texts if KEY.fullmatch(text) and text not in others and not NO_KEY.fullmatch(text)}
    scripts = (text for text in texts if "redis.call(" in text)
    return found | {f"lua {word}" for script in scripts for word in LUA_WORD.findall(script)}


def named_by_keyword(source: Source) -> Iterator[str]:
    """What rate limits are stored under, and what carried work is called in a stream."""
    for _, call in source.calls:
        for word in call.keywords:
            if word.arg in ("namespace", "task_name") and (text := source.text(word.value)) != "*":
                yield f"{word.arg} {text}"


def kinds_of_work(source: Source) -> Iterator[str]:
    """Kinds of long tasks, of work that Redis carries, and the group that reads it."""
    for name, call in source.calls:
        if dotted(call.func).endswith("tasks.register") and call.args:
            yield f"task {source.text(call.args[0])}"
        if name == "register_executor" and call.args:
            yield f"carried {source.text(call.args[0])}"
        yield from (f"group {source.text(w.value)}" for w in call.keywords if w.arg == "consumer_group_name")


def dotted_names(texts: set[str]) -> set[str]:
    """Audit actions, topics, screens of the menu, loggers, attributes of spans: ``product.archived``."""
    return {text for text in texts if DOTTED.fullmatch(text) and not NOT_STORED.fullmatch(text)}


def headers(texts: set[str]) -> set[str]:
    """Headers that are written anywhere, allowed, exposed, or in the contract; in small letters, as on the wire.

    A mail's header is written with its value, or with the beginning of it: ``List-Unsubscribe: <``.
    """
    written = {text.partition(": ")[0] for text in texts if HEADER.fullmatch(text.partition(": ")[0])}
    return {name.lower() for name in written | crossed_headers() | in_contract("header")}


def cookies(source: Source) -> Iterator[str]:
    """Cookies that are asked for or set."""
    for name, call in source.calls:
        given = [each.value for each in call.keywords if each.arg == "alias"] if name == "Cookie" else []
        given += call.args[:1] if name in ("set_cookie", "delete_cookie") else []
        yield from (text for each in given if (text := source.text(each)) != "*")


def in_contract(place: str) -> set[str]:
    """Parameters of this place in docs/openapi.json; for headers those of answers, too."""
    found: set[str] = set()
    waiting: list[Any] = [json.loads((ROOT / "docs/openapi.json").read_text())]
    while waiting:
        here = waiting.pop()
        if isinstance(here, dict):
            if here.get("in") == place and isinstance(here.get("name"), str):
                found.add(here["name"])
            if place == "header" and "description" in here and isinstance(here.get("headers"), dict):
                found |= set(here["headers"])
            waiting += here.values()
        elif isinstance(here, list):
            waiting += here
    return found


def header_bytes(source: Source) -> Iterator[str]:
    """Headers that are written below the framework."""
    yield from ({raw.decode() for raw in source.raw if HEADER_BYTES.fullmatch(raw)} - VALUES_OF_HEADERS - PARTS_OF_XLSX)


def purposes(source: Source) -> Iterator[str]:
    """What a hash, a key or a token is for: with another word nothing that was made before is known again."""
    yield from (text for text in source.texts if PURPOSE.fullmatch(text))
    yield from (raw.decode() for raw in source.raw if PURPOSE_BYTES.fullmatch(raw))
    for name, call in source.calls:
        if name in HASH_CALLS and call.args and (text := source.text(call.args[0])) != "*":
            yield text
    for node in source.nodes:
        if isinstance(node, ast.FunctionDef) and node.name == "hash_name":
            yield from (source.text(end.value) for end in node.body if isinstance(end, ast.Return) and end.value)


def rate_limits(source: Source) -> Iterator[str]:
    """Under which name a limit counts."""
    if any(name == "limiter" for name, _ in source.calls):
        for name, call in calls_of_limits(source.tree):
            if name != "by_name" and len(call.args) > 1:
                yield source.text(call.args[1])


def log_fields(source: Source) -> Iterator[str]:
    """Fields of a line of the log: of ``extra``, of the line of a request, and what filters and formatters put in."""
    for _, call in source.calls:
        given = {word.arg: word.value for word in call.keywords if isinstance(word.value, ast.Dict)}
        yield from (name for word, told in given.items() if word == "extra" for name in keys_of(told))
        yield from (
            source.text(name) for word, told in given.items() if word == "rename_fields" for name in told.values
        )
        yield from (name for each in call.args for name in formatted(source.text(each)))
    for node in source.nodes:
        if isinstance(node, ast.Dict) and {"level", "logger", "message"} <= set(keys_of(node)):
            yield from keys_of(node)
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and dotted(node.value) == "record":
            yield node.attr


def keys_of(node: ast.Dict) -> list[str]:
    """The keys that are texts."""
    return [key.value for key in node.keys if isinstance(key, ast.Constant) and isinstance(key.value, str)]


def formatted(text: str) -> list[str]:
    """The fields of a format of logging."""
    return re.findall(r"%\((\w+)\)s", text) if "%(message)s" in text else []


def variables(source: Source) -> Iterator[str]:
    """Environment variables that are read or set outside the groups of settings."""
    for node in source.nodes:
        place: ast.expr | None = None
        if isinstance(node, ast.Subscript):
            place, given = node.value, node.slice
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            place, given = node.func.value, node.args[0]
        if place is not None and dotted(place).endswith("environ") and VARIABLE.fullmatch(text := source.text(given)):
            yield text
