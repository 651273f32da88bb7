#!/usr/bin/env bash
# Command one: set up what is needed, prepare the database, serve the shop on PORT (8000).
#
# Needs Python 3.11 or newer and its package index, nothing else. Configuration: the environment, see .env.example;
# without any it runs by itself (SQLite under STATE_DIR, Redis inside the process, sandbox on).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=scripts/python.sh
. scripts/python.sh

# Without bytecode every start would compile the whole shop anew, half a second of the three it may take.
unset PYTHONDONTWRITEBYTECODE

# exec throughout: this process becomes the server, so that a SIGTERM to it alone ends everything it started.
# It is `gunicorn -c python:src.gunicorn_conf src.main:app` with the settings checked before.
serve=(.venv/bin/python -m src.gunicorn_conf)
if environment_is_ready; then
    exec "${serve[@]}"
fi
python=$(find_python)
exec "$python" -I scripts/environment.py "${serve[@]}"
