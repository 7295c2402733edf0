package plantuml

import (
	"cmp"
	"regexp"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/diagram"
)

// A sequence is a drawing of messages.
type sequence struct {
	diagram.Drawing
	open bool // a multi-line label of a participant goes on
}

const speaker = `"[^"]*"|[\p{L}\p{N}_.@]+`

var (
	participant = regexp.MustCompile(`^(?:create\s+)?(participant|actor|boundary|control|entity|database|collections|queue)\s+(` + speaker + `)(?:\s+as\s+(` + speaker + `))?(?:\s+(?:order|<<|#).*)?\s*(\[)?$`)
	message     = regexp.MustCompile(`^(` + speaker + `)\s*([<xo/\\]{0,2}-+(?:\[[^\]]*\])?-*[>xo/\\]{0,3})\s*(` + speaker + `)\s*(?:\+\+|--|\*\*|!!)?[^:]{0,40}(?::\s*(.*))?$`)
)

// messageOf matches a message: its ends, its arrow and its label; nil for other lines.
func messageOf(text string) []string {
	m := message.FindStringSubmatch(text)
	if m == nil || !strings.ContainsAny(m[2], `<>/\`) {
		return nil
	}
	return m
}

func (q *sequence) take(l line) {
	if q.open {
		q.open = l.text != "]"
		return
	}
	evidence := diagram.Evidence(l.number, l.text)
	if m := participant.FindStringSubmatch(l.text); m != nil {
		q.participant(m, evidence)
		return
	}
	m := messageOf(l.text)
	if m == nil {
		return
	}
	from, to := unquoted(m[1]), unquoted(m[3])
	for _, id := range []string{from, to} {
		if !q.Has(id) {
			name := diagram.Text(id)
			q.Box(diagram.Box{ID: id, Name: name, Kind: diagram.Person(name), Evidence: evidence})
		}
	}
	if strings.ContainsAny(m[2], "<") && !strings.Contains(m[2], ">") {
		from, to = to, from
	}
	q.Arrow(diagram.Arrow{From: from, To: to, Label: diagram.Text(m[4]), Reply: strings.Contains(m[2], "--"), Evidence: evidence})
}

func (q *sequence) participant(m []string, evidence austauschbar.Evidence) {
	id, label := m[2], m[2]
	switch {
	case strings.HasPrefix(m[3], `"`):
		label = m[3]
	case m[3] != "":
		id = m[3]
	}
	box := diagram.Box{ID: unquoted(id), Name: diagram.Text(unquoted(label)), Kind: kinds[m[1]], Evidence: evidence}
	box.Kind = cmp.Or(box.Kind, diagram.Person(box.Name))
	q.Box(box)
	q.open = m[4] == "["
}
