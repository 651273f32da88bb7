"""Staff routes of the shop's bank accounts."""

from typing import Annotated

from fastapi import Depends, Response

from src.app.deposit.dtos.admin import BankAccountsRead, BankAccountsWrite
from src.app.deposit.errors import BankAccountUnknown
from src.app.deposit.services import accounts, editing
from src.common.exceptions import documents
from src.common.exceptions.general import IfMatchRequired, StaleEdit
from src.common.http.etags import EditedVersion, or_fresh, tagged
from src.common.http.routing import new_router
from src.common.identity import Identity, Policy
from src.common.records.audit import Acting

Reader = Annotated[Identity, Depends(Policy("staff", "settings:read"))]
Writer = Annotated[Identity, Depends(Policy("staff", "bank:write"))]

router = new_router("/admin/settings", tags=["admin: payments"])


@router.get("/bank-accounts", operation_id="readBankAccounts")
async def read_bank_accounts(response: Response, _: Reader) -> BankAccountsRead:
    """The shop's accounts for manual transfers (무통장입금). Send its `ETag` as `If-Match` with an edit."""
    return tagged(response, await accounts.settings())


@router.put(
    "/bank-accounts",
    operation_id="setBankAccounts",
    responses=documents(IfMatchRequired, StaleEdit, BankAccountUnknown),
)
async def set_bank_accounts(
    body: BankAccountsWrite, version: EditedVersion, response: Response, by: Acting, _: Writer
) -> BankAccountsRead:
    """Set all accounts in this order. While one is switched on, and an insurance (구매안전서비스) stands in the
    shop's details, manual transfers are offered at checkout."""
    edit = editing.put(body, version=version, by=by)
    return tagged(response, await or_fresh(edit, accounts.settings))
