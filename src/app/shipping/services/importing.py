"""Take a sheet of surcharges: check it, and save it as a new version of the rules unless it is a dry run."""

import asyncio
from dataclasses import dataclass

from fastapi import UploadFile

from src.app.shipping.dtos.admin.rules import SheetProblemRead, SurchargeImportRead
from src.app.shipping.services import sheets
from src.app.shipping.services.editing import ensure_first, present_rules, save
from src.app.shipping.services.fees import Tariff
from src.app.shipping.services.queries import load_tariff
from src.app.shipping.services.sheets import Reading
from src.app.shipping.services.zones import refined
from src.common.exceptions.general import BodyTooLarge
from src.common.records.audit import Actor
from src.core.configs import settings
from src.core.database import unit_of_work


@dataclass(frozen=True, slots=True)
class Asked:
    """Options of an import. With `replace` the sheet is the whole list; without, it refines the list."""

    dry_run: bool = False
    replace: bool = False


async def take(file: UploadFile, asked: Asked, *, by: Actor) -> SurchargeImportRead:
    """Check the sheet and save the list that it makes, as one new version.

    A sheet with a problem saves nothing. The same sheet again changes nothing. Raises BodyTooLarge, TooManySurcharges
    and the errors of `sheets.read`.
    """
    if (file.size or 0) > settings().imports.file_limit:
        raise BodyTooLarge(limit=settings().imports.file_limit)
    reading = await asyncio.to_thread(sheets.read, file.file)
    if reading.problems or asked.dry_run:
        present = await load_tariff()
        return _told(reading, _after(present, reading, asked), is_saved=False)
    is_saved = False

    async def write() -> None:
        nonlocal is_saved
        present = await present_rules()
        wanted = _after(present, reading, asked)
        is_saved = wanted.surcharges != present.surcharges
        await save(wanted, present=present, by=by)

    await ensure_first()
    await unit_of_work(write)
    return _told(reading, await load_tariff(), is_saved=is_saved)


def _after(present: Tariff, reading: Reading, asked: Asked) -> Tariff:
    zones = refined(() if asked.replace else present.surcharges, reading.zones)
    return Tariff(present.rule, zones, present.product_fees)


def _told(reading: Reading, after: Tariff, *, is_saved: bool) -> SurchargeImportRead:
    return SurchargeImportRead(
        saved=is_saved,
        rows=reading.rows,
        ranges=len(after.surcharges),
        version=after.rule.version,
        problems=[
            SheetProblemRead(row=each.row, column=each.column, message_ko=each.ko, message_en=each.en)
            for each in reading.problems
        ],
    )
