"""Whether an order may be paid by a manual transfer, and what its buyer is told then."""

from datetime import datetime

from src.app.checkout.dtos.requests import OrderPlace
from src.app.deposit.models import BankAccount
from src.app.deposit.services import accounts, transfers
from src.app.deposit.services.transfers import Wanted
from src.app.payment.errors import PayMethodNotOffered
from src.app.payment.models import PayMethod
from src.app.payment.services.channels.memory import channels


async def check_account(body: OrderPlace) -> None:
    """Raise PayMethodNotOffered unless manual transfers are offered, and BankAccountNotOffered for an account of the
    shop that is switched off. One statement."""
    accounts.chosen(await _offered(), body.bank_account_id)


async def told_buyer(body: OrderPlace, *, total: int, placed_at: datetime) -> Wanted | None:
    """Return where, as whom and until when the buyer of this order is to pay `total` won; None for other ways to pay
    and for nothing to pay. Raises PayMethodNotOffered and BankAccountNotOffered. Two statements for a transfer."""
    if body.pay_method != PayMethod.MANUAL_TRANSFER or not total:
        return None
    return await transfers.wanted(
        await _offered(),
        account_id=body.bank_account_id,
        depositor_name=body.depositor_name or body.orderer.name,
        placed_at=placed_at,
    )


async def _offered() -> list[BankAccount]:
    """Return the accounts that buyers may pay into. While one is switched on, manual transfers are offered."""
    if not (offered := await accounts.offered()):
        raise PayMethodNotOffered(offered=(await channels()).methods())
    return offered
