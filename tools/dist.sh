#!/bin/sh
# Builds what a release holds into dist/: the command for every system, a
# CycloneDX bill of materials and SHA-256 checksums. The version is that of the
# tag that is checked out, put in by Go itself.
set -eu
cd "$(dirname "$0")/.."
rm -rf dist
mkdir dist
for target in linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64; do
	system=${target%/*} machine=${target#*/}
	file=dist/austauschbar-$system-$machine
	[ "$system" != windows ] || file=$file.exe
	CGO_ENABLED=0 GOOS=$system GOARCH=$machine go build -buildvcs=true -trimpath -ldflags='-s -w' -o "$file" ./cmd/austauschbar
done
go run -C tools ./sbom ../dist/austauschbar-linux-amd64 >dist/austauschbar.cdx.json
cd dist
sha256sum -- * >SHA256SUMS
cat SHA256SUMS
