#!/bin/sh
# A proved backup of the PostgreSQL form onto SHELF, with the servers' own BLUELIGHT_* settings. Every night, to another
# machine's disk; status 1 is for whoever reads tickets.
set -eu
shelf=${1:?usage: backup.sh SHELF}
[ -n "${BLUELIGHT_DATABASE_URL:-}${BLUELIGHT_DATABASE_URL_FILE:-}" ] || {
    echo "BLUELIGHT_DATABASE_URL is not set: this would not be the servers' database." >&2
    exit 1
}
bluelight backup "$shelf"
# A day in which nothing was written here is a day whose backup went elsewhere.
if [ -z "$(find "$shelf" -maxdepth 2 -name manifest.json -mmin -60 | head -n 1)" ]; then
    echo "No backup of this hour lies in $shelf." >&2
    exit 1
fi
