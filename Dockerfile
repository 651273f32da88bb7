# The server alone: the main group of poetry.lock, hashes checked; no tools, no pip, no root. It writes under STATE_DIR
# and /tmp only, so the root may be read-only.
FROM python:3.11-slim AS build
WORKDIR /app
COPY pyproject.toml poetry.lock ./
COPY scripts/environment.py scripts/
RUN python -I scripts/environment.py --main \
    && .venv/bin/python -m pip --disable-pip-version-check uninstall --quiet --yes pip setuptools \
    && find .venv -type f \( -name '*.c' -o -name '*.h' -o -name '*.pyx' -o -name '*.pxd' \) -delete
COPY src src
# Compiled here: where nothing can be written later, every start would compile everything anew.
RUN .venv/bin/python -m compileall -q -j 0 --invalidation-mode unchecked-hash src

FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin shop \
    && install -d -o shop -g shop /var/lib/shop
WORKDIR /app
COPY --from=build /app/.venv .venv
COPY --from=build /app/src src
COPY deploy/healthcheck.py healthcheck.py
ARG GIT_REVISION=unknown
ENV BIND_HOST=0.0.0.0 \
    GIT_REVISION=${GIT_REVISION} \
    PATH=/app/.venv/bin:/usr/local/bin:/usr/bin:/bin \
    PORT=8000 \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    STATE_DIR=/var/lib/shop
USER 10001
EXPOSE 8000
# By the process that the container runs: web, worker or scheduler.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["python", "-I", "-S", "healthcheck.py"]
CMD ["python", "-m", "src.gunicorn_conf"]
