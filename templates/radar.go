package templates

import (
	"fmt"
	"math"
	"strings"

	"github.com/austauschbar/austauschbar"
)

// A radar draws the scores of groups as a shape: the farther out, the better. Its
// coordinates run from the centre, in units of an SVG.
type radar struct {
	Axes  []axis
	Rings []string // points of polygons, at a quarter of the score each
	Area  string   // points of what the scores enclose; "" of fewer than three
}

// An axis is one group in a radar.
type axis struct {
	Number int // 1-based, as the table beside it counts
	Group  austauschbar.Group
	End    vertex
	Label  vertex
	At     vertex // of the score; the centre where there is none
}

type vertex struct{ x, y float64 }

func (p vertex) X() string      { return fmt.Sprintf("%.1f", p.x) }
func (p vertex) Y() string      { return fmt.Sprintf("%.1f", p.y) }
func (p vertex) String() string { return p.X() + "," + p.Y() }

// Sizes of a radar.
const (
	radarRadius = 92.0
	radarLabels = 108.0 // how far out the axes' numbers stand
)

func newRadar(groups []austauschbar.Group) radar {
	var r radar
	var area []string
	at := func(i int, distance float64) vertex {
		angle := 2*math.Pi*float64(i)/float64(len(groups)) - math.Pi/2
		return vertex{distance * math.Cos(angle), distance * math.Sin(angle)}
	}
	for i, group := range groups {
		a := axis{Number: i + 1, Group: group, End: at(i, radarRadius), Label: at(i, radarLabels)}
		if group.Score != nil {
			a.At = at(i, radarRadius*min(max(*group.Score, 0), 100)/100)
			area = append(area, a.At.String())
		}
		r.Axes = append(r.Axes, a)
	}
	for _, share := range []float64{0.25, 0.5, 0.75, 1} {
		var ring []string
		for i := range groups {
			ring = append(ring, at(i, radarRadius*share).String())
		}
		r.Rings = append(r.Rings, strings.Join(ring, " "))
	}
	if len(area) > 2 {
		r.Area = strings.Join(area, " ")
	}
	return r
}
