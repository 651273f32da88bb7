"""Routes of the delivery log and the message templates."""

from functools import partial
from typing import Annotated

from fastapi import Depends, Path, Query, Response

from src.app.notification.dtos.admin import (
    MessageQuery,
    MessageRead,
    MessageResend,
    MessageRow,
    PreviewAsk,
    PreviewRead,
    SampleQueued,
    SampleSend,
    TemplateRead,
    TemplateWrite,
)
from src.app.notification.errors import (
    MessageNotFound,
    MessageNotResendable,
    MessageOutcomeUnknown,
    MessageTemplateNotFound,
    MessageTemplateRequired,
    MessageTextInvalid,
    NoTestAddress,
)
from src.app.notification.services.admin import messages, templates
from src.common.dtos.pages import Items, Page
from src.common.dtos.reasons import Looking
from src.common.exceptions import documents
from src.common.exceptions.general import IfMatchRequired, StaleEdit, TooManyAttempts
from src.common.http.etags import EditedVersion, or_fresh, tag, tagged
from src.common.http.routing import new_router
from src.common.identity import Identity, Policy
from src.common.records.audit import Acting

NUMBER = r"^[0-9A-HJKMNP-TV-Z]{26}$"
Reader = Annotated[Identity, Depends(Policy("staff", "message:read"))]
Writer = Annotated[Identity, Depends(Policy("staff", "message:write"))]
Number = Annotated[str, Path(pattern=NUMBER, examples=["01JG7Q6X9ZP4M3C2B1A0ZYXWVT"])]
Name = Annotated[str, Path(pattern=r"^[a-z_]{1,40}$", examples=["order_paid"])]

admin_router = new_router(prefix="/admin", tags=["admin: messages"])


@admin_router.get("/messages", operation_id="listMessages")
async def list_messages(asked: Annotated[MessageQuery, Query()], by: Acting, _: Reader) -> Page[MessageRow]:
    """What was sent to shoppers, and what became of it. Addresses are masked without `pii:read`; with it, every message
    shown is in the access log."""
    return await messages.find(asked, by=by)


@admin_router.get("/messages/{number}", operation_id="readMessage", responses=documents(MessageNotFound))
async def read_message(number: Number, asked: Annotated[Looking, Query()], by: Acting, _: Reader) -> MessageRead:
    """One message. Its words are shown with `pii:read` only, and the look is logged."""
    return await messages.one(number, asked, by=by)


@admin_router.post(
    "/messages/{number}/resend",
    operation_id="resendMessage",
    status_code=201,
    responses=documents(MessageNotFound, MessageNotResendable, MessageOutcomeUnknown),
)
async def resend_message(number: Number, body: MessageResend, by: Acting, _: Writer) -> MessageRead:
    """Send a message once more, as a new one. One that may have arrived needs `force`."""
    return await messages.resend(number, body, by=by)


@admin_router.get("/message-templates", operation_id="listMessageTemplates")
async def list_templates(_: Reader) -> Items[TemplateRead]:
    """Every template with its texts and the values that they may name."""
    return await templates.every()


@admin_router.get(
    "/message-templates/{name}", operation_id="readMessageTemplate", responses=documents(MessageTemplateNotFound)
)
async def read_template(name: Name, response: Response, _: Reader) -> TemplateRead:
    """One template. Its `ETag` is for the edit."""
    found = await templates.one(name)
    tag(response, found.version)
    return found


@admin_router.put(
    "/message-templates/{name}",
    operation_id="writeMessageTemplate",
    responses=documents(
        MessageTemplateNotFound, MessageTemplateRequired, MessageTextInvalid, IfMatchRequired, StaleEdit
    ),
)
async def write_template(
    name: Name, body: TemplateWrite, edited: EditedVersion, response: Response, by: Acting, _: Writer
) -> TemplateRead:
    """Write texts instead of those in the code, and switch channels on or off. Texts that are left out are the code's
    again. A text may hold its values (`{{ total }}`) and conditions (`{% if receipt %}`), nothing else."""
    edit = templates.write(name, body, edited=edited, by=by)
    return tagged(response, await or_fresh(edit, partial(templates.one, name)))


@admin_router.post(
    "/message-templates/{name}/preview",
    operation_id="previewMessageTemplate",
    responses=documents(MessageTemplateNotFound, MessageTextInvalid),
)
async def preview_template(name: Name, body: PreviewAsk, _: Reader) -> PreviewRead:
    """The stored text, or the one in the body, with the samples in it. Nothing is written."""
    return await templates.preview(name, body)


@admin_router.post(
    "/message-templates/{name}/test-send",
    operation_id="sendTestMessage",
    status_code=202,
    responses=documents(MessageTemplateNotFound, NoTestAddress, TooManyAttempts),
)
async def send_test_message(name: Name, body: SampleSend, by: Acting, _: Writer) -> SampleQueued:
    """Send the text with the samples in it to the shop's own test address (`ADMIN_EMAIL`, `ADMIN_PHONE`)."""
    return await templates.send_sample(name, body, by=by)
