package templates

import (
	"cmp"
	"io"
	"path"
	"slices"

	"github.com/austauschbar/austauschbar"
)

// What is shown of an impact at most, so that a forge takes it as a comment. JSON
// holds all.
const (
	mostDossiers = 40
	mostChanges  = 30 // findings that come, and findings that go
)

// An impactView is what the shapes of an impact see.
type impactView struct {
	austauschbar.Impact
	Added, Removed []impactFinding
	AddedTotal     int
	RemovedTotal   int
	Rated          int // ratings that change
	Shown          []austauschbar.DossierImpact
	Hidden         int // dossiers beyond those shown
}

// An impactFinding is a finding with the dossier it belongs to.
type impactFinding struct {
	Dossier string
	Finding austauschbar.Finding
}

// HiddenAdded counts findings that come and are not shown.
func (v impactView) HiddenAdded() int { return v.AddedTotal - len(v.Added) }

// HiddenRemoved counts findings that go and are not shown.
func (v impactView) HiddenRemoved() int { return v.RemovedTotal - len(v.Removed) }

// Impact writes what a change of the policies does to a corpus, whose reviews were
// filled. Its error says when the format is none of ours.
func (words *Words) Impact(out io.Writer, format Format, impact austauschbar.Impact, options Options) error {
	return words.report(out, format, report{"impact", "impact", viewOf(impact), impact}, options)
}

func viewOf(impact austauschbar.Impact) impactView {
	v := impactView{Impact: impact}
	for _, dossier := range impact.Dossiers {
		v.Rated += len(dossier.Ratings)
		for _, finding := range dossier.Added {
			v.Added = append(v.Added, impactFinding{shortPath(dossier.Path), finding})
		}
		for _, finding := range dossier.Removed {
			v.Removed = append(v.Removed, impactFinding{shortPath(dossier.Path), finding})
		}
	}
	v.AddedTotal, v.RemovedTotal = len(v.Added), len(v.Removed)
	for _, list := range []*[]impactFinding{&v.Added, &v.Removed} {
		slices.SortStableFunc(*list, func(a, b impactFinding) int {
			return cmp.Or(cmp.Compare(slices.Index(austauschbar.Severities, a.Finding.Severity), slices.Index(austauschbar.Severities, b.Finding.Severity)), cmp.Compare(a.Finding.Criterion, b.Finding.Criterion))
		})
		*list = (*list)[:min(len(*list), mostChanges)]
	}
	v.Shown = slices.Clone(impact.Dossiers)
	slices.SortStableFunc(v.Shown, func(a, b austauschbar.DossierImpact) int {
		return cmp.Compare(changesOf(b), changesOf(a)) // the most first
	})
	v.Shown = v.Shown[:min(len(v.Shown), mostDossiers)]
	for i := range v.Shown {
		v.Shown[i].Path = shortPath(v.Shown[i].Path)
	}
	v.Hidden = len(impact.Dossiers) - len(v.Shown)
	return v
}

// shortPath is the end of a path, so that a table fits the width of a comment.
func shortPath(whole string) string {
	folder, name := path.Split(whole)
	return path.Join(path.Base(folder), name)
}

func changesOf(dossier austauschbar.DossierImpact) int {
	return len(dossier.Added) + len(dossier.Removed) + len(dossier.Ratings)
}
