#!/bin/sh
# Runs a command against a PostgreSQL server that lives as long as the command.
#
#   tools/postgres.sh COMMAND [ARGUMENT]…
#
# The command finds the server's address in AUSTAUSCHBAR_TEST_POSTGRES, of a user
# who may create databases. The server listens on a socket in a temporary folder
# only; it writes through to the disk, as one in operation does. Its programs come
# from Debian (postgresql), which is installed where it is missing and we are
# root. Exits as the command does.
set -eu
[ $# -gt 0 ] || { echo "usage: tools/postgres.sh COMMAND [ARGUMENT]..." >&2; exit 2; }

programs() { # the folder with the newest server's programs; nothing where there is none
	find /usr/lib/postgresql/*/bin -name initdb 2>/dev/null | sort -V | tail -1 | xargs -r dirname
}

if [ -z "$(programs)" ]; then
	if [ "$(id -u)" -ne 0 ]; then
		echo "postgres: the server is missing (Debian: apt-get install postgresql)" >&2
		exit 1
	fi
	apt-get update -qq
	DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql >/dev/null
fi
bin=$(programs)

# The server refuses to run as root.
if [ "$(id -u)" -eq 0 ]; then
	as_server() { setpriv --reuid=postgres --regid=postgres --init-groups -- "$@"; }
else
	as_server() { "$@"; }
fi

folder=$(mktemp -d)
stop() {
	as_server "$bin/pg_ctl" stop --silent --pgdata="$folder/data" --mode=immediate >/dev/null 2>&1 || :
	rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
if [ "$(id -u)" -eq 0 ]; then
	chown postgres: "$folder"
fi
chmod 711 "$folder"
here=$PWD
cd "$folder" # which the server's user may read
as_server "$bin/initdb" --pgdata="$folder/data" --username=tester --auth=trust --encoding=UTF8 --locale=C >"$folder/log"
as_server "$bin/pg_ctl" start --silent --wait --pgdata="$folder/data" --log="$folder/data/log" \
	--options="-c listen_addresses='' -c unix_socket_directories='$folder' -c max_connections=300" ||
	{ cat "$folder/data/log" >&2; exit 1; }
cd "$here"

AUSTAUSCHBAR_TEST_POSTGRES="postgres://tester@/postgres?host=$folder" "$@"
