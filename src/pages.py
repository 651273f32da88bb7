"""The pages of the app itself: the start page and the API documentation. They load nothing from other servers.

Each page has its own content security policy, which allows its inline parts by their hash.
"""

import base64
import hashlib
import re
from collections.abc import Awaitable, Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.docs import get_redoc_html, get_swagger_ui_html, get_swagger_ui_oauth2_redirect_html
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.staticfiles import StaticFiles

ASSETS: Final = "/docs/assets"
INLINE: Final = re.compile(r"<(script|style)>(.*?)</\1>", re.DOTALL)
# Both viewers create styles at run time, which have no known hash; Redoc's search runs in a worker from a blob.
VIEWER: Final = "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:"

START_PAGE: Final = """<!doctype html>
<html lang="ko"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>믹골프 쇼핑몰 API · Micgolf shop API</title>
<style>
:root { color-scheme: light dark }
body { font: 16px/1.7 system-ui, "Apple SD Gothic Neo", "Noto Sans KR", "Noto Sans CJK KR", sans-serif;
  max-width: 40rem; margin: 0 auto; padding: 3rem 1.25rem }
h1 { font-size: 1.6rem; line-height: 1.3; margin: 0 0 .5rem }
p { margin: 0 0 2rem }
small, .en { opacity: .7 }
ul { list-style: none; margin: 0; padding: 0; border-top: 1px solid #8884 }
li { border-bottom: 1px solid #8884 }
a { display: flex; flex-wrap: wrap; gap: 0 .75rem; justify-content: space-between; padding: .8rem .25rem;
  color: inherit; text-decoration: none }
a:hover, a:focus-visible { background: #8882 }
code { font-size: .9em }
</style></head><body><main>
<h1>믹골프 쇼핑몰 API <small>Micgolf shop API</small></h1>
<p>쇼핑몰 화면과 관리자 화면이 쓰는 서버입니다.<br>
<span class="en" lang="en">The server behind the storefront and the back-office.</span></p>
<ul>{links}</ul>
</main></body></html>
"""
LINK: Final = (
    '<li><a href="{href}"><span>{ko} <span class="en" lang="en">{en}</span></span><code>{href}</code></a></li>'
)
LINKS: Final = (
    ("/docs", "API 문서", "API documentation"),
    ("/redoc", "API 문서, 읽기용", "The same, for reading"),
    ("/openapi.json", "OpenAPI 문서", "OpenAPI document"),
    ("/health/ready", "상태", "Health"),
    ("/version", "버전", "Version"),
)
SANDBOX_LINKS: Final = (
    ("/sandbox/", "샌드박스: 결제·로그인·택배 모형", "Sandbox: payment, sign-in, couriers"),
    ("/sandbox/inbox", "받은 메시지", "Inbox of mails and texts"),
)


class Assets(StaticFiles):
    """Serve scripts and styles of the viewers; browsers keep them for a day."""

    def file_response(self, *args: Any, **options: Any) -> Response:
        answer = super().file_response(*args, **options)
        answer.headers["cache-control"] = "public, max-age=86400"
        return answer


def add_pages(app: FastAPI, *, has_sandbox: bool) -> None:
    """Add ``/``, ``/docs`` and ``/redoc``. None of them is an operation of the API."""
    links = "".join(LINK.format(href=href, ko=ko, en=en) for href, ko, en in (LINKS + SANDBOX_LINKS * has_sandbox))
    start = page(START_PAGE.replace("{links}", links))
    title = app.title
    swagger = page(
        _text(
            get_swagger_ui_html(
                openapi_url="/openapi.json",
                title=f"{title} · API 문서",
                oauth2_redirect_url="/docs/oauth2-redirect",
                swagger_js_url=f"{ASSETS}/swagger-ui-bundle.js",
                swagger_css_url=f"{ASSETS}/swagger-ui.css",
                swagger_favicon_url=f"{ASSETS}/favicon.png",
                swagger_ui_parameters={"persistAuthorization": True, "docExpansion": "none", "filter": True},
            )
        ),
        viewer=True,
    )
    redoc = page(
        _text(
            get_redoc_html(
                openapi_url="/openapi.json",
                title=f"{title} · API 문서",
                redoc_js_url=f"{ASSETS}/redoc.standalone.js",
                redoc_favicon_url=f"{ASSETS}/favicon.png",
                with_google_fonts=False,
            )
        ),
        viewer=True,
    )
    redirect = page(_text(get_swagger_ui_oauth2_redirect_html()))
    for path, answer in (("/", start), ("/docs", swagger), ("/redoc", redoc), ("/docs/oauth2-redirect", redirect)):
        app.router.routes.append(Route(path, _always(answer), methods=["GET"], include_in_schema=False))
    app.mount(ASSETS, Assets(directory=_assets()), name="docs-assets")


def page(html: str, *, viewer: bool = False) -> HTMLResponse:
    """Return `html` with a policy that allows its own inline parts and nothing else.

    A `viewer` may also load scripts and styles of this origin, and make styles while it runs.
    """
    hashes: dict[str, list[str]] = {"script": [], "style": []}
    for kind, text in INLINE.findall(html):
        hashes[kind].append(f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'")
    own = ["'self'"] if viewer else []
    rules = {
        "script-src": [*own, *hashes["script"]],
        "style-src": ["'self'", "'unsafe-inline'"] if viewer else hashes["style"],
    }
    policy = ["default-src 'none'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"]
    policy += [f"{name} {' '.join(sources)}" for name, sources in rules.items() if sources]
    policy += [VIEWER] if viewer else []
    return HTMLResponse(
        html, headers={"content-security-policy": "; ".join(policy), "cache-control": "public, max-age=300"}
    )


def _always(answer: Response) -> Callable[[Request], Awaitable[Response]]:
    """Return a handler that gives the same answer to every request."""

    async def handle(_request: Request) -> Response:
        return answer

    return handle


def _text(answer: HTMLResponse) -> str:
    return bytes(answer.body).decode()


def _assets() -> Path:
    """Return the folder of scripts and styles in `fastapi-offline`, which is located without importing it."""
    found = find_spec("fastapi_offline")
    assert found is not None  # noqa: S101 - a dependency of ours
    assert found.origin is not None  # noqa: S101 - a package has a file
    return Path(found.origin).parent / "static"
