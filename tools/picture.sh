#!/bin/sh
# Draws what the bot posts on a pull request that adds the annex to the example's
# dossier: docs/images/review.png and review-dark.png, and into tmp/ the whole
# comment, narrow, light and dark, to look at; the first screen of the example's report:
# docs/images/report.png and report-dark.png; and a page of the commented copies of the
# example's specification and contract: docs/images/word-comments.png, pdf-comments.png.
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
shoot() { # PICTURE WIDTH HEIGHT PAGE [FLAG]
	picture=$1 width=$2 height=$3 page=$4
	shift 4
	rm -f "$picture"
	chromium "$@" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
		--disable-component-update --disable-sync --hide-scrollbars --user-data-dir="$work/profile" \
		--window-size="$width,$height" --screenshot="$picture" "file://$page" 2>"$work/chromium.log" ||
		{ cat "$work/chromium.log" >&2; exit 1; }
	test -s "$picture" || { cat "$work/chromium.log" >&2; exit 1; }
	echo "$picture"
}
draw() { # PICTURE WIDTH HEIGHT [-dark]
	picture=$1 width=$2 height=$3
	shift 3
	"$work/picture" -width "$width" "$@" <tmp/review.md >"$work/page.html"
	shoot "$picture" "$width" "$height" "$work/page.html"
}
draw docs/images/review.png 930 1240
draw docs/images/review-dark.png 930 1240 -dark
draw tmp/review-narrow.png 400 3000
draw tmp/review-narrow-dark.png 400 3000 -dark

go run ./cmd/austauschbar review --format html --lang en --today 2026-11-23 --output "$work/report.html" examples/fachverfahren
shoot docs/images/report.png 1100 1500 "$work/report.html"
shoot docs/images/report-dark.png 1100 1500 "$work/report.html" --force-dark-mode
# The copy with comments and suggestions: the page on the data it is to hold.
go run ./cmd/austauschbar review --format copies --suggest --output "$work/copies" --today 2026-11-23 examples/fachverfahren >/dev/null 2>&1
soffice -env:UserInstallation="file://$work/office" --headless --convert-to 'pdf:writer_pdf_Export:{"ExportNotes":{"type":"boolean","value":"false"}}' \
	--outdir "$work" "$work/copies/Leistungsbeschreibung.docx" >"$work/office.log" 2>&1 || { cat "$work/office.log" >&2; exit 1; }
page=7
pdftoppm -f $page -l $page -r 144 -png -singlefile "$work/Leistungsbeschreibung.pdf" "$work/page"
pdftotext -f $page -l $page -bbox "$work/Leistungsbeschreibung.pdf" "$work/words.html"
go build -C tools -o "$work/comments" ./comments
"$work/comments" "$work/copies/Leistungsbeschreibung.docx" "$work/words.html" page.png >"$work/page.html"
shoot docs/images/word-comments.png 1392 1273 "$work/page.html"
# A page of the example's contract, a PDF, with highlights.
pdftoppm -f 3 -l 3 -r 96 -png -singlefile "$work/copies/Vertragsbedingungen.pdf" docs/images/pdf-comments
echo docs/images/pdf-comments.png
