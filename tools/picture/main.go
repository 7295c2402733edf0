// Command picture turns a review's Markdown on standard input into a page like
// that of a forge on standard output, for the picture in the README.
package main

import (
	"fmt"
	"io"
	"os"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"
)

const head = `<!doctype html>
<meta charset="utf-8">
<style>
body { font: 14px/1.5 "Liberation Sans", Arial, sans-serif; color: #1f2328; max-width: 860px; margin: 16px auto; padding: 8px 24px; border: 1px solid #d0d7de; border-radius: 6px }
table { border-collapse: collapse }
td, th { border: 1px solid #d0d7de; padding: 6px 13px }
blockquote { border-left: .25em solid #d0d7de; margin: 0; padding: 0 1em; color: #59636e }
h2 { border-bottom: 1px solid #d0d7de; padding-bottom: .3em }
code { background: #eff1f3; padding: .2em .4em; border-radius: 6px; font-size: 85% }
sub { font-size: 85%; color: #59636e; vertical-align: baseline }
a { color: #0969da }
</style>
`

func main() {
	if err := render(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "picture:", err)
		os.Exit(1)
	}
}

func render(in io.Reader, out io.Writer) error {
	source, err := io.ReadAll(in)
	if err != nil {
		return err
	}
	if _, err := io.WriteString(out, head); err != nil {
		return err
	}
	// Reviews hold <details> of our own; dossier text in them is escaped.
	return goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(html.WithUnsafe())).Convert(source, out)
}
