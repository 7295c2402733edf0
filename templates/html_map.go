package templates

import (
	"fmt"

	"github.com/austauschbar/austauschbar"
)

// mapIn is how ids of the map's picture begin in a report.
const mapIn = "picture"

// draw makes the picture of the lock-in map.
func (r *htmlReport) draw(words *Words) error {
	if !r.HasMap() {
		return nil
	}
	drawing, err := words.drawing(*r.LockInMap)
	if err != nil {
		return err
	}
	r.Picture = drawing.picture(mapIn)
	return nil
}

// HasMap tells whether there are components to tell of.
func (r htmlReport) HasMap() bool { return r.components() > 0 }

// HasAgreement tells whether a tender and its architecture were held against each other.
func (r htmlReport) HasAgreement() bool { return r.rowsAgreed() > 0 }

func (r htmlReport) rowsAgreed() int {
	if r.Agreement == nil {
		return 0
	}
	return len(r.Agreement.Rows)
}

func (r htmlReport) components() int {
	if r.LockInMap == nil {
		return 0
	}
	return len(r.LockInMap.Components)
}

// Ways are the picture's lines that a list beside it explains; none where their labels
// stand at them.
func (r htmlReport) Ways() []line {
	if !r.Picture.Numbered {
		return nil
	}
	return r.Picture.Lines
}

// Text is what stands at a line, without a mark.
func (l line) Text() string {
	l.Open = ""
	return l.Label()
}

// beside lists the evidence of map, agreement and situations with its anchors.
func (r *htmlReport) beside() []anchored {
	var all []anchored
	add := func(list []austauschbar.Evidence, anchor, label, name string) {
		for j, evidence := range list {
			all = append(all, anchored{evidence, ref{fmt.Sprintf("#%s-%d", anchor, j+1), label, name, name}})
		}
	}
	if r.HasAgreement() {
		for i, row := range r.Agreement.Rows {
			label := fmt.Sprint(i + 1)
			add(row.Tender, fmt.Sprintf("a%d-t", i+1), label, "agreement")
			add(row.Architecture, fmt.Sprintf("a%d-a", i+1), label, "agreement")
		}
	}
	for i, situation := range r.Situations {
		add(situation.Evidence, fmt.Sprintf("d%d", i+1), fmt.Sprint(i+1), "situation")
	}
	if r.HasMap() {
		for i, component := range r.LockInMap.Components {
			add(component.Evidence, fmt.Sprintf("k%d", i+1), fmt.Sprint(i+1), "component")
		}
		for i, exit := range r.LockInMap.Secured {
			if exit.Evidence != nil {
				add([]austauschbar.Evidence{*exit.Evidence}, fmt.Sprintf("s%d", i+1), "", "secured")
			}
		}
	}
	return all
}
