"""Reckon what the provider takes and when it pays out, by the fee table: pure functions. Amounts are won."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from src.app.settlement.models import CycleStart, PaymentFee
from src.app.shipping.services.business_days.calendar import Calendar

MILLION: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Fee:
    """What is taken of a movement, VAT included, and the VAT therein; both below 0 where a fee is given back."""

    won: int = 0
    vat: int = 0


def row_for(rows: Sequence[PaymentFee], *, channel: str, method: str, day: date) -> PaymentFee | None:
    """Return the row that holds for a payment of this day: the one that says most of it, the latest of several."""
    fitting = [
        row for row in rows if row.valid_from <= day and row.channel in ("", channel) and row.method in ("", method)
    ]
    return max(fitting, key=lambda row: (bool(row.channel), bool(row.method), row.valid_from), default=None)


def fee_of(row: PaymentFee, amount: int) -> Fee:
    """Return the fee of a movement of signed won. A payment costs rate and fixed fee; of money that goes back the
    rate's part comes back and the fixed fee stays."""
    part = _half_up(abs(amount) * row.rate_ppm, MILLION)
    won = part + row.fixed_fee if amount > 0 else -part
    vat = abs(won) - _half_up(abs(won) * 10, 11)
    return Fee(won, vat if won >= 0 else -vat)


def payout_day(
    row: PaymentFee, calendar: Calendar, *, moved_on: date, paid_on: date, confirmed_on: date | None
) -> date | None:
    """Return the business day of the payout, None while the purchase is not confirmed and the cycle counts from there.

    Money that goes back is taken off the payout of its own day, but not before its payment is paid out.
    """
    starts = [paid_on, moved_on]
    if row.cycle_from == CycleStart.CONFIRMATION:
        if confirmed_on is None:
            return None
        starts.append(confirmed_on)
    return calendar.not_before(calendar.after(max(starts), row.cycle_days))


def _half_up(numerator: int, denominator: int) -> int:
    return (2 * numerator + denominator) // (2 * denominator)
