"""Archive tables of shipments, which move with their order."""

from src.app.fulfilment.models.scan import ShipmentScan
from src.app.fulfilment.models.shipment import Shipment, ShipmentEvent, ShipmentLine
from src.common.models.archive import archive_of

ShipmentArchive = archive_of(Shipment)
ShipmentLineArchive = archive_of(ShipmentLine)
ShipmentEventArchive = archive_of(ShipmentEvent)
ShipmentScanArchive = archive_of(ShipmentScan)
