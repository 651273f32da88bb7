# shellcheck shell=bash
# Sourced by backup.sh and restore.sh: the server's address from the environment that the shop reads (DATABASE_URL, else
# DB_HOST, DB_PORT, DB_USER, DB_PASSWORD, DB_DATABASE), and the tools of MySQL or MariaDB, whichever are installed.

fail() {
    echo "$1" >&2
    exit 1
}

# Percent-decodes one part of an URL.
decoded() {
    local text=${1//\\/\\\\}
    printf '%b' "${text//%/\\x}"
}

# Sets host, port, user, password and database.
read_address() {
    if [ -n "${DATABASE_URL:-}" ]; then
        [[ $DATABASE_URL =~ ^mysql://([^:@/]*)(:([^@/]*))?@([^:@/]+)(:([0-9]+))?/([^/?]+)$ ]] ||
            fail 'DATABASE_URL must read mysql://user:password@host:port/name'
        user=$(decoded "${BASH_REMATCH[1]}") password=$(decoded "${BASH_REMATCH[3]}")
        host=${BASH_REMATCH[4]} port=${BASH_REMATCH[6]:-3306} database=$(decoded "${BASH_REMATCH[7]}")
    else
        [ -n "${DB_HOST:-}" ] || fail 'DATABASE_URL or DB_HOST must be set'
        host=$DB_HOST port=${DB_PORT:-3306} user=${DB_USER:-root} password=${DB_PASSWORD:-} database=${DB_DATABASE:-micgolf}
    fi
    [[ $database =~ ^[A-Za-z0-9_]+$ ]] || fail "a database is named by letters, digits and underscores: $database"
}

# Writes an option file that nobody else can read: a password on a command line is seen by everybody on the machine.
write_options() {
    local quoted=${password//\\/\\\\}
    quoted=${quoted//\"/\\\"}
    (umask 077 && printf '[client]\nhost=%s\nport=%s\nuser="%s"\npassword="%s"\nprotocol=tcp\n' \
        "$host" "$port" "$user" "$quoted" >"$1")
}

# The first of these programs that is installed.
tool() {
    local name
    for name in "$@"; do
        command -v "$name" && return 0
    done
    fail "not installed: $*"
}
