"""Persons who can sign in. Some are built in; the control endpoint adds or replaces persons."""

import base64
import hashlib
import sqlite3
from typing import Annotated, Any, Final, Literal, get_args

import orjson
from pydantic import BaseModel, ConfigDict, Field, field_validator

from src.sandbox.config import PROVIDERS, ProviderName
from src.sandbox.web import RefusalError, Text

What = Literal["nickname", "image", "name", "email", "phone", "gender", "birthyear", "birthday", "age"]
"""Items that a provider may release about a person, named by the sandbox; each provider has its own names."""
WHATS: Final[tuple[What, ...]] = get_args(What)
Line = Annotated[Text, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]
PersonId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]


class Subjects(BaseModel):
    """Fixed ids at the providers. A missing one is derived from the person's id."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kakao: Annotated[int, Field(strict=True, ge=1, le=2**63 - 1)] | None = None
    naver: Annotated[Line, Field(max_length=64)] | None = None
    google: Annotated[str, Field(pattern=r"^[!-~]{1,255}$")] | None = None


class Person(BaseModel):
    """A person with an account at all three providers."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: PersonId
    name: Line
    nickname: Line | None = None
    email: Line | None = None
    email_verified: bool = True
    """Kakao `is_email_verified`, Google `email_verified`. Naver has no such flag."""
    email_valid: bool = True
    """Kakao `is_email_valid`: False once the address belongs to another account."""
    hd: Line | None = None
    """Google Workspace domain."""
    phone: Annotated[str, Field(pattern=r"^\+82 \d{1,2}-\d{3,4}-\d{4}$")] | None = None
    gender: Literal["female", "male"] | None = None
    birthyear: Annotated[str, Field(pattern=r"^(19|20)\d\d$")] | None = None
    birthday: Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])([0-2]\d|3[01])$")] | None = None
    declines: Annotated[tuple[What, ...], Field(max_length=9)] = ()
    """Items that the account has but the person never agrees to share."""
    subjects: Subjects = Subjects()
    note: Annotated[Text, Field(max_length=200)] = ""

    @field_validator("name", "nickname", "email", "hd")
    @classmethod
    def _no_blank_ends(cls, text: str | None) -> str | None:
        if text is not None and text != text.strip():
            raise ValueError("must not begin or end with a blank")
        return text

    def called(self) -> str:
        """Return the nickname, or the name if there is none."""
        return self.nickname or self.name

    def has(self, what: What) -> bool:
        """Return True if the account has the item; every account has a name, a nickname and a picture."""
        if what in ("name", "nickname", "image"):
            return True
        return getattr(self, "birthyear" if what == "age" else what) is not None

    def kakao_id(self) -> int:
        """Return the id at Kakao, a 64-bit number."""
        return self.subjects.kakao or 2_000_000_000 + self._digest() % 10**9

    def naver_id(self) -> str:
        """Return the id at Naver: 43 characters, the format since 2021."""
        if self.subjects.naver is not None:
            return self.subjects.naver
        return base64.urlsafe_b64encode(self._digest().to_bytes(32, "big")).decode().rstrip("=")

    def google_sub(self) -> str:
        """Return the `sub` at Google: 21 digits."""
        return self.subjects.google or f"1{self._digest() % 10**20:020d}"

    def subject(self, provider: ProviderName) -> str:
        """Return the id at `provider` as text."""
        match provider:
            case "kakao":
                return str(self.kakao_id())
            case "naver":
                return self.naver_id()
            case _:
                return self.google_sub()

    def picture(self) -> str:
        """Return an address that does not resolve, because no request may leave the machine."""
        return f"https://profile.invalid/{self.id}.jpg"

    def listed(self) -> dict[str, Any]:
        """Return the person for scripts: all fields, the ids, and in `shares` the items that the person agrees to
        share."""
        wire = self.model_dump(mode="json", exclude={"subjects", "declines", "note"})
        wire["subjects"] = {
            "kakao": self.kakao_id(),
            "naver": self.naver_id(),
            "google": self.google_sub(),
        }
        wire["declines"] = list(self.declines)
        wire["shares"] = [what for what in WHATS if self.has(what) and what not in self.declines]
        wire["note"] = self.note
        return wire

    def _digest(self) -> int:
        return int.from_bytes(hashlib.sha256(f"sandbox person {self.id}".encode()).digest(), "big")


def _built_in(*people: dict[str, Any]) -> tuple[Person, ...]:
    return tuple(Person.model_validate(person) for person in people)


BUILT_IN: Final = _built_in(
    {
        "id": "haneul",
        "name": "김하늘",
        "nickname": "하늘",
        "email": "haneul.kim@gmail.com",
        "phone": "+82 10-1234-5678",
        "gender": "female",
        "birthyear": "1990",
        "birthday": "0707",
        "subjects": {"kakao": 1234567890},
        "note": "확인된 Gmail / Verified, Gmail",
    },
    {
        "id": "bora",
        "name": "이보라",
        "email": "bora.lee@example.com",
        "phone": "+82 10-2345-6789",
        "declines": ["email", "phone"],
        # Above 2^53: a client that parses it as a floating-point number gets the id of another person.
        "subjects": {"kakao": 9007199254740993},
        "note": "이메일 제공에 동의하지 않음 / Never shares the e-mail (needs_agreement)",
    },
    {"id": "minjun", "name": "박민준", "nickname": "준🏌️", "note": "이메일 없는 계정 / Account without e-mail"},
    {
        "id": "seoyeon",
        "name": "최서연",
        "email": "seoyeon.choi@example.com",
        "email_verified": False,
        "note": "확인되지 않은 이메일 / Unverified e-mail",
    },
    {
        "id": "jiho",
        "name": "정지호",
        "email": "jiho.jung@example.com",
        "email_valid": False,
        "note": "카카오: 유효하지 않은 이메일 / Kakao: e-mail no longer valid",
    },
    {
        "id": "demo-verified",
        "name": "데모회원",
        "email": "demo@example.com",
        "note": "데모 회원의 이메일, 확인됨, hd 없음 / The demo member's e-mail, verified, no hd",
    },
    {
        "id": "demo-unverified",
        "name": "데모사칭",
        "email": "demo@example.com",
        "email_verified": False,
        "note": "데모 회원의 이메일, 확인되지 않음 / The demo member's e-mail, unverified",
    },
    {
        "id": "demo-workspace",
        "name": "데모직장",
        "email": "demo@example.com",
        "hd": "example.com",
        "note": "데모 회원의 이메일, Google Workspace / The demo member's e-mail, with hd",
    },
    {
        "id": "yuna-workspace",
        "name": "한유나",
        "email": "yuna.han@golf.example",
        "hd": "golf.example",
        "phone": "+82 10-3456-7890",
        "note": "Google Workspace (hd) / With hd",
    },
    {
        "id": "doyun",
        "name": "윤도윤",
        "email": "doyun.yoon@mail.example",
        "subjects": {"kakao": 9223372036854775807},
        "note": "확인됨, Gmail 아님, hd 없음 / Verified, neither Gmail nor hd",
    },
)


def everyone(db: sqlite3.Connection) -> list[Person]:
    """Return the built-in persons, or their replacements, then the added ones."""
    people = {person.id: person for person in BUILT_IN}
    for row in db.execute("SELECT doc FROM oauth_people ORDER BY seq").fetchall():
        person = Person.model_validate_json(row["doc"])
        people[person.id] = person
    return list(people.values())


def find(db: sqlite3.Connection, person_id: str) -> Person | None:
    """Return the person with this id, or None."""
    row = db.execute("SELECT doc FROM oauth_people WHERE id = ?", (person_id,)).fetchone()
    if row is not None:
        return Person.model_validate_json(row["doc"])
    return next((person for person in BUILT_IN if person.id == person_id), None)


def by_subject(db: sqlite3.Connection, provider: ProviderName, subject: str) -> Person | None:
    """Return the person who has this id at the provider, or None."""
    return next((person for person in everyone(db) if person.subject(provider) == subject), None)


def put(db: sqlite3.Connection, person: Person) -> None:
    """Add or replace a person. Raises RefusalError 409 if another person has one of the ids at a provider."""
    for provider in PROVIDERS:
        other = by_subject(db, provider, person.subject(provider))
        if other is not None and other.id != person.id:
            raise RefusalError(409, "SUBJECT_TAKEN", f"subjects.{provider}: is the one of {other.id}")
    db.execute(
        "INSERT INTO oauth_people (id, doc) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET doc = excluded.doc",
        (person.id, orjson.dumps(person.model_dump(mode="json"))),
    )
