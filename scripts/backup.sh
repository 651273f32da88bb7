#!/usr/bin/env bash
# A backup of the shop: its database at one moment, and its pictures.
#
#   scripts/backup.sh FOLDER [DAYS]      into FOLDER/micgolf-<UTC time>; older ones than DAYS (14) are removed
#
# The shop goes on meanwhile. BINLOG=1 notes the binlog's position for point-in-time recovery (needs the privileges
# RELOAD and REPLICATION CLIENT). With S3_BUCKET the pictures are the bucket's to keep; Redis needs no backup
# (docs/operations.md says why). The newest backup is never removed, and half a one never looks like a whole.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=scripts/mysql.sh
. "$here/mysql.sh"

[ $# -ge 1 ] || fail "usage: scripts/backup.sh FOLDER [DAYS]"
folder=$1 days=${2:-14}
[[ $days =~ ^[0-9]+$ ]] || fail "DAYS is a number: $days"
read_address
dump=$(tool mariadb-dump mysqldump)
mkdir -p "$folder"
name=micgolf-$(date -u +%Y%m%dT%H%M%SZ)
work=$(mktemp -d "$folder/.part-XXXXXX")
trap 'rm -rf "$work"' EXIT
write_options "$work/options"

options=(--single-transaction --quick --skip-lock-tables --hex-blob --default-character-set=utf8mb4)
if "$dump" --version | grep -qi mariadb; then
    [ -z "${BINLOG:-}" ] || options+=(--master-data=2)
else
    options+=(--no-tablespaces --set-gtid-purged=OFF)
    [ -z "${BINLOG:-}" ] || options+=(--source-data=2)
fi
"$dump" --defaults-extra-file="$work/options" "${options[@]}" "$database" | gzip >"$work/database.sql.gz"
rm "$work/options"
# Its last line; a dump that was cut short has none.
gunzip -c "$work/database.sql.gz" | tail -n 1 | grep -q '^-- Dump completed' || fail 'the dump is not complete'

# After the database: a picture is there before the row that names it, and is swept days after it, so none is missing.
media=${STATE_DIR:-var}/media
if [ -z "${S3_BUCKET:-}" ] && [ -d "$media" ]; then
    tar -cf "$work/media.tar" -C "$(dirname "$media")" --exclude='.*.part' media
fi
(cd "$work" && sha256sum -- * >SHA256SUMS)
sync "$work"/*
chmod 700 "$work"
[ ! -e "$folder/$name" ] || fail "there is a backup of this second already: $folder/$name"
mv "$work" "$folder/$name"

find "$folder" -mindepth 1 -maxdepth 1 -type d -name 'micgolf-*' ! -name "$name" -mtime "+$days" -exec rm -rf {} +
echo "$folder/$name"
