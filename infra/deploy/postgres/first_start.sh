#!/bin/sh
# Run once, when the primary's cluster is made: our own role, which may do no more than it needs, and the standby's.
set -eu
password=$(cat /run/secrets/postgres_password)
psql --set=ON_ERROR_STOP=1 --set=password="$password" --username postgres <<'SQL'
CREATE ROLE bluelight LOGIN PASSWORD :'password';
CREATE DATABASE bluelight OWNER bluelight;
GRANT pg_checkpoint TO bluelight;
CREATE ROLE follower LOGIN REPLICATION PASSWORD :'password';
\connect bluelight
GRANT EXECUTE ON FUNCTION pg_switch_wal() TO bluelight;
SQL
echo "host replication follower samenet scram-sha-256" >>"$PGDATA/pg_hba.conf"
