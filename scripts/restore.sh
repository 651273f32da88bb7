#!/usr/bin/env bash
# A backup into a database of its own, checked; the running shop is not touched.
#
#   scripts/restore.sh BACKUP NEW_DATABASE [FOLDER]     pictures into FOLDER/media, where they are wanted
#
# NEW_DATABASE is made on the server of DATABASE_URL or DB_HOST, and must not exist: nothing is ever overwritten. Then
# every stock is compared with its ledger. To go over to it, restart the shop with the new name (docs/operations.md).
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=scripts/mysql.sh
. "$here/mysql.sh"

[ $# -ge 2 ] || fail "usage: scripts/restore.sh BACKUP NEW_DATABASE [FOLDER]"
backup=$(cd "$1" && pwd) new=$2 folder=${3:-}
[[ $new =~ ^[A-Za-z0-9_]+$ ]] || fail "a database is named by letters, digits and underscores: $new"
read_address
client=$(tool mariadb mysql)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
write_options "$work/options"
sql() {
    "$client" --defaults-extra-file="$work/options" --batch --skip-column-names "$@"
}

(cd "$backup" && sha256sum --check --quiet --strict SHA256SUMS) || fail "the backup is damaged: $backup"
[ -z "$(sql -e "SHOW DATABASES LIKE '${new//_/\\_}'")" ] || fail "the database $new exists already"
[ -z "$folder" ] || [ ! -e "$folder/media" ] || fail "$folder/media exists already"

sql -e "CREATE DATABASE \`$new\` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"
gunzip -c "$backup/database.sql.gz" | sql "$new"
if [ -n "$folder" ] && [ -f "$backup/media.tar" ]; then
    mkdir -p "$folder"
    tar -xf "$backup/media.tar" -C "$folder"
fi
python=$here/../.venv/bin/python
[ -x "$python" ] || python=python3 # inside the image
cd "$here/.."
if [ -n "${DATABASE_URL:-}" ]; then
    export DATABASE_URL="${DATABASE_URL%/*}/$new"
else
    export DB_DATABASE=$new
fi
"$python" -m src.cli verify
echo "restored into $new"
