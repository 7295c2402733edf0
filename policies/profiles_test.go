package policies

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/austauschbar/austauschbar"
)

// profileOf is the file of a profile that is complete but for what a test adds.
func profileOf(name, keys string) fstest.MapFS {
	return fstest.MapFS{profilePath(name): {Data: fmt.Appendf(nil, `{
  "title": "Stadt Beispiel", "version": "2.1.0", "owner": "Vergabestelle", "reviewed": "2026-11-26", "review_by": "2027-11-26",
  "changelog": [{"version": "2.1.0", "date": "2026-11-26", "change": "exit plans weigh more"}],
%s
}`, keys)}}
}

// The criteria that are built are what the register says of them.
func TestRegister(t *testing.T) {
	register, err := readRegister(Shipped())
	if err != nil {
		t.Fatal(err)
	}
	criteria, err := Catalogue(Shipped())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range criteria {
		want := register[c.ID]
		want.Applies = nil
		if diff := cmp.Diff(want, standing{Group: c.Group, Kind: c.Kind, Weight: c.Weight}); diff != "" {
			t.Errorf("%s (-register +METADATA):\n%s", c.ID, diff)
		}
	}
	for id, one := range register {
		if len(one.Applies) == 0 || one.Weight < 1 || one.Weight > 10 || one.Kind != "A" && one.Kind != "B" {
			t.Errorf("%s: %+v", id, one)
		}
	}
}

// What an authority's own profile comes to, as a review shows it.
func TestOwnProfile(t *testing.T) {
	t.Parallel()
	p, err := load(t, profileOf("stadt", `
  "extends": "tender-uvgo",
  "thresholds": {"coverage": 80},
  "criteria": {
    "EX-02": {"weight": 10},
    "IF-02": {"kind": "A"},
    "EX-05": {"weight": 7, "reason": "Der Betrieb ist durch Satzung festgelegt."},
    "CE-02": {"judged": false, "reason": "Verlängert wird bei uns nur durch Beschluss."},
    "EX-09": {"judged": false, "reason": "Die Kosten stehen im Haushalt."}
  }`))
	if err != nil {
		t.Fatal(err)
	}
	review, err := p.Judge(t.Context(), factsWith("exit_plan", "met"), "stadt", nil)
	if err != nil {
		t.Fatal(err)
	}
	want := austauschbar.Policy{Digest: p.Digest(), Profile: "stadt", ProfileVersion: "2.1.0", Today: "2026-11-23", LeftOut: []string{"CE-02", "EX-09"}, Eased: []string{"EX-05"}}
	if diff := cmp.Diff(want, review.Policy, cmp.Transformer("empty", func(list []string) string { return strings.Join(list, " ") })); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if review.Score.Needed != 0.8 {
		t.Errorf("%v of the weight are needed, want 0.8", review.Score.Needed)
	}
	for _, c := range review.Criteria {
		switch {
		case c.ID == "CE-02":
			t.Error("CE-02 is judged")
		case c.ID == "EX-02" && c.Weight != 10, c.ID == "IF-02" && c.Kind != "A", c.ID == "EX-05" && c.Weight != 7, c.ID == "EX-03" && c.Weight != 10:
			t.Errorf("%s weighs %v, kind %s", c.ID, c.Weight, c.Kind)
		}
	}
}

// Who asks for a criterion by its id wants it judged.
func TestOnlyPrevailsOverTheProfile(t *testing.T) {
	review, err := mustLoad(t).Judge(t.Context(), emptyFacts(), "architecture", []string{"CE-01"})
	if err != nil {
		t.Fatal(err)
	}
	if len(review.Criteria) != 1 || len(review.Policy.LeftOut) != 0 {
		t.Errorf("criteria %+v, left out %v", review.Criteria, review.Policy.LeftOut)
	}
}

// A profile whose owner should have looked at it again judges as before and says so.
func TestOverdueProfile(t *testing.T) {
	p := mustLoad(t)
	facts := factsWith("exit_plan", "met")
	before, err := p.Judge(t.Context(), facts, "federal", nil)
	if err != nil {
		t.Fatal(err)
	}
	facts.Today = "2031-01-01"
	after, err := p.Judge(t.Context(), facts, "federal", nil)
	if err != nil {
		t.Fatal(err)
	}
	if before.Policy.ProfileOverdue || !after.Policy.ProfileOverdue {
		t.Errorf("overdue %v in 2026, %v in 2031", before.Policy.ProfileOverdue, after.Policy.ProfileOverdue)
	}
	if diff := cmp.Diff(before.Score, after.Score); diff != "" {
		t.Errorf("the score (-2026 +2031):\n%s", diff)
	}
}

// A profile that would not do what it says does not start; the error names the file.
func TestWrongProfiles(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ keys, want string }{
		"unknown criterion":      {`"criteria": {"EX-22": {"weight": 9}}`, `line 4: there is no criterion "EX-22"; did you mean "EX-02"?`},
		"no criterion is near":   {`"criteria": {"Exit-Konzept": {"weight": 9}}`, `line 4: there is no criterion "Exit-Konzept"`},
		"misspelt key":           {`"criteria": {"EX-02": {"wieght": 9}}`, `line 4: unknown key "wieght"; did you mean "weight"?`},
		"weight of nothing":      {`"criteria": {"EX-02": {"weight": 0}}`, `line 4: criteria.EX-02.weight: minimum`},
		"kind":                   {`"criteria": {"EX-02": {"kind": "C"}}`, `line 4: criteria.EX-02.kind: `},
		"unknown parent":         {`"extends": "tender-vgf"`, `there is no profile "tender-vgf" to extend; did you mean "tender-`},
		"itself":                 {`"extends": "own"`, "extends in a circle: own, own"},
		"looser":                 {`"criteria": {"EX-02": {"weight": 8, "kind": "B"}}`, `EX-02: asks less by "kind" and states no reason; EX-02: asks less by "weight" and states no reason`},
		"looser than the parent": {`"extends": "federal", "criteria": {"MC-03": {"weight": 8}}`, `MC-03: asks less by "weight" and states no reason`},
		"lower bound":            {`"thresholds": {"coverage": 40}`, `thresholds: asks less by "coverage" and states no reason`},
		"bounds that rise":       {`"thresholds": {"levels": {"B": 95}}`, "thresholds: the levels do not fall from A to D"},
		"bound of nothing":       {`"thresholds": {"levels": {"E": 10}}`, `unknown key "E"`},
		"changelog":              {`"version": "3.0.0"`, "line 4: "}, // a key twice
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := load(t, profileOf("own", "  "+test.keys))
			if err == nil || !strings.Contains(err.Error(), test.want) || !strings.HasPrefix(err.Error(), "read profiles/own/data.json: ") {
				t.Errorf("error %v, want %q", err, test.want)
			}
		})
	}
	for name, test := range map[string]struct {
		over fstest.MapFS
		want string
	}{
		"empty":           {fstest.MapFS{profilePath("own"): {Data: []byte("{}")}}, "read profiles/own/data.json: line 1: missing properties"},
		"old changelog":   {fstest.MapFS{profilePath("own"): {Data: []byte(strings.Replace(string(profileOf("own", `"criteria": {}`)[profilePath("own")].Data), `"2.1.0"`, `"2.2.0"`, 1))}}, `line 3: the changelog does not begin with version "2.2.0"`},
		"another name":    {fstest.MapFS{"profiles/own/data.yaml": {Data: []byte("title: x")}}, "profiles/own/data.json"},
		"a circle of two": {fstest.MapFS{profilePath("a"): profileOf("a", `"extends": "b"`)[profilePath("a")], profilePath("b"): profileOf("b", `"extends": "a"`)[profilePath("b")]}, "read profiles/a/data.json: extends in a circle: a, b, a"},
		"register":        {fstest.MapFS{registerFile: {Data: []byte("7")}}, "read criteria/data.yaml: "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := load(t, test.over); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want %q", err, test.want)
			}
		})
	}
}

// A profile of an authority's own may name criteria that are not built yet, and those
// of its own.
func TestProfileNamesWhatIsNotThereYet(t *testing.T) {
	t.Parallel()
	register, err := readRegister(Shipped())
	if err != nil {
		t.Fatal(err)
	}
	var changes []string
	for _, id := range slices.Sorted(maps.Keys(register)) {
		changes = append(changes, fmt.Sprintf(`"%s": {"weight": 10}`, id))
	}
	over := own(`rating := "met" if count(input.topics.exit_plan) > 0`)
	maps.Copy(over, profileOf("own", `"criteria": {"IF-99": {"kind": "A"}, `+strings.Join(changes, ", ")+"}"))
	if _, err := load(t, over); err != nil {
		t.Error(err)
	}
}

// The profile for architectures leaves out just what only a tender can say.
func TestArchitecture(t *testing.T) {
	register, err := readRegister(Shipped())
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for id, one := range register {
		if !slices.Contains(one.Applies, "architecture") {
			want = append(want, id)
		}
	}
	slices.Sort(want)
	got := slices.Sorted(slices.Values(mustLoad(t).profiles["architecture"].leftOut))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-only in tenders +left out):\n%s", diff)
	}
}

// A trial has few gates, and none of the shipped profiles lowers a bound.
func TestShippedProfiles(t *testing.T) {
	p := mustLoad(t)
	register, err := readRegister(Shipped())
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"ai", "architecture", "federal", "municipal-starter", "poc", "tender-uvgo", "tender-vgv"}
	if diff := cmp.Diff(want, p.Profiles()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for name, profile := range p.profiles {
		if len(profile.lowerBounds) > 0 {
			t.Errorf("%s lowers %v", name, profile.lowerBounds)
		}
		if eases := len(profile.eased) > 0; eases != (name == "poc") {
			t.Errorf("%s eases %v", name, profile.eased)
		}
	}
	others := 0
	for id, one := range register {
		switch out := slices.Contains(p.profiles["municipal-starter"].leftOut, id); {
		case out && (one.Kind == "A" || one.Group == "ai"):
			t.Errorf("municipal-starter leaves out %s", id)
		case !out && one.Kind == "B" && one.Group != "ai":
			others++
		}
	}
	if others != 12 {
		t.Errorf("municipal-starter keeps %d criteria of kind B, and the pages say twelve", others)
	}
	var gates []string
	for _, id := range slices.Sorted(maps.Keys(register)) {
		if trial := p.profiles["poc"]; register[id].Kind == "A" && !slices.Contains(trial.eased, id) && !slices.Contains(trial.leftOut, id) {
			gates = append(gates, id)
		}
	}
	if diff := cmp.Diff([]string{"AI-01", "AI-08", "CE-10", "EX-03"}, gates); diff != "" {
		t.Errorf("gates of a trial (-want +got):\n%s", diff)
	}
}
