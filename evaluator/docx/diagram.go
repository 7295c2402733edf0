package docx

import (
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/lines"
)

// diagram reads the texts of a diagram (SmartArt), which stand in a part of their own
// that is named by the id of a relation. They follow the paragraph or row at hand.
func (w *walker) diagram(id string) error {
	name := w.diagrams[id]
	delete(w.diagrams, id) // each is read once
	for _, text := range readPart(w.document, name, w.diagramTexts) {
		if err := w.meter.Passage(0); err != nil {
			return err
		}
		w.pending = append(w.pending, austauschbar.Passage{Kind: austauschbar.Paragraph, Text: text, Paragraph: w.count})
	}
	return nil
}

// diagramTexts reads the paragraphs of a diagram's boxes.
func (w *walker) diagramTexts(x *limit.XML) ([]string, error) {
	var (
		texts   []string
		written strings.Builder
		read    func() error
	)
	read = func() error {
		return x.Children(func(element start) error {
			switch element.Name.Local {
			case "t":
				// The box is a "t" as well; it has no text of its own.
				return x.Content(func(data []byte) error {
					written.Write(data)
					return w.meter.Text(len(data))
				}, func(element start) error {
					if element.Name.Local != "p" {
						return nil
					}
					written.Reset()
					err := read()
					if text := lines.Clean(written.String()); text != "" {
						texts = append(texts, text)
					}
					written.Reset()
					return err
				})
			case "br":
				written.WriteByte(' ')
			}
			return read()
		})
	}
	err := read()
	return texts, err
}
