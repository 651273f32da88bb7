"""Buttons of AlimTalk templates as a setting: JSON, keyed by template name, each button in the form of SENS.

Kakao approves the buttons together with the text. A message must be equal to what was approved, except for its values
(``{{ link }}``).
"""

import json
from collections.abc import Mapping
from typing import Any, Final

Button = Mapping[str, str]
ButtonSets = Mapping[str, tuple[Button, ...]]

NAME: Final = "SENS_ALIMTALK_BUTTONS"
MOST: Final = 5
LONGEST_NAME: Final = 14
LONGEST_LINK: Final = 500
LINKS: Final = frozenset({"linkMobile", "linkPc", "schemeIos", "schemeAndroid"})
NEEDED: Final[Mapping[str, frozenset[str]]] = {
    "WL": frozenset({"linkMobile"}),
    "AL": frozenset({"schemeIos", "schemeAndroid"}),
    "BK": frozenset(),
    "MD": frozenset(),
    "DS": frozenset(),
    "AC": frozenset(),
}
"""What each type cannot do without: web link, app link, keyword, message, delivery tracking, channel."""


def read_buttons(text: str) -> ButtonSets:
    """Return the buttons by template. Raises ValueError, which names the template and never a value."""
    if not text.strip():
        return {}
    try:
        held = json.loads(text)
    except ValueError as error:
        raise ValueError(f"{NAME} must be JSON") from error
    if not isinstance(held, dict):
        raise ValueError(f"{NAME} must read {{template: [button, button]}}")  # noqa: TRY004 - a value of a setting
    return {str(name): _one_set(str(name), buttons) for name, buttons in held.items()}


def _one_set(name: str, buttons: Any) -> tuple[Button, ...]:
    if not isinstance(buttons, list) or not 1 <= len(buttons) <= MOST:
        raise ValueError(f"{NAME}: {name} must have 1 to {MOST} buttons in a list")
    return tuple(_one(name, button) for button in buttons)


def _one(name: str, button: Any) -> Button:
    if not isinstance(button, dict) or not all(isinstance(value, str) and value for value in button.values()):
        raise ValueError(f"{NAME}: a button of {name} must hold texts only")
    if button.get("type") not in NEEDED:
        raise ValueError(f"{NAME}: a button of {name} must have a type of {', '.join(NEEDED)}")
    if not 1 <= len(button.get("name", "")) <= LONGEST_NAME:
        raise ValueError(f"{NAME}: a button of {name} must have a name of up to {LONGEST_NAME} characters")
    links = button.keys() - {"type", "name"}
    if not NEEDED[button["type"]] <= links <= LINKS:
        raise ValueError(f"{NAME}: a {button['type']} button of {name} lacks a link, or has one that SENS knows not")
    if any(len(button[link]) > LONGEST_LINK for link in links):
        raise ValueError(f"{NAME}: a link of {name} is longer than {LONGEST_LINK} characters")
    return dict(button)
