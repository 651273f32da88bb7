"""The approved buttons of an AlimTalk, with the values of one message in them."""

from collections.abc import Mapping
from typing import Any

from src.app.notification.services.texts import rendering
from src.app.notification.services.texts.catalogue import TEMPLATES
from src.app.notification.services.texts.links import without_links
from src.core.configs import Settings, settings


def of(template: str, values: Mapping[str, Any]) -> tuple[dict[str, str], ...]:
    """The buttons of a template, empty where it has none. Raises jinja2's TemplateError for a value that is missing."""
    if not settings().messages.alimtalk_buttons:
        return ()
    buttons, box = settings().messages.alimtalk_button_sets.get(template, ()), rendering.own_environment()
    told = without_links(values)
    return tuple({name: box.from_string(text).render(told) for name, text in button.items()} for button in buttons)


def unknown(chosen: Settings) -> list[str]:
    """What the settings name that no template has: templates, and values in buttons."""
    messages = chosen.messages
    named = {"SENS_ALIMTALK_TEMPLATES": messages.alimtalk_codes, "SENS_ALIMTALK_BUTTONS": messages.alimtalk_button_sets}
    found = [
        f"{setting} names {template}, which is no template"
        for setting, held in named.items()
        for template in held
        if template not in TEMPLATES
    ]
    for template, buttons in messages.alimtalk_button_sets.items():
        if template not in TEMPLATES:
            continue
        for text in (text for button in buttons for text in button.values()):
            try:
                rendering.own_environment().from_string(text).render(TEMPLATES[template].values)
            except Exception:  # noqa: BLE001 - whatever a template of the settings raises, it cannot be used
                found.append(f"SENS_ALIMTALK_BUTTONS: a button of {template} names a value that its text has not")
                break
    return found
