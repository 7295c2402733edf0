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
mkdir -p "$folder"
rm -f "$folder/package"
read -r name version sum <<END
$package
END
"$(dirname "$0")/../npm.sh" "$name" "$version" "$sum" axe.min.js "$folder/axe.min.js"
# Written last: what broke off is fetched again.
printf '%s\n' "$package" >"$folder/package"
