#!/bin/sh
# Fetches one file of a package of the npm registry. The package's checksum is pinned by
# who asks; nothing of it is run.
#
#   tools/npm.sh PACKAGE VERSION SHA256 FILE OUTPUT
#
# OUTPUT is written whole or not at all.
set -eu
package=${1:?usage: npm.sh PACKAGE VERSION SHA256 FILE OUTPUT} version=$2 sum=$3 file=$4 output=$5
if ! command -v npm >/dev/null; then
	echo "$package: npm is missing (Debian: apt-get install npm)" >&2
	exit 1
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
(cd "$scratch" && npm pack --silent --ignore-scripts "$package@$version" >/dev/null)
archive=$(echo "$scratch"/*.tgz)
echo "$sum  $archive" | sha256sum --check --quiet
tar --extract --gzip --to-stdout --file="$archive" "package/$file" >"$scratch/file"
mv "$scratch/file" "$output"
