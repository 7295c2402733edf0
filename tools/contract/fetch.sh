#!/bin/sh
# Fetches GitHub's own descriptions from the npm registry and keeps what is needed
# of them. The packages' checksums are pinned; nothing of theirs is run.
#
#   tools/contract/fetch.sh FOLDER
#
# FOLDER then holds the description of the REST API, the schema of the GraphQL API
# and examples of webhooks' payloads. It is left as it is where it holds these
# versions already.
set -eu
folder=${1:?usage: fetch.sh FOLDER}

packages='openapi 23.0.2 71a18407dd5e8464f4e0525daf03deabbe65abd9287d6adc7b5d98f516cd0d0c generated/api.github.com.json api.github.com.json
graphql-schema 15.26.1 053e74249dafce2118fd9b7ae499b067d57c5f910c57745699ac45108bc68d1e schema.graphql schema.graphql
webhooks-examples 7.6.1 89e6cb1c6345d32e3dd775617fa54effbdc26c859e514898d7728e95e9738280 api.github.com/index.json webhooks-examples.json'
if [ -f "$folder/packages" ] && [ "$(cat "$folder/packages")" = "$packages" ]; then
	exit 0
fi
mkdir -p "$folder"
rm -f "$folder/packages"
printf '%s\n' "$packages" | while read -r name version sum inside kept; do
	"$(dirname "$0")/../npm.sh" "@octokit/$name" "$version" "$sum" "$inside" "$folder/$kept"
done
# Written last: what broke off is fetched again.
printf '%s\n' "$packages" >"$folder/packages"
