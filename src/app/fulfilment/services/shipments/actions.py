"""What staff may do with a shipment: the one table that the answers show and the commands check."""

from typing import Final

from src.app.fulfilment.models import FLOW, Direction, Shipment, ShipmentAction, ShipmentMethod, ShipmentState

S: Final = ShipmentState


def allowed_actions(shipment: Shipment) -> list[ShipmentAction]:
    """Return what staff may do with the shipment now, in the order of `ShipmentAction`.

    It may be taken back until its first scan. Only a parcel has a number, and so a wrong one.
    """
    return [action for action in ShipmentAction if _holds(shipment, action)]


def _holds(shipment: Shipment, action: ShipmentAction) -> bool:
    is_parcel = shipment.method == ShipmentMethod.PARCEL
    if shipment.direction != Direction.OUT:
        return False
    if action == ShipmentAction.CORRECT_NUMBER:
        return is_parcel and (shipment.state == S.READY or S.READY in FLOW[shipment.state])
    if action == ShipmentAction.WRONG_NUMBER and not is_parcel:
        return False
    if action == ShipmentAction.CANCELLED and shipment.state == S.READY and shipment.scanned_at is not None:
        return False
    return S(action.value) in FLOW[shipment.state]
