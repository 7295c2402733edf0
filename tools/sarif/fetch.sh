#!/bin/sh
# Fetches OASIS's schema of SARIF 2.1.0 (errata 01). OASIS publishes it on its pages
# only; on the Go module proxy, the module go-sarif (Unlicense) carries a copy. The
# module's checksum is pinned; nothing of it is run.
#
#   tools/sarif/fetch.sh FOLDER
#
# FOLDER/sarif.json then holds the JSON Schema. It is left as it is where it holds this
# version already.
set -eu
folder=${1:?usage: fetch.sh FOLDER}

module='github.com/owenrumney/go-sarif/v3@v3.3.1 h1:bKY8YnWcY8zYTiGVObC5wZLlfEvMkCxK9XMGXBbzEtQ='
if [ -f "$folder/module" ] && [ "$(cat "$folder/module")" = "$module" ]; then
	exit 0
fi
mkdir -p "$folder"
rm -f "$folder/module"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
(cd "$scratch" && go mod download -json "${module% *}" >download.json)
field() { sed -n "s/^	\"$1\": \"\(.*\)\",\{0,1\}\$/\1/p" "$scratch/download.json"; }
if [ "$(field Sum)" != "${module#* }" ]; then
	echo "sarif: ${module% *} has another checksum: $(field Sum)" >&2
	exit 1
fi
sed -n '/^const schema = `/,/^`$/{s/^const schema = `//; /^`$/d; p;}' "$(field Dir)/pkg/report/v210/sarif/schema.go" >"$scratch/sarif.json"
mv "$scratch/sarif.json" "$folder/sarif.json"
# Written last: what broke off is fetched again.
printf '%s\n' "$module" >"$folder/module"
