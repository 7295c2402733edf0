#!/bin/sh
# Draws what the bot posts on a pull request that adds the annex to the example's
# dossier: docs/images/review.png and review-dark.png, and into tmp/ the whole
# comment, narrow, light and dark, to look at; and a page of the commented copy of the
# example's specification: docs/images/word-comments.png.
set -eu
cd "$(dirname "$0")/.."
for needed in chromium git soffice pdftoppm; do
	command -v $needed >/dev/null || { echo "picture: $needed is missing (Debian: apt-get install chromium fonts-liberation git libreoffice-writer poppler-utils)" >&2; exit 1; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p tmp "$work/repository/dossier"

# A repository whose last commit lacks the annex.
cp examples/fachverfahren/* "$work/repository/dossier"
rm "$work/repository/dossier/Anlage-Schnittstellen.md"
git -C "$work/repository" init --quiet
git -C "$work/repository" add .
git -C "$work/repository" -c user.name=example -c user.email=example@example.org -c commit.gpgsign=false commit --quiet --message base
cp examples/fachverfahren/Anlage-Schnittstellen.md "$work/repository/dossier"
# The comment of one dossier is its review as Markdown.
go run ./cmd/austauschbar review --base HEAD --format markdown --today 2026-11-23 "$work/repository/dossier" >tmp/review.md

go build -C tools -o "$work/picture" ./picture
draw() { # PICTURE WIDTH HEIGHT [-dark]
	picture=$1 width=$2 height=$3
	shift 3
	"$work/picture" -width "$width" "$@" <tmp/review.md >"$work/page.html"
	photograph
}
photograph() {
	rm -f "$picture"
	chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
		--disable-component-update --disable-sync --hide-scrollbars --user-data-dir="$work/profile" \
		--window-size="$width,$height" --screenshot="$picture" "file://$work/page.html" 2>"$work/chromium.log" ||
		{ cat "$work/chromium.log" >&2; exit 1; }
	test -s "$picture" || { cat "$work/chromium.log" >&2; exit 1; }
	echo "$picture"
}
draw docs/images/review.png 930 1240
draw docs/images/review-dark.png 930 1240 -dark
draw tmp/review-narrow.png 400 3000
draw tmp/review-narrow-dark.png 400 3000 -dark

# The copy with comments and suggestions: the page on the data it is to hold.
go run ./cmd/austauschbar review --format docx --suggest --output "$work/copies" --today 2026-11-23 examples/fachverfahren >/dev/null 2>&1
soffice -env:UserInstallation="file://$work/office" --headless --convert-to 'pdf:writer_pdf_Export:{"ExportNotes":{"type":"boolean","value":"false"}}' \
	--outdir "$work" "$work/copies/Leistungsbeschreibung.docx" >"$work/office.log" 2>&1 || { cat "$work/office.log" >&2; exit 1; }
page=7
pdftoppm -f $page -l $page -r 144 -png -singlefile "$work/Leistungsbeschreibung.pdf" "$work/page"
pdftotext -f $page -l $page -bbox "$work/Leistungsbeschreibung.pdf" "$work/words.html"
go build -C tools -o "$work/comments" ./comments
"$work/comments" "$work/copies/Leistungsbeschreibung.docx" "$work/words.html" page.png >"$work/page.html"
picture=docs/images/word-comments.png width=1392 height=1273
photograph
