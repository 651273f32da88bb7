#!/usr/bin/env bash
# Command two: set up what is needed, then style, types, import contracts and all tests, on both pairs of servers.
#
#   ./test.sh                    everything (some minutes)
#   ./test.sh tests/flows -k x   only pytest, with these arguments, on TEST_PAIR=embedded (the default) or real
#
# Servers: TEST_DATABASE_URL and TEST_REDIS_URL, else private or found ones, see scripts/servers.py. With CI=true a run
# without real servers is a failure.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=scripts/python.sh
. scripts/python.sh

# exec throughout: this process becomes the run, so that a signal to it alone ends everything it started.
run=(.venv/bin/python scripts/checks.py "$@")
if environment_is_ready; then
    exec "${run[@]}"
fi
python=$(find_python)
exec "$python" -I scripts/environment.py "${run[@]}"
