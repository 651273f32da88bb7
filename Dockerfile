# The server alone: the main group of poetry.lock, hashes checked, no tools, no root.
FROM python:3.11-slim AS build
WORKDIR /app
COPY pyproject.toml poetry.lock ./
COPY scripts/environment.py scripts/
RUN python -I scripts/environment.py --main

FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /app shop \
    && install -d -o shop -g shop /var/lib/shop
WORKDIR /app
COPY --from=build /app/.venv .venv
COPY src src
ARG GIT_REVISION=unknown
ENV BIND_HOST=0.0.0.0 \
    GIT_REVISION=${GIT_REVISION} \
    PORT=8000 \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    STATE_DIR=/var/lib/shop
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD [".venv/bin/python", "-I", "-c", "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/health', timeout=3)"]
CMD [".venv/bin/python", "-m", "src.gunicorn_conf"]
