#!/usr/bin/env bash
# Puts a release into service on the machine of docker-compose.yml, without losing a request: the migration first, then
# the instances one by one, each only when the one before is healthy.
#
#   scripts/release.sh <tag>               a new release
#   scripts/release.sh --rollback <tag>    an older one: the same without the migration
#
# IMAGE names where images come from; empty: those built here. What fails stops it: the instances that were not reached
# go on with the release of before. RELEASE in .env changes at the end, so that a later `docker compose up` starts the
# same release. Safe to run again. Two at once: the second waits.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

is_rollback=
if [ "${1:-}" = --rollback ]; then
    is_rollback=yes
    shift
fi
tag=${1:-}
if ! [[ "$tag" =~ ^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$ ]] || [ $# -ne 1 ]; then
    echo "usage: scripts/release.sh [--rollback] <tag>" >&2
    exit 2
fi

exec 9>.release.lock
flock 9

export RELEASE=$tag
if [ -n "${IMAGE:-}" ]; then
    export IMAGE
    docker compose pull --quiet web-1
fi
if [ -z "$is_rollback" ]; then
    docker compose run --rm --no-deps migrate
fi
for service in web-1 web-2 worker scheduler; do
    echo "release $tag: $service"
    docker compose up -d --no-deps --wait --wait-timeout 120 "$service"
    # nginx asks a restarted instance again after 2 s (deploy/nginx).
    sleep "${SETTLE_SECONDS:-3}"
done

touch .env
new=$(mktemp .env.XXXXXX)
trap 'rm -f "$new"' EXIT
chmod --reference=.env "$new"
{ grep -vE '^(RELEASE|IMAGE)=' .env || true; } >"$new"
echo "RELEASE=$tag" >>"$new"
if [ -n "${IMAGE:-}" ]; then
    echo "IMAGE=$IMAGE" >>"$new"
fi
mv "$new" .env
echo "ok: release $tag serves"
