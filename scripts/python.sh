# shellcheck shell=bash
# Sourced by the two commands, in the checkout: which Python makes .venv, and whether .venv is ready.

# Prints a Python that can make .venv. The versions that CI runs come first, a newer one serves as well.
find_python() {
    local name reason='no Python was found'
    for name in python3 python3.13 python3.12 python3.11 python; do
        command -v "$name" >/dev/null || continue
        # It is run, not only looked up: a version manager's shim may stand there for a Python that is not.
        if ! "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            reason="$name is older than 3.11"
        elif ! "$name" -c 'import ensurepip, fcntl, venv' 2>/dev/null; then
            reason="$name has no venv module (on Debian and Ubuntu: apt install python3-venv)"
        else
            command -v "$name"
            return 0
        fi
    done
    echo "Python 3.11 or newer with its venv module is needed: $reason." >&2
    return 1
}

# Whether .venv holds what poetry.lock says. -I -S: the answer takes a few milliseconds.
environment_is_ready() {
    [ -x .venv/bin/python ] && .venv/bin/python -I -S scripts/environment.py --check 2>/dev/null
}
