package docx

import (
	"strings"

	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// brackets are what stands before and behind the parts of a formula when it is
// written in one line.
var brackets = map[string][2]string{
	"num": {"(", ")"}, "den": {"/(", ")"}, "sup": {"^(", ")"}, "rad": {"√", ""}, "d": {"(", ")"},
}

// formula writes a formula in one line: "(a)/(b)".
func (w *walker) formula(p *paragraph) error {
	return w.x.Children(func(element start) error {
		switch name := element.Name.Local; {
		case name == "r":
			return w.run(p, false)
		case name == "naryPr":
			return w.sign(p)
		case strings.HasSuffix(name, "Pr"), name == "del", name == "deg":
			return nil
		default:
			around := brackets[name]
			err := w.write(p, around[0], run{})
			err = first(err, w.formula(p))
			return first(err, w.write(p, around[1], run{}))
		}
	})
}

// sign writes the sign of a sum or integral.
func (w *walker) sign(p *paragraph) error {
	sign := "∫"
	err := w.x.Children(func(element start) error {
		if element.Name.Local == "chr" {
			sign = limit.Attr(element, "val")
		}
		return nil
	})
	return first(err, w.write(p, sign, run{}))
}
