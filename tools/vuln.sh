#!/bin/sh
# Scans the product for known vulnerabilities in code that it reaches.
#
#   tools/vuln.sh [DATABASE]
#
# DATABASE is the address of a vulnerability database, file:///DIR for a local
# copy in the format of go.dev/security/vuln/database; default: govulncheck's own.
# Exits with 0 where none is known, 3 where some are, 4 where no database could
# be reached, which says nothing about the code, and 1 for anything else.
set -u
out=$(mktemp)
trap 'rm -f "$out"' EXIT
# shellcheck disable=SC2086 # TOOL is a command with arguments
${TOOL:-go tool -modfile=tools/go.mod} govulncheck ${1:+-db "$1"} ./... >"$out" 2>&1
code=$?
cat "$out"
if [ "$code" -eq 1 ] && grep -q 'fetching vulnerabilities' "$out"; then
	echo "vuln: not scanned: no vulnerability database could be reached; make vuln VULNDB=file:///DIR takes a local one" >&2
	exit 4
fi
exit "$code"
