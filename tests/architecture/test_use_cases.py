"""What every use case does when its COMMIT gets no answer (src/core/database/unit_of_work.py).

One that inserts a row is known by that row's number, one that registers a proof by it: both are looked up and answered.
The others answer 503, and whoever asked asks again. Here stands why that does no harm.
"""

import ast

import pytest

from tests.architecture.call_graph import Caller, adds_a_row, callers, leaves_a_proof, modules, reaches, read

SETS = "it writes given values, or what follows from the rows; the same again is the same"
HOPS = "it moves a row only from where it was; done before, the repeat finds nothing to do or is told so"
REMOVES = "it deletes what is over; done before, there is nothing left"
COUNTS = "a figure; what may have been added is not added again"
HANDED = "its caller's use case stands in this list, or inserts a row"

REPEATED = {
    "src.app.auth.services.personal_data.erase": REMOVES,
    "src.app.auth.services.social.disconnecting.ending.end": REMOVES,
    "src.app.auth.services.social.linking.unlink": REMOVES,
    "src.app.auth.services.social.links.let_go_of_former": REMOVES,
    "src.app.auth.services.social.signing_in.sign_in": SETS,
    "src.app.auth.services.staff.sign_in._is_right": HOPS,
    "src.app.auth.services.staff.sign_in._upgrade_hash": SETS,
    "src.app.auth.services.verification.cleanup.remove_spent": REMOVES,
    "src.app.auth.services.verification.codes.judge": HOPS,
    "src.app.category.services.admin._changing": HANDED,
    "src.app.checkout.services.reconciling._settle": SETS,
    "src.app.deposit.services.retention.periods._erase": SETS,
    "src.app.event.services.commenting.edit": SETS,
    "src.app.event.services.commenting.remove": HOPS,
    "src.app.event.services.personal_data._empty_removed": SETS,
    "src.app.event.services.personal_data._empty_reports": SETS,
    "src.app.event.services.personal_data.erase": SETS,
    "src.app.fulfilment.services.personal_data.erase": SETS,
    "src.app.fulfilment.services.retention.periods._erase": SETS,
    "src.app.fulfilment.services.sheets.undoing.run": HOPS,
    "src.app.fulfilment.services.shipments.telling.tell_due": HOPS,
    "src.app.fulfilment.services.confirmation._change": HOPS,
    "src.app.fulfilment.services.confirmation.confirm_due": HOPS,
    "src.app.fulfilment.services.due_days.set_due_days": SETS,
    "src.app.notice.services.personal_data.erase": REMOVES,
    "src.app.notification.services.personal_data._delete": REMOVES,
    "src.app.notification.services.personal_data.erase": SETS,
    "src.app.order.services.archiving._batch": HOPS,
    "src.app.order.services.effects.filling._one": HOPS,
    "src.app.order.services.effects.filling.fill_now": HOPS,
    "src.app.order.services.lines.filling.fill_older": SETS,
    "src.app.order.services.retention.periods._erase": SETS,
    "src.app.order.services.stock_holds.follow_cart": SETS,
    "src.app.outbound.services.deliveries.cleanup.trim": REMOVES,
    "src.app.outbound.services.personal_data.erase": REMOVES,
    "src.app.payment.services.retention.periods._empty_accounts": SETS,
    "src.app.payment.services.retention.periods._empty_notes": SETS,
    "src.app.payment.services.retention.periods._erase": SETS,
    "src.app.product.services.personal_data.erase": REMOVES,
    "src.app.product.services.popularity.set_popularity": SETS,
    "src.app.product.services.restock.alerts.cancel": HOPS,
    "src.app.product.services.restock.alerts.cancel_all": REMOVES,
    "src.app.product.services.restock.alerts.forget_old": REMOVES,
    "src.app.product.services.restock.sending.mark_due": HOPS,
    "src.app.product.services.search.indexing.index_missing": SETS,
    "src.app.product.services.search.indexing.reindex_all": SETS,
    "src.app.product.services.search.indexing.reindex_categories": SETS,
    "src.app.product.services.sheets.imports.apply._give_up": HOPS,
    "src.app.product.services.sheets.imports.apply.apply": HOPS,
    "src.app.search.services.counting.store": SETS,
    "src.app.settlement.services.clearing.checking.unclear": "it only reads, under locks",
    "src.app.settlement.services.entries._write": "each cause is unique: what is written is left as it is",
    "src.app.settlement.services.sheets.run.run": SETS,
    "src.app.settlement.services.filling._batch": "each cause is unique: what is written is left as it is",
    "src.app.staff.services.guards.guarded": HANDED,
    "src.app.user.services.account.addresses.change": SETS,
    "src.app.user.services.account.addresses.remove": REMOVES,
    "src.app.user.services.account.contact.change": "the verification that it uses up is the proof",
    "src.app.user.services.account.contact.change_contact": SETS,
    "src.app.user.services.account.contact.drop": REMOVES,
    "src.app.user.services.account.credentials.rehash": SETS,
    "src.app.user.services.account.credentials.touch_last_sign_in": SETS,
    "src.app.user.services.account.session_epochs.raise_epoch": "sessions end; twice ends no more of them",
    "src.app.user.services.personal_data._delete_memos": REMOVES,
    "src.app.user.services.personal_data._empty_reasons": SETS,
    "src.app.user.services.personal_data.erase": SETS,
    "src.app.user.services.withdrawing.cancel": HOPS,
    "src.app.receipt.services.retention.periods._erase": SETS,
    "src.common.http.idempotency.forget_old": REMOVES,
    "src.common.media.direct.confirm": SETS,
    "src.common.media.direct.forget": REMOVES,
    "src.common.media.uploads.save": SETS,
    "src.common.records.anonymising.anonymise": SETS,
    "src.common.records.view_counts.flush": COUNTS,
    "src.common.work.task_files.sweep": REMOVES,
    "src.common.work.tasks._write_end": HOPS,
    "src.common.work.tasks.keep": SETS,
}

KNOWN = modules()


def all_callers(function: str) -> list[Caller]:
    """Every call in `src`, but those of the database's own modules."""
    return [
        each
        for module in KNOWN.values()
        if not module.name.startswith("src.core.database")
        for each in callers(module, function)
    ]


def without_a_trace(found: list[Caller]) -> set[str]:
    """Those that neither insert a row nor leave a proof."""
    return {
        each.name for each in found if not reaches(each, adds_a_row, KNOWN) and not reaches(each, leaves_a_proof, KNOWN)
    }


@pytest.mark.fault("M22")
def test_every_use_case_is_looked_up_or_safe_to_repeat() -> None:
    found = all_callers("unit_of_work")
    assert len(found) > 150
    bare = without_a_trace(found)
    assert sorted(bare - REPEATED.keys()) == [], (
        "a lost COMMIT leaves no trace of these: insert a row, call proven_by, or list why a repeat is harmless"
    )
    assert sorted(REPEATED.keys() - bare) == [], "these are looked up now, or gone"


@pytest.mark.fault("M22")
def test_every_single_statement_says_whether_it_may_run_twice() -> None:
    """The one that says nothing is the log's: a message that went out directly is noted at most once."""
    found = all_callers("single_statement")
    silent = {each.name for each in found if not any(word.arg == "is_harmless" for word in each.call.keywords)}
    assert len(found) > 10
    assert silent == {"src.app.notification.services.delivery.log.note_direct"}


def planted(source: str) -> Caller:
    """The one use case of a module that is not there."""
    (found,) = callers(read("src.app.cart.services.planted", source), "unit_of_work")
    return found


@pytest.mark.parametrize(
    ("body", "is_known"),
    [
        ("await Row.create(id=1)", True),
        ("await row.save()", True),
        ("await insert(row)", True),
        ("await audit.record('x')", True),
        ("await idempotency.finish(claim, effect='x')", False),
        ("await row.save(update_fields=['a'])", False),
        ("await Row.bulk_create([])", False),
        ("await Row.filter(id=1).update(a=1)", False),
    ],
)
def test_what_leaves_a_trace_is_seen(body: str, is_known: bool) -> None:
    imports = "from src.common.http import idempotency\nfrom src.common.records import audit\nfrom src.core.database.statements import insert\n"
    source = f"{imports}async def change():\n    async def write():\n        {body}\n    await unit_of_work(write)\n"
    assert reaches(planted(source), adds_a_row, KNOWN) is is_known
    assert reaches(planted(source), leaves_a_proof, KNOWN) is ("finish" in body)


def test_the_function_inside_the_caller_comes_first() -> None:
    source = "async def write():\n    await Row.create()\nasync def change():\n    async def write():\n        pass\n    await unit_of_work(write)\n"
    assert not reaches(planted(source), adds_a_row, KNOWN)
    assert ast.unparse(planted(source).call) == "unit_of_work(write)"
