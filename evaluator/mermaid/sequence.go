package mermaid

import (
	"regexp"
	"strings"

	"github.com/austauschbar/austauschbar/evaluator/diagram"
)

// A sequence is a drawing of messages.
type sequence struct{ diagram.Drawing }

var (
	participant = regexp.MustCompile(`^(?:create\s+)?(participant|actor)\s+(.+?)(?:\s+as\s+(.+))?$`)
	configured  = regexp.MustCompile(`^([^@\s]+)@\{(.*)\}$`)
	typed       = regexp.MustCompile(`"?type"?\s*:\s*"?(\w+)`)
	message     = regexp.MustCompile(`^([^:]+?)\s*(<<-->>|<<->>|-->>|->>|--x|-x|--\)|-\)|-->|->)\s*[+-]?\s*([^:]+?)\s*:\s*(.*)$`)
	framing     = regexp.MustCompile(`^(?i:note|loop|alt|else|opt|par|and|critical|option|break|rect|box|end|autonumber|activate|deactivate|title|destroy|links?|properties|details|accTitle|accDescr)\b`)
)

func (q *sequence) take(s statement) {
	text := strings.TrimRight(s.text, ";")
	if m := participant.FindStringSubmatch(text); m != nil {
		q.participant(m[1], m[2], m[3], s)
		return
	}
	if framing.MatchString(text) {
		return
	}
	if m := message.FindStringSubmatch(text); m != nil {
		for _, id := range []string{m[1], m[3]} {
			q.participant("participant", id, "", s)
		}
		q.Arrow(diagram.Arrow{From: m[1], To: m[3], Label: diagram.Text(decode(m[4])), Reply: strings.HasPrefix(m[2], "--"), Evidence: s.evidence})
	}
}

func (q *sequence) participant(word, id, label string, s statement) {
	box := diagram.Box{ID: id, Evidence: s.evidence}
	if m := configured.FindStringSubmatch(id); m != nil {
		box.ID = m[1]
		if kind := typed.FindStringSubmatch(m[2]); kind != nil && (kind[1] == "database" || kind[1] == "queue") {
			box.Kind = kind[1]
		}
	}
	box.Name, box.Technology = diagram.Name(decode(label))
	if box.Name == "" {
		box.Name = diagram.Text(decode(box.ID))
	}
	if word == "actor" {
		box.Kind = "person"
	} else if box.Kind == "" {
		box.Kind = diagram.Person(box.Name)
	}
	q.Box(box)
}
