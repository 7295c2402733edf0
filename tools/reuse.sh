#!/bin/sh
# Checks with the reuse tool that every file has a licence and a copyright holder
# and that every licence's text is there. Versions before 4 do not know
# REUSE.toml; for them it is translated in a copy of the tree.
set -eu
if ! command -v reuse >/dev/null; then
	echo "reuse: the reuse tool is missing (Debian: apt-get install reuse; else: pipx install reuse)" >&2
	exit 1
fi
case $(reuse --version | sed -n 's/.*[ v]\([0-9][0-9]*\)\..*/\1/p' | head -1) in
[0-3]) ;;
*) exec reuse lint ;;
esac
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
git ls-files -z --cached --others --exclude-standard | tar --create --null --files-from=- --ignore-failed-read 2>/dev/null | tar --extract --directory="$copy"
mkdir "$copy/.reuse"
go run -C tools ./dep5 <REUSE.toml >"$copy/.reuse/dep5"
rm "$copy/REUSE.toml"
reuse --root "$copy" lint
