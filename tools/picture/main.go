// Command picture turns a comment's Markdown on standard input into a page that
// shows it as GitHub does, on standard output, for the pictures in the README.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"text/template"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"
)

// A palette is the colours of one of GitHub's themes.
type palette struct {
	Scheme                                        string // for the browser's own parts
	Text, Muted, Page, Raised, Border, Link, Code string
}

var (
	light = palette{"light", "#1f2328", "#59636e", "#ffffff", "#f6f8fa", "#d1d9e0", "#0969da", "#818b981f"}
	dark  = palette{"dark", "#f0f6fc", "#9198a1", "#0d1117", "#151b23", "#3d444d", "#4493f8", "#656c7633"}
)

// frame is a comment by an App, without the avatar and the buttons. Sizes are those
// of a comment, not of a README, which GitHub sets larger.
var frame = template.Must(template.New("page").Parse(`<!doctype html>
<html lang="de">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Comment</title>
<style>
:root { color-scheme: {{.Scheme}} }
body { margin: 16px; width: calc({{.Width}}px - 32px); background: {{.Page}}; color: {{.Text}}; font: 14px/1.5 "Segoe UI", "Noto Sans", Helvetica, Arial, "Liberation Sans", sans-serif }
article { border: 1px solid {{.Border}}; border-radius: 6px; overflow: hidden }
header { padding: 8px 16px; background: {{.Raised}}; border-bottom: 1px solid {{.Border}}; color: {{.Muted}} }
header b { color: {{.Text}}; font-weight: 600 }
header i { margin: 0 4px; padding: 0 6px; border: 1px solid {{.Border}}; border-radius: 2em; font-size: 12px; font-style: normal; line-height: 18px; display: inline-block }
main { padding: 16px; overflow-wrap: break-word }
main > :first-child { margin-top: 0 }
main > :last-child { margin-bottom: 0 }
p, ul, ol, table, blockquote, details { margin: 0 0 16px }
h2, h3, h4 { margin: 24px 0 16px; font-weight: 600; line-height: 1.25 }
h2 { font-size: 1.5em; padding-bottom: .3em; border-bottom: 1px solid {{.Border}} }
h3 { font-size: 1.25em }
h4 { font-size: 1em }
b, strong, th { font-weight: 600 }
ul, ol { padding-left: 2em }
li + li { margin-top: .25em }
a { color: {{.Link}}; text-underline-offset: .2rem }
sub { position: relative; bottom: -.25em; font-size: 75%; line-height: 0; vertical-align: baseline }
code { padding: .2em .4em; border-radius: 6px; background: {{.Code}}; font: 85% ui-monospace, "Liberation Mono", monospace; white-space: break-spaces }
blockquote { padding: 0 1em; border-left: .25em solid {{.Border}}; color: {{.Muted}} }
blockquote > :last-child { margin-bottom: 0 }
table { display: block; width: max-content; max-width: 100%; overflow: auto; border-collapse: collapse; font-variant: tabular-nums }
th, td { padding: 6px 13px; border: 1px solid {{.Border}} }
tbody tr:nth-child(2n) { background: {{.Raised}} }
hr { height: .25em; margin: 24px 0; border: 0; background: {{.Border}} }
</style>
<article><header><b>austauschbar</b><i>bot</i>commented</header>
<main>
`))

func main() {
	var asked struct {
		dark  bool
		width int
	}
	flag.BoolVar(&asked.dark, "dark", false, "show it by GitHub's dark theme")
	flag.IntVar(&asked.width, "width", 930, "width of the page in `pixels`")
	flag.Parse()
	colours := light
	if asked.dark {
		colours = dark
	}
	if err := render(os.Stdin, os.Stdout, colours, asked.width); err != nil {
		fmt.Fprintln(os.Stderr, "picture:", err)
		os.Exit(1)
	}
}

func render(in io.Reader, out io.Writer, colours palette, width int) error {
	source, err := io.ReadAll(in)
	if err != nil {
		return err
	}
	if err := frame.Execute(out, struct {
		palette
		Width int
	}{colours, width}); err != nil {
		return err
	}
	// Reviews hold <details> of our own; dossier text in them is escaped.
	if err := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(html.WithUnsafe())).Convert(source, out); err != nil {
		return err
	}
	_, err = io.WriteString(out, "</main></article>\n")
	return err
}
