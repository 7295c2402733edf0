package templates

import (
	"fmt"
	"io"
)

// A report is what is written beside reviews: in the shapes NAME_terminal and
// NAME_markdown, whose entry is NAME, or as JSON.
type report struct {
	name string // of its shapes
	what string // as errors call it
	view any    // what the shapes see
	data any    // what JSON holds
}

// report writes one in a format; its error says when the format is none of ours.
func (words *Words) report(out io.Writer, format Format, r report, options Options) error {
	v := markdown
	switch format {
	case FormatJSON:
		return writeJSON(out, r.data)
	case FormatTerminal:
		v = terminal(options)
	case FormatMarkdown:
	default:
		return fmt.Errorf("write %s: format %q is not one of terminal, markdown, json", r.what, format)
	}
	v.shape = r.name + "_" + string(format)
	return words.write(out, v, r.name, r.view)
}
