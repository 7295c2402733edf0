package mermaid

import (
	"cmp"
	"regexp"
	"strings"

	"github.com/austauschbar/austauschbar/evaluator/diagram"
)

// An architecture is a drawing of services in groups.
type architecture struct{ diagram.Drawing }

var (
	service = regexp.MustCompile(`^(group|service)\s+([\w-]+)\s*(?:\(([^)]*)\))?\s*(?:\[([^\]]*)\])?\s*(?:in\s+([\w-]+))?$`)
	way     = regexp.MustCompile(`^([\w-]+)(?:\{group\})?\s*:\s*[LRTB]\s*(<)?-(?:\[([^\]]*)\])?-(>)?\s*[LRTB]\s*:\s*([\w-]+)(?:\{group\})?$`)
)

func (a *architecture) take(s statement) {
	if m := service.FindStringSubmatch(s.text); m != nil {
		box := diagram.Box{ID: m[2], Name: cmp.Or(diagram.Text(decode(strings.Trim(m[4], `"`))), m[2]), Within: m[5], Evidence: s.evidence}
		if m[1] == "group" {
			box.Role = diagram.Group
		}
		switch m[3] {
		case "database":
			box.Kind = "database"
		case "disk":
			box.Kind = "storage"
		case "cloud", "server", "internet", "":
		default: // of an icon library: "logos:aws-s3"
			_, icon, found := strings.Cut(m[3], ":")
			if !found {
				icon = m[3]
			}
			box.Technology = strings.ReplaceAll(icon, "-", " ")
		}
		a.Box(box)
		return
	}
	if m := way.FindStringSubmatch(s.text); m != nil {
		arrow := diagram.Arrow{From: m[1], To: m[5], Label: diagram.Text(decode(m[3])), Plain: m[2] == "" && m[4] == "", Evidence: s.evidence}
		if m[2] != "" && m[4] == "" {
			arrow.From, arrow.To = arrow.To, arrow.From
		}
		a.Arrow(arrow)
	}
}
