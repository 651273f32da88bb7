"""Shipments, what is in them, their scans and their history."""

from src.app.fulfilment.models.archive import (
    ShipmentArchive,
    ShipmentEventArchive,
    ShipmentLineArchive,
    ShipmentScanArchive,
)
from src.app.fulfilment.models.number import TrackingNumber
from src.app.fulfilment.models.scan import ShipmentScan
from src.app.fulfilment.models.shipment import Shipment, ShipmentEvent, ShipmentLine
from src.app.fulfilment.models.status import (
    FLOW,
    OPEN,
    SENT,
    DeliveredBy,
    Direction,
    ShipmentAction,
    ShipmentMethod,
    ShipmentState,
)

__all__ = [
    "FLOW",
    "OPEN",
    "SENT",
    "DeliveredBy",
    "Direction",
    "Shipment",
    "ShipmentAction",
    "ShipmentArchive",
    "ShipmentEvent",
    "ShipmentEventArchive",
    "ShipmentLine",
    "ShipmentLineArchive",
    "ShipmentMethod",
    "ShipmentScan",
    "ShipmentScanArchive",
    "ShipmentState",
    "TrackingNumber",
]
