#!/bin/sh
# Fetches axe-core (MPL-2.0), which finds barriers in pages, from the npm registry. The
# package's checksum is pinned; only tests run it, in a headless browser.
#
#   tools/axe/fetch.sh FOLDER
#
# FOLDER/axe.min.js is left as it is where it is of this version already.
set -eu
folder=${1:?usage: fetch.sh FOLDER}

package='axe-core 4.14.1 e6b0ce02b84d892e2e33e403485e7f3d6c29e2be6df65daf44d89ba564139745'
if [ -f "$folder/package" ] && [ "$(cat "$folder/package")" = "$package" ]; then
	exit 0
fi
if ! command -v npm >/dev/null; then
	echo "axe: npm is missing (Debian: apt-get install npm)" >&2
	exit 1
fi
mkdir -p "$folder"
rm -f "$folder/package"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
read -r name version sum <<END
$package
END
(cd "$scratch" && npm pack --silent --ignore-scripts "$name@$version" >/dev/null)
echo "$sum  $scratch/$name-$version.tgz" | sha256sum --check --quiet
tar --extract --gzip --to-stdout --file="$scratch/$name-$version.tgz" package/axe.min.js >"$scratch/axe.min.js"
mv "$scratch/axe.min.js" "$folder/axe.min.js"
# Written last: what broke off is fetched again.
printf '%s\n' "$package" >"$folder/package"
