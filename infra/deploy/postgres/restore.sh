#!/bin/sh
# The newest backup of SHELF into a NEW, empty database beside the old one, which stays as it is. Needs psql and, in
# PG_ADMIN_URL, a role that may create databases; in BLUELIGHT_DATABASE_URL the servers' address. The servers are stopped.
set -eu
shelf=${1:?usage: restore.sh SHELF NEW_DATABASE}
name=${2:?usage: restore.sh SHELF NEW_DATABASE}
case $name in *[!a-z0-9_]*) echo "NEW_DATABASE is made of a to z, 0 to 9 and _." >&2; exit 1 ;; esac
: "${PG_ADMIN_URL:?the address of a role that may create databases}" "${BLUELIGHT_DATABASE_URL:?the address of the servers}"
owner=$(printf %s "$BLUELIGHT_DATABASE_URL" | sed -n 's#^[a-z+]*://\([^:@/]*\).*#\1#p')
new=$(printf %s "$BLUELIGHT_DATABASE_URL" | sed "s#\(://[^/]*/\)[^?]*#\1$name#")
psql --no-psqlrc --set=ON_ERROR_STOP=1 --set=name="$name" --set=owner="$owner" --dbname="$PG_ADMIN_URL" <<'SQL'
CREATE DATABASE :"name" OWNER :"owner";
SQL
BLUELIGHT_DATABASE_URL=$new bluelight restore "$shelf"
echo "It is in $name. Put that name into BLUELIGHT_DATABASE_URL of every process, start them, and do what infra/runbook.md says."
