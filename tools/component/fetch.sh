#!/bin/sh
# Fetches GitLab's description of its CI configuration. GitLab publishes it with its
# source only; on the npm registry, the package gitlab-ci-local (MIT) carries a copy.
# The package's checksum is pinned; nothing of it is run.
#
#   tools/component/fetch.sh FOLDER
#
# FOLDER/ci.json then holds the JSON Schema, as JavaScript writes it: with commas at
# the ends of lists. It is left as it is where it holds this version already.
set -eu
folder=${1:?usage: fetch.sh FOLDER}

# The last version that carries the schema in a file of its own.
package='gitlab-ci-local 4.65.0 644f0c526148865772dd1bb7586cabfb475a28d149160159e7be5fd4043367bd'
if [ -f "$folder/package" ] && [ "$(cat "$folder/package")" = "$package" ]; then
	exit 0
fi
mkdir -p "$folder"
rm -f "$folder/package"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
read -r name version sum <<END
$package
END
"$(dirname "$0")/../npm.sh" "$name" "$version" "$sum" src/schema/schema.js "$scratch/schema.js"
sed -n '1s/^export const schema = //; /^};$/{s/;//p;q;}; p' "$scratch/schema.js" >"$scratch/ci.json"
mv "$scratch/ci.json" "$folder/ci.json"
# Written last: what broke off is fetched again.
printf '%s\n' "$package" >"$folder/package"
