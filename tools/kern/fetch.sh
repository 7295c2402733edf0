#!/bin/sh
# Fetches the styles of KERN UX, the design system of the German administration
# (EUPL-1.2), from the npm registry and keeps those that reports use. The package's
# checksum is pinned; nothing of it is run.
#
#   tools/kern/fetch.sh FOLDER
#
# FOLDER/kern.css is written anew each time, since it depends on the shapes too.
set -eu
folder=${1:?usage: fetch.sh FOLDER}
version=2.7.2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"$(dirname "$0")/../npm.sh" @kern-ux/native "$version" b82c23c35a198e60ee4c53c5d14911432437f03802441b7473e8d7003795adb0 dist/kern.min.css "$scratch/kern.min.css"
classes=$(grep -oh 'kern-[a-z-]*' templates/shape/report_html.tmpl | sort -u | paste -sd,)
go build -C tools -o "$scratch/kern" ./kern
{
	echo "/* KERN UX $version, EUPL-1.2, https://www.kern-ux.de; cut down to what this page uses. */"
	"$scratch/kern" -classes "$classes" -with "$folder/bridge.css" <"$scratch/kern.min.css"
} >"$scratch/kern.css"
mv "$scratch/kern.css" "$folder/kern.css"
wc -c "$folder/kern.css"
