#!/bin/sh
# The standby: a copy of $PRIMARY at the first start, and from then on what it commits. Its name is what the primary waits for.
set -eu
PGDATA=${PGDATA:-/var/lib/postgresql/data}
export PGPASSFILE="$PGDATA/../follower.pgpass"
umask 077
printf '%s:5432:*:follower:%s\n' "$PRIMARY" "$(cat /run/secrets/postgres_password)" >"$PGPASSFILE"
if [ ! -s "$PGDATA/PG_VERSION" ]; then
    until pg_basebackup --pgdata="$PGDATA" --write-recovery-conf --wal-method=stream --checkpoint=fast \
        --dbname="host=$PRIMARY user=follower application_name=standby passfile=$PGPASSFILE"; do
        rm -rf "${PGDATA:?}"/*
        sleep 2
    done
fi
# Promoted, it must not wait for a standby it has not.
exec postgres -D "$PGDATA" -c synchronous_standby_names= -c wal_recycle=off
