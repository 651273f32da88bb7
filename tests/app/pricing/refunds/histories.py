"""Orders to give back, priced as the shop prices them, and random ones."""

from collections.abc import Iterator, Sequence
from random import Random

from src.app.pricing.services.effects import Effect, EffectKind, Units, lay
from src.app.pricing.services.refunds.calculator import LineMoney, OrderMoney, Proposal, ShippingMoney, Unit, take_back
from src.app.pricing.services.refunds.reasons import Fault
from src.app.product.models import TaxType
from src.app.shipping.services.fees import FeeKind

SELLER = Fault.SELLER


def order_of(
    *lines: tuple[int, int],
    effects: Sequence[Effect] = (),
    shipping: Sequence[ShippingMoney] = (),
    tax: Sequence[TaxType] = (),
) -> OrderMoney:
    """An order of (price, quantity) lines, called 1, 2, ..., with what lies on their units."""
    laid = lay([Units(price, quantity) for price, quantity in lines], effects)
    return OrderMoney(
        tuple(
            LineMoney(
                line_no=str(number + 1),
                product_id=number + 1,
                tax_type=tax[number] if tax else TaxType.TAXABLE,
                units=tuple(
                    Unit(price, tuple((each.kind, each.parts[unit]) for each in laid if each.line == number))
                    for unit in range(quantity)
                ),
            )
            for number, (price, quantity) in enumerate(lines)
        ),
        tuple(shipping),
    )


def base(amount: int, place: int = 1) -> ShippingMoney:
    """A base fee."""
    return ShippingMoney(place=place, kind=FeeKind.BASE, amount=amount, tax_type=TaxType.TAXABLE)


def paid_for(order: OrderMoney) -> int:
    """What was paid for an order in money."""
    return sum(unit.paid for line in order.lines for unit in line.units) + sum(row.amount for row in order.shipping)


def in_turn(order: OrderMoney, steps: Sequence[tuple[str, int]], fault: Fault = SELLER) -> Iterator[Proposal]:
    """Give units back, step by step."""
    for line_no, units in steps:
        proposal = take_back(order, line_no, units, fault)
        order = proposal.after
        yield proposal


def random_order(dice: Random) -> OrderMoney:
    """An order of up to six lines with up to four effects and every kind of shipping row."""
    lines = [(dice.randrange(0, 90_000), dice.randint(1, 5)) for _ in range(dice.randint(1, 6))]
    effects = []
    left = sum(price * quantity for price, quantity in lines)
    for kind in dice.sample([EffectKind.DISCOUNT, EffectKind.PROMOTION, EffectKind.COUPON], dice.randint(0, 3)):
        amount = dice.randint(0, left // 3)
        effects.append(Effect(kind, amount))
        left -= amount
    if dice.random() < 0.5:
        effects.append(Effect(EffectKind.POINTS, dice.randint(0, left)))
    rows = [base(dice.choice((0, 2_500)))]
    rows.append(ShippingMoney(place=2, kind=FeeKind.SURCHARGE, amount=3_000, tax_type=TaxType.TAXABLE))
    product = dice.randint(1, len(lines))
    rows.append(
        ShippingMoney(place=3, kind=FeeKind.PRODUCT, amount=9_000, tax_type=TaxType.TAXABLE, product_id=product)
    )
    each = dice.randint(1, len(lines))
    rows.append(
        ShippingMoney(
            place=4,
            kind=FeeKind.PRODUCT,
            amount=700 * lines[each - 1][1],
            tax_type=TaxType.TAXABLE,
            line_no=str(each),
            product_id=each,
            units=lines[each - 1][1],
        )
    )
    tax = [dice.choice((TaxType.TAXABLE, TaxType.TAX_FREE)) for _ in lines]
    return order_of(*lines, effects=effects, shipping=dice.sample(rows, dice.randint(0, 4)), tax=tax)


def random_steps(order: OrderMoney, dice: Random) -> list[tuple[str, int]]:
    """All units of an order in pieces, in any order."""
    steps = []
    for line in order.lines:
        left = len(line.units)
        while left:
            units = dice.randint(1, left)
            steps.append((line.line_no, units))
            left -= units
    dice.shuffle(steps)
    return steps
