"""Every domain keeps its staff side in one place: `routes/admin` and `dtos/admin` (decision 0043). Each operation
has a short summary and one tag of the two families."""

import inspect
import re
import typing
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts
from pydantic import BaseModel

from src.common.http.routing import Route, new_router
from src.common.openapi.summaries import MAX_LENGTH, summary_of
from src.common.openapi.tags import TAGS
from src.core.configs import Settings
from src.main import create_app

ADMIN = "/api/v1/admin/"
ADMIN_ROUTES = re.compile(r"src\.app\.\w+\.routes\.admin(\.\w+)?")
ADMIN_DTOS = re.compile(r"src\.app\.\w+\.dtos\.admin(\.\w+)?")
# What has not moved yet. These sets shrink to nothing.
MOVING_ROUTES: set[str] = {
    "/api/v1/admin/audit-logs in src.app.backoffice.routes.logs",
    "/api/v1/admin/auth/recovery-codes in src.app.auth.routes.staff",
    "/api/v1/admin/auth/refresh in src.app.auth.routes.staff",
    "/api/v1/admin/auth/sign-in in src.app.auth.routes.staff",
    "/api/v1/admin/auth/sign-out in src.app.auth.routes.staff",
    "/api/v1/admin/auth/totp in src.app.auth.routes.staff",
    "/api/v1/admin/auth/totp/confirm in src.app.auth.routes.staff",
    "/api/v1/admin/categories in src.app.backoffice.routes.categories",
    "/api/v1/admin/categories/reorder in src.app.backoffice.routes.categories",
    "/api/v1/admin/categories/{category_id} in src.app.backoffice.routes.categories",
    "/api/v1/admin/dashboard in src.app.backoffice.routes.dashboard",
    "/api/v1/admin/dashboard/products in src.app.backoffice.routes.dashboard",
    "/api/v1/admin/invariants in src.app.backoffice.routes.invariants",
    "/api/v1/admin/jobs in src.app.backoffice.routes.jobs",
    "/api/v1/admin/jobs/{name}/run in src.app.backoffice.routes.jobs",
    "/api/v1/admin/jobs/{name}/runs in src.app.backoffice.routes.jobs",
    "/api/v1/admin/me in src.app.staff.router",
    "/api/v1/admin/me/notifications in src.app.staff.router",
    "/api/v1/admin/me/password in src.app.auth.routes.staff",
    "/api/v1/admin/message-templates in src.app.backoffice.routes.messages",
    "/api/v1/admin/message-templates/{name} in src.app.backoffice.routes.messages",
    "/api/v1/admin/message-templates/{name}/preview in src.app.backoffice.routes.messages",
    "/api/v1/admin/message-templates/{name}/test-send in src.app.backoffice.routes.messages",
    "/api/v1/admin/messages in src.app.backoffice.routes.messages",
    "/api/v1/admin/messages/{number} in src.app.backoffice.routes.messages",
    "/api/v1/admin/messages/{number}/resend in src.app.backoffice.routes.messages",
    "/api/v1/admin/outbound-webhooks in src.app.outbound.router",
    "/api/v1/admin/outbound-webhooks/deliveries/{delivery_id} in src.app.outbound.router",
    "/api/v1/admin/outbound-webhooks/deliveries/{delivery_id}/replay in src.app.outbound.router",
    "/api/v1/admin/outbound-webhooks/event-types in src.app.outbound.router",
    "/api/v1/admin/outbound-webhooks/{webhook_id} in src.app.outbound.router",
    "/api/v1/admin/outbound-webhooks/{webhook_id}/deliveries in src.app.outbound.router",
    "/api/v1/admin/outbound-webhooks/{webhook_id}/replay in src.app.outbound.router",
    "/api/v1/admin/outbound-webhooks/{webhook_id}/rotate-secret in src.app.outbound.router",
    "/api/v1/admin/outbound-webhooks/{webhook_id}/test in src.app.outbound.router",
    "/api/v1/admin/outbox in src.app.backoffice.routes.jobs",
    "/api/v1/admin/outbox/{event_id}/replay in src.app.backoffice.routes.jobs",
    "/api/v1/admin/permissions in src.app.staff.router",
    "/api/v1/admin/personal-data-accesses in src.app.backoffice.routes.logs",
    "/api/v1/admin/policies in src.app.notice.routes.admin_policies",
    "/api/v1/admin/policies/{policy_id} in src.app.notice.routes.admin_policies",
    "/api/v1/admin/policies/{policy_id}/publish in src.app.notice.routes.admin_policies",
    "/api/v1/admin/policies/{policy_id}/withdraw in src.app.notice.routes.admin_policies",
    "/api/v1/admin/product-notice-kinds in src.app.product.routes.products",
    "/api/v1/admin/products in src.app.product.routes.products",
    "/api/v1/admin/products/alike-options in src.app.product.routes.products",
    "/api/v1/admin/products/bulk in src.app.product.routes.products",
    "/api/v1/admin/products/bulk-price in src.app.product.routes.products",
    "/api/v1/admin/products/export.csv in src.app.product.routes.sheets",
    "/api/v1/admin/products/export.xlsx in src.app.product.routes.sheets",
    "/api/v1/admin/products/import in src.app.product.routes.sheets",
    "/api/v1/admin/products/import/template.csv in src.app.product.routes.sheets",
    "/api/v1/admin/products/import/template.xlsx in src.app.product.routes.sheets",
    "/api/v1/admin/products/summary in src.app.product.routes.products",
    "/api/v1/admin/products/{product_id} in src.app.product.routes.products",
    "/api/v1/admin/products/{product_id}/copy in src.app.product.routes.products",
    "/api/v1/admin/products/{product_id}/options in src.app.product.routes.products",
    "/api/v1/admin/products/{product_id}/restore in src.app.product.routes.products",
    "/api/v1/admin/roles in src.app.backoffice.routes.staffing",
    "/api/v1/admin/roles in src.app.staff.router",
    "/api/v1/admin/roles/{role_id} in src.app.backoffice.routes.staffing",
    "/api/v1/admin/roles/{role_id} in src.app.staff.router",
    "/api/v1/admin/staff in src.app.backoffice.routes.staffing",
    "/api/v1/admin/staff in src.app.staff.router",
    "/api/v1/admin/staff/{staff_id} in src.app.backoffice.routes.staffing",
    "/api/v1/admin/staff/{staff_id} in src.app.staff.router",
    "/api/v1/admin/staff/{staff_id}/force-sign-out in src.app.backoffice.routes.staffing",
    "/api/v1/admin/staff/{staff_id}/password in src.app.backoffice.routes.staffing",
    "/api/v1/admin/staff/{staff_id}/reset-second-factor in src.app.backoffice.routes.staffing",
    "/api/v1/admin/stock/adjustments in src.app.backoffice.routes.stock",
    "/api/v1/admin/stock/ledger in src.app.backoffice.routes.stock",
    "/api/v1/admin/stock/low in src.app.backoffice.routes.stock",
    "/api/v1/admin/tasks in src.app.backoffice.routes.tasks",
    "/api/v1/admin/tasks/{task_id} in src.app.backoffice.routes.tasks",
    "/api/v1/admin/tasks/{task_id}/cancel in src.app.backoffice.routes.tasks",
    "/api/v1/admin/tasks/{task_id}/files/{kind} in src.app.backoffice.routes.tasks",
    "/api/v1/admin/uploads in src.app.backoffice.routes.uploads",
    "/api/v1/admin/uploads/direct in src.app.backoffice.routes.uploads",
    "/api/v1/admin/uploads/direct/{upload_number}/confirm in src.app.backoffice.routes.uploads",
    "/api/v1/admin/users in src.app.backoffice.routes.members",
    "/api/v1/admin/users/{user_id} in src.app.backoffice.routes.members",
    "/api/v1/admin/users/{user_id}/force-logout in src.app.backoffice.routes.members",
    "/api/v1/admin/users/{user_id}/memos in src.app.backoffice.routes.members",
    "/api/v1/admin/users/{user_id}/unmask in src.app.backoffice.routes.members",
    "/api/v1/admin/variants/{variant_id}/stock-adjustments in src.app.backoffice.routes.stock",
}
MOVING_MODELS: set[str] = {
    "src.app.auth.dtos.requests.StaffSignIn",
    "src.app.auth.dtos.staff.NewRecoveryCodes",
    "src.app.auth.dtos.staff.OwnPassword",
    "src.app.auth.dtos.staff.PasswordAgain",
    "src.app.auth.dtos.staff.TotpBegun",
    "src.app.auth.dtos.staff.TotpConfirmation",
    "src.app.auth.dtos.staff.TotpConfirmed",
    "src.app.backoffice.dtos.categories.CategoryAdminRead",
    "src.app.backoffice.dtos.dashboard.Dashboard",
    "src.app.backoffice.dtos.dashboard.ProductCardCounts",
    "src.app.backoffice.dtos.invariants.BreachQuery",
    "src.app.backoffice.dtos.invariants.BreachRead",
    "src.app.backoffice.dtos.jobs.JobRead",
    "src.app.backoffice.dtos.jobs.JobRunRead",
    "src.app.backoffice.dtos.jobs.OutboxEventRead",
    "src.app.backoffice.dtos.jobs.OutboxQuery",
    "src.app.backoffice.dtos.jobs.RunQuery",
    "src.app.backoffice.dtos.logs.AccessQuery",
    "src.app.backoffice.dtos.logs.AccessRead",
    "src.app.backoffice.dtos.logs.AuditQuery",
    "src.app.backoffice.dtos.logs.AuditRead",
    "src.app.backoffice.dtos.members.Looking",
    "src.app.backoffice.dtos.members.MemberChange",
    "src.app.backoffice.dtos.members.MemberDetail",
    "src.app.backoffice.dtos.members.MemberQuery",
    "src.app.backoffice.dtos.members.MemberRow",
    "src.app.backoffice.dtos.members.MemoCreate",
    "src.app.backoffice.dtos.members.MemoRead",
    "src.app.backoffice.dtos.members.PersonalData",
    "src.app.backoffice.dtos.members.Unmasking",
    "src.app.backoffice.dtos.messages.MessageQuery",
    "src.app.backoffice.dtos.messages.MessageRead",
    "src.app.backoffice.dtos.messages.MessageResend",
    "src.app.backoffice.dtos.messages.MessageRow",
    "src.app.backoffice.dtos.messages.PreviewAsk",
    "src.app.backoffice.dtos.messages.PreviewRead",
    "src.app.backoffice.dtos.messages.SampleQueued",
    "src.app.backoffice.dtos.messages.SampleSend",
    "src.app.backoffice.dtos.messages.TemplateRead",
    "src.app.backoffice.dtos.messages.TemplateWrite",
    "src.app.backoffice.dtos.staffing.RoleChange",
    "src.app.backoffice.dtos.staffing.RoleCreate",
    "src.app.backoffice.dtos.staffing.StaffChange",
    "src.app.backoffice.dtos.staffing.StaffCreate",
    "src.app.backoffice.dtos.staffing.StaffPassword",
    "src.app.backoffice.dtos.staffing.WithReason",
    "src.app.backoffice.dtos.tasks.TaskQuery",
    "src.app.backoffice.dtos.uploads.UploadAnnounce",
    "src.app.backoffice.dtos.uploads.UploadPlace",
    "src.app.category.dtos.requests.CategoryChange",
    "src.app.category.dtos.requests.CategoryCreate",
    "src.app.category.dtos.requests.CategoryReorder",
    "src.app.outbound.dtos.requests.DeliveryQuery",
    "src.app.outbound.dtos.requests.ReplayRange",
    "src.app.outbound.dtos.requests.WebhookChange",
    "src.app.outbound.dtos.requests.WebhookCreate",
    "src.app.outbound.dtos.requests.WebhookQuery",
    "src.app.outbound.dtos.responses.DeliveryDetail",
    "src.app.outbound.dtos.responses.DeliveryRead",
    "src.app.outbound.dtos.responses.EventTypeRead",
    "src.app.outbound.dtos.responses.ReplayOutcome",
    "src.app.outbound.dtos.responses.WebhookRead",
    "src.app.outbound.dtos.responses.WebhookWithSecret",
    "src.app.product.dtos.admin_requests.AdminProductCsv",
    "src.app.product.dtos.admin_requests.AdminProductFilter",
    "src.app.product.dtos.admin_requests.AdminProductQuery",
    "src.app.product.dtos.admin_requests.BulkPrice",
    "src.app.product.dtos.admin_requests.BulkStatus",
    "src.app.product.dtos.admin_requests.OptionsReplace",
    "src.app.product.dtos.admin_requests.ProductChange",
    "src.app.product.dtos.admin_requests.ProductCopy",
    "src.app.product.dtos.admin_requests.ProductCreate",
    "src.app.product.dtos.admin_requests.WhyOnly",
    "src.app.product.dtos.admin_responses.AdminProduct",
    "src.app.product.dtos.admin_responses.AdminProductRow",
    "src.app.product.dtos.admin_responses.AlikeOptions",
    "src.app.product.dtos.admin_responses.BulkResult",
    "src.app.product.dtos.admin_responses.ProductSummary",
    "src.app.product.dtos.notices.NoticeKindRead",
    "src.app.product.dtos.stock.LedgerPage",
    "src.app.product.dtos.stock.LedgerQuery",
    "src.app.product.dtos.stock.LowQuery",
    "src.app.product.dtos.stock.LowStock",
    "src.app.product.dtos.stock.StockAdjust",
    "src.app.product.dtos.stock.StockAdjustMany",
    "src.app.product.dtos.stock.StockAdjusted",
    "src.app.product.dtos.stock.StockAdjustedMany",
    "src.app.staff.dtos.notifications.NotificationsRead",
    "src.app.staff.dtos.notifications.NotificationsWrite",
    "src.app.staff.dtos.requests.StaffQuery",
    "src.app.staff.dtos.responses.PermissionRead",
    "src.app.staff.dtos.responses.RoleRead",
    "src.app.staff.dtos.responses.StaffMe",
    "src.app.staff.dtos.responses.StaffRead",
}


@pytest.fixture(scope="module")
def app(shop_settings: Settings) -> FastAPI:
    """The app as main makes it, not started."""
    return create_app(shop_settings, with_runner=False)


def routes(app: FastAPI) -> Iterator[Route]:
    """Every operation that the document lists."""
    for context in iter_route_contexts(app.routes):
        route = context.original_route
        if isinstance(route, Route) and route.include_in_schema:
            yield route


def home_of(route: APIRoute) -> str:
    """The module that the endpoint was written in."""
    return str(inspect.unwrap(route.endpoint).__module__)


def models_of(route: APIRoute) -> set[type[BaseModel]]:
    """The models of `src.app` that the endpoint's signature or the route's `response_model` names."""
    hints = typing.get_type_hints(inspect.unwrap(route.endpoint), include_extras=True)
    found: set[type[BaseModel]] = set()
    waiting: list[object] = [*hints.values(), route.response_model]
    while waiting:
        hint = waiting.pop()
        if inspect.isclass(hint) and issubclass(hint, BaseModel):
            arguments = hint.__pydantic_generic_metadata__["args"]
            waiting += arguments
            if not arguments and hint.__module__.startswith("src.app."):  # Page[X] is made wherever it is named
                found.add(hint)
        waiting += typing.get_args(hint)
    return found


def routes_elsewhere(app: FastAPI) -> set[str]:
    """Staff routes outside of `routes/admin`, and shop routes inside of it."""
    return {
        f"{route.path} in {home_of(route)}"
        for route in routes(app)
        if route.path.startswith(ADMIN) != bool(ADMIN_ROUTES.fullmatch(home_of(route)))
    }


def models_elsewhere(app: FastAPI) -> set[str]:
    """Models that only staff routes name outside of `dtos/admin`, and models in it that a shop route names."""
    of_staff: set[type[BaseModel]] = set()
    of_shop: set[type[BaseModel]] = set()
    for route in routes(app):
        (of_staff if route.path.startswith(ADMIN) else of_shop).update(models_of(route))
    return {
        f"{model.__module__}.{model.__name__}"
        for model in of_staff | of_shop
        if (model not in of_shop) != bool(ADMIN_DTOS.fullmatch(model.__module__))
    }


def badly_tagged(app: FastAPI) -> list[str]:
    """Operations without exactly one tag, with one that has no text, or with one of the other family."""
    known = {tag["name"] for tag in TAGS}
    found = []
    for route in routes(app):
        family = "admin: " if route.path.startswith(ADMIN) else "shop: "
        tags = [str(tag) for tag in route.tags]
        if len(tags) != 1 or tags[0] not in known or not tags[0].startswith(family):
            found.append(f"{route.path} {tags}")
    return found


def badly_summed_up(app: FastAPI) -> list[str]:
    """Operations without a summary, or with one above MAX_LENGTH characters."""
    return [
        f"{route.path}: {route.summary}"
        for route in routes(app)
        if not (route.summary and len(route.summary) <= MAX_LENGTH)
    ]


def test_staff_routes_lie_in_routes_admin(app: FastAPI) -> None:
    assert routes_elsewhere(app) == MOVING_ROUTES


def test_models_of_staff_lie_in_dtos_admin(app: FastAPI) -> None:
    assert models_elsewhere(app) == MOVING_MODELS


def test_every_operation_has_one_tag_of_its_family(app: FastAPI) -> None:
    assert badly_tagged(app) == []
    used = {str(tag) for route in routes(app) for tag in route.tags}
    assert used == {tag["name"] for tag in TAGS}


def test_every_operation_has_a_short_summary(app: FastAPI) -> None:
    assert badly_summed_up(app) == []


class Planted(BaseModel):
    """A model outside of `dtos/admin`."""


Planted.__module__ = "src.app.cart.dtos.responses"


def test_planted_violations_are_seen() -> None:
    router = new_router("/admin")

    @router.get("/planted", tags=["shop: cart"])
    async def planted() -> Planted:
        return Planted()

    app = FastAPI()
    app.include_router(router)
    assert routes_elsewhere(app) == {f"/api/v1/admin/planted in {__name__}"}
    assert models_elsewhere(app) == {"src.app.cart.dtos.responses.Planted"}
    assert badly_tagged(app) == ["/api/v1/admin/planted ['shop: cart']"]
    assert badly_summed_up(app) == ["/api/v1/admin/planted: None"]


def test_a_summary_is_the_first_sentence() -> None:
    assert summary_of("Change `ETag` (weak): at once. Then more.\n\nLater.") == "Change ETag"
    assert summary_of("One\n    line of two.\n") == "One line of two"
    assert summary_of(f"Change what is given, {'and so on ' * 10}. More.") == "Change what is given"
    assert summary_of("See v1.2 now. More.") == "See v1.2 now"
    assert summary_of("  ") is None
    assert summary_of(None) is None
