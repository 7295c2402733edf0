package policies

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/rego"

	"github.com/austauschbar/austauschbar"
)

// A method is what the documentation tells of the rules, read from the rules.
type method struct {
	register   map[string]standing
	built      int
	policies   *Policies
	confidence decided

	Marks      map[string]float64 `json:"marks"`
	Major      float64            `json:"major"`
	Order      []string           `json:"order"`  // of headlines
	Groups     []string           `json:"groups"` // in order
	Thresholds struct {
		Coverage float64            `json:"coverage"`
		Levels   map[string]float64 `json:"levels"`
	} `json:"thresholds"`
	Headlines map[string]struct {
		Share       float64 `json:"share"`
		ShareWithAI float64 `json:"share_with_ai"`
	} `json:"headlines"`
}

func readMethod(t *testing.T) method {
	t.Helper()
	m := method{policies: mustLoad(t)}
	m.built = len(m.policies.criteria)
	var err error
	if m.register, err = readRegister(Shipped()); err != nil {
		t.Fatal(err)
	}
	if _, err := readTable(Shipped(), decidedFile, &m.confidence); err != nil {
		t.Fatal(err)
	}
	results, err := rego.New(rego.Compiler(m.policies.compiler), rego.Query(`rules := {
	"marks": data.policies.scoring._marks,
	"major": data.policies.scoring._major,
	"order": data.policies.scoring._headline_order,
	"groups": data.policies.scoring._group_order,
	"thresholds": data.policies.scoring.thresholds,
	"headlines": data.policies.scoring._headlines,
}`)).Eval(t.Context())
	if err != nil || len(results) != 1 {
		t.Fatalf("%d results, error %v", len(results), err)
	}
	if err := recode(results[0].Bindings["rules"], &m); err != nil {
		t.Fatal(err)
	}
	return m
}

func (m method) ofKind(kind string) int {
	count := 0
	for _, one := range m.register {
		if one.Kind == kind {
			count++
		}
	}
	return count
}

// shares are those of the headlines, "40 / 25 / 35"; what has none is left out.
func (m method) shares(with bool) string {
	var shares []string
	for _, id := range m.Order {
		share := m.Headlines[id].Share
		if with {
			share = m.Headlines[id].ShareWithAI
		}
		if share > 0 {
			shares = append(shares, fmt.Sprint(share))
		}
	}
	return strings.Join(shares, " / ")
}

// A voice is how a language puts what the pages have in common.
type voice struct {
	scoring, profiles, decimal, overall string
	ratings, headlines, groups, titles  map[string]string // by id, as the page says it
	none                                string            // extends no profile
}

var voices = map[string]voice{
	"en": {
		scoring: "../docs/scoring.md", profiles: "../docs/profiles.md", decimal: ".", overall: "overall", none: "none",
		ratings:   map[string]string{"met": "met", "partly": "partly", "not_met": "not met", "not_applicable": "not applicable", "not_evidenced": "not evidenced"},
		headlines: map[string]string{"exchangeability": "exchangeability", "open_interfaces": "open interfaces", "lock_in_risk": "lock-in risk"},
		groups:    map[string]string{"exchangeability": "ability to switch", "interfaces": "open interfaces", "lock_in": "supplier ties", "contract": "contract and exit", "neutrality": "product neutrality", "community": "maintenance and community", "ai": "AI openness"},
		titles:    map[string]string{"tender-vgv": "tenders above the EU threshold", "tender-uvgo": "tenders below it", "architecture": "solution architectures, without a tender", "poc": "proofs of concept", "ai": "tenders in which AI is bought", "federal": "tenders of federal authorities", "municipal-starter": "the first reviews of a municipality"},
	},
	"de": {
		scoring: "../docs/de/bewertung.md", profiles: "../docs/de/bewertung.md", decimal: ",", overall: "Gesamt", none: "keinem",
		ratings:   map[string]string{"met": "erfüllt", "partly": "teilweise erfüllt", "not_met": "nicht erfüllt", "not_applicable": "trifft nicht zu", "not_evidenced": "nicht nachgewiesen"},
		headlines: map[string]string{"exchangeability": "Austauschbarkeit", "open_interfaces": "Offene Schnittstellen", "lock_in_risk": "Lock-in-Risiko"},
		groups:    map[string]string{"exchangeability": "Wechselfähigkeit", "interfaces": "Offene Schnittstellen", "lock_in": "Anbieterbindung", "contract": "Vertrag und Ausstieg", "neutrality": "Produktneutralität", "community": "Wartung und Community", "ai": "Offenheit der KI"},
		titles:    map[string]string{"tender-vgv": "Vergaben ab dem EU-Schwellenwert", "tender-uvgo": "Vergaben darunter", "architecture": "Lösungsarchitekturen ohne Vergabe", "poc": "Erprobungen (Proof of Concept)", "ai": "Vergaben, in denen KI beschafft wird", "federal": "Vergaben von Bundesbehörden", "municipal-starter": "die ersten Prüfungen einer Kommune"},
	},
}

func (v voice) number(value float64, decimals int) string {
	return strings.Replace(strconv.FormatFloat(value, 'f', decimals, 64), ".", v.decimal, 1)
}

func (v voice) share(value float64) string {
	return strings.TrimSuffix(v.number(100*value, 1), v.decimal+"0") + " %"
}

// page reads a page as one line, since sentences break anywhere.
func page(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(string(data)), " ")
}

func wantIn(t *testing.T, name string, sentences ...string) {
	t.Helper()
	text := page(t, name)
	for _, sentence := range sentences {
		if !strings.Contains(text, strings.Join(strings.Fields(sentence), " ")) {
			t.Errorf("%s does not say, as the rules do: %s", name, sentence)
		}
	}
}

// What the pages say of the method is what the rules say.
func TestNumbersOfTheMethod(t *testing.T) {
	m := readMethod(t)
	levels, weights := m.Thresholds.Levels, []float64{}
	for _, one := range m.register {
		weights = append(weights, one.Weight)
	}
	wantIn(t, "../docs/scoring.md",
		fmt.Sprintf("The catalogue has %d criteria, %d of kind A (they open the gate) and %d of kind B (scored only), with weights from %v to %v. %d are built so far", len(m.register), m.ofKind("A"), m.ofKind("B"), slices.Min(weights), slices.Max(weights), m.built),
		fmt.Sprintf("met (%v), partly (%v), not met (%v)", m.Marks["met"], m.Marks["partly"], m.Marks["not_met"]),
		fmt.Sprintf("Below %v %% the score is provisional", m.Thresholds.Coverage),
		fmt.Sprintf("weighs them %s, with AI %s", m.shares(false), m.shares(true)),
		fmt.Sprintf("A from %v, B from %v, C from %v, D from %v, else E", levels["A"], levels["B"], levels["C"], levels["D"]),
		fmt.Sprintf("(not met, weight %v or more)", m.Major),
		fmt.Sprintf("Below the bound, %v,", *m.confidence.Bound),
		fmt.Sprintf("and %v is used: a finding still", *m.confidence.Unmeasured),
		fmt.Sprintf("%v for a plain finding, %v where it rests on something that the dossier does not say, %v for what the rule asks anyway", m.confidence.Certainty["sure"], m.confidence.Certainty["likely"], m.confidence.Certainty["unsure"]),
	)
	wantIn(t, "../docs/de/bewertung.md",
		fmt.Sprintf("Der Katalog umfasst %d Kriterien, davon %d der Art A (Muss-Kriterien) und %d der Art B (nur bewertet), mit Gewichten von %v bis %v. Umgesetzt sind bisher %d Kriterien", len(m.register), m.ofKind("A"), m.ofKind("B"), slices.Min(weights), slices.Max(weights), m.built),
		fmt.Sprintf("erfüllt (%v), teilweise erfüllt (%v), nicht erfüllt (%v)", m.Marks["met"], m.Marks["partly"], m.Marks["not_met"]),
		fmt.Sprintf("Unter %v %% ist das Ergebnis vorläufig", m.Thresholds.Coverage),
		fmt.Sprintf("gewichtet sie %s, mit KI %s", m.shares(false), m.shares(true)),
		fmt.Sprintf("A ab %v, B ab %v, C ab %v, D ab %v, sonst E", levels["A"], levels["B"], levels["C"], levels["D"]),
		fmt.Sprintf("(nicht erfüllt, Gewicht ab %v)", m.Major),
	)
	wantIn(t, "../docs/de/vergabestellen.md",
		fmt.Sprintf("Weniger als %v %% sind belegt", m.Thresholds.Coverage),
		fmt.Sprintf("| A | ab %v |", levels["A"]), fmt.Sprintf("| B | ab %v |", levels["B"]), fmt.Sprintf("| C | ab %v |", levels["C"]), fmt.Sprintf("| D | ab %v |", levels["D"]), fmt.Sprintf("| E | unter %v |", levels["D"]),
	)
	wantIn(t, "../docs/profiles.md", fmt.Sprintf("All %d ids of the catalogue may be named", len(m.register)))
	for language, v := range voices {
		for _, group := range m.Groups {
			count, gates, weight, prefix := 0, 0, 0.0, ""
			for id, one := range m.register {
				if one.Group != group {
					continue
				}
				count, weight, prefix = count+1, weight+one.Weight, id[:2]
				if one.Kind == "A" {
					gates++
				}
			}
			wantIn(t, v.scoring, fmt.Sprintf("| %s | %s | %d | %d | %v |", v.groups[group], prefix, count, gates, weight))
		}
		if len(v.groups) != len(m.Groups) {
			t.Errorf("%s: %d groups, want %d", language, len(v.groups), len(m.Groups))
		}
	}
}

// What the pages say of the shipped profiles is what these come to.
func TestNumbersOfProfiles(t *testing.T) {
	m := readMethod(t)
	ids := slices.Sorted(maps.Keys(m.register))
	written, err := readProfiles(Shipped(), ids)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range voices {
		for _, name := range m.policies.Profiles() {
			profile, extends := m.policies.profiles[name], v.none
			if parent := written[name].Extends; parent != "" {
				extends = "`" + parent + "`"
			}
			wantIn(t, v.profiles, fmt.Sprintf("| `%s` | %s | %s | %d | %d |", name, v.titles[name], extends, len(profile.leftOut), len(profile.eased)))
		}
	}
}

// The profile that the page shows is one.
func TestShownProfile(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("../docs/profiles.md")
	if err != nil {
		t.Fatal(err)
	}
	_, shown, _ := strings.Cut(string(data), "```json\n")
	shown, _, _ = strings.Cut(shown, "```")
	over := profileOf("stadt", `"criteria": {}`)
	over[profilePath("stadt")].Data = []byte(shown)
	p, err := load(t, over)
	if err != nil {
		t.Fatal(err)
	}
	if got := p.profiles["stadt"]; got.version != "1.1.0" || !slices.Equal(got.eased, []string{"EX-05"}) {
		t.Errorf("profile %+v", got)
	}
}

// row is a line of the worked example.
var row = regexp.MustCompile(`(?m)^\| ([A-Z]{2}-\d\d) \| ([AB]) \| (\d+) \| ([^|]+) \| (\d*) ?\|$`)

// The worked example, in every language, comes out as the page says.
func TestWorkedExample(t *testing.T) {
	m := readMethod(t)
	for language, v := range voices {
		t.Run(language, func(t *testing.T) {
			data, err := os.ReadFile(v.scoring)
			if err != nil {
				t.Fatal(err)
			}
			rows := row.FindAllStringSubmatch(string(data), -1)
			if len(rows) != 15 {
				t.Fatalf("the example has %d rows, want 15", len(rows))
			}
			review := m.score(t, v, rows, false)
			points := map[string]float64{}
			for _, c := range review.Criteria {
				points[c.ID] = c.Points
				if c.Gain > 0 {
					wantIn(t, v.scoring, fmt.Sprintf("| %s | +%s |", c.ID, v.number(c.Gain, 1)))
				}
			}
			for _, cells := range rows {
				want := ""
				if cells[4] != v.ratings["not_evidenced"] && cells[4] != v.ratings["not_applicable"] {
					want = fmt.Sprint(points[cells[1]])
				}
				if cells[5] != want {
					t.Errorf("%s: %q points, want %q", cells[1], cells[5], want)
				}
			}
			wantIn(t, v.scoring, fmt.Sprintf("| **%s** | **%s** | **%s** | **%s** |", v.overall, v.number(*review.Score.Overall, 1), review.Score.Level, v.share(review.Score.Coverage)))
			for _, headline := range review.Headlines {
				wantIn(t, v.scoring, fmt.Sprintf("| %s | %s | %s | %s |", v.headlines[headline.ID], v.number(*headline.Score, 1), headline.Level, v.share(headline.Coverage)))
			}
			if !slices.Equal(review.Score.OpenGates, []string{"LI-06"}) {
				t.Errorf("open are %v, and the page says LI-06", review.Score.OpenGates)
			}
			complete := m.score(t, v, rows, true)
			for id, sum := range map[string]string{"open_interfaces": "100 × 135 / 320 = ", "exchangeability": "100 × 330 / 530 = "} {
				i := slices.IndexFunc(complete.Headlines, func(h austauschbar.Headline) bool { return h.ID == id })
				wantIn(t, v.scoring, sum+v.number(*complete.Headlines[i].Score, 1))
			}
			if complete.Score.Coverage != 1 {
				t.Errorf("coverage %v where all is there", complete.Score.Coverage)
			}
		})
	}
}

// score has the scoring policy judge the rows of the example.
func (m method) score(t *testing.T, v voice, rows [][]string, complete bool) scored {
	t.Helper()
	var criteria []criterion
	var verdicts []verdict
	for _, cells := range rows {
		id, own := cells[1], m.register[cells[1]]
		if cells[2] != own.Kind || cells[3] != fmt.Sprint(own.Weight) {
			t.Errorf("%s is of kind %s and weighs %v, not %s and %s", id, own.Kind, own.Weight, cells[2], cells[3])
		}
		var said verdict
		switch rating := keyOf(v.ratings, cells[4]); rating {
		case "":
			t.Errorf("%s: there is no rating %q", id, cells[4])
		case austauschbar.NotApplicable:
			said.NotApplicable = []string{"example"}
		case austauschbar.NotEvidenced:
		default:
			said.Rating = []string{rating}
			said.Evidence = []austauschbar.Evidence{{Path: "example.md"}}
			if rating != austauschbar.Met {
				said.Findings = []finding{{Criterion: id}}
			}
		}
		criteria = append(criteria, criterion{Criterion: austauschbar.Criterion{ID: id, Group: own.Group, Kind: own.Kind, Weight: own.Weight}})
		verdicts = append(verdicts, said)
	}
	facts := emptyFacts()
	facts.Dossier.Complete = &austauschbar.Known[bool]{Value: complete, Source: "declared"}
	result, err := m.policies.score(t.Context(), facts, false, m.policies.profiles["tender-vgv"], criteria, verdicts, waived{})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// ratio is "100 × 330 / 450 = 73,3" or "45 / (45 + 8) = 84,9 %".
var ratio = regexp.MustCompile(`(?:100 × )?(\d+) / (?:(\d+)|\((\d+) \+ (\d+)\)) = (\d+[.,]\d)`)

// weighted is "0.40 × 73.33 + 0.25 × 54.00 + 0.35 × 65.15 = 65.6", taken apart by its
// spaces.
var weighted = regexp.MustCompile(`0[.,]\d\d × \S+ \+ \S+ × \S+ \+ \S+ × \S+ = \d+[.,]\d`)

// What the pages work out step by step is right.
func TestSteps(t *testing.T) {
	for language, v := range voices {
		sum, parts := 0.0, strings.Fields(strings.ReplaceAll(weighted.FindString(page(t, v.scoring)), ",", "."))
		for i := 0; i+2 < len(parts); i += 4 {
			share, _ := strconv.ParseFloat(parts[i], 64)
			score, _ := strconv.ParseFloat(parts[i+2], 64)
			sum += share * score
		}
		if len(parts) != 13 || strconv.FormatFloat(sum, 'f', 1, 64) != parts[12] {
			t.Errorf("%s: %v, want %.1f", v.scoring, parts, sum)
		}
		steps := ratio.FindAllStringSubmatch(page(t, v.scoring), -1)
		if len(steps) < 6 {
			t.Errorf("%s: %d steps, want at least 6", language, len(steps))
		}
		for _, step := range steps {
			var n [4]float64
			for i, digits := range step[1:5] {
				n[i], _ = strconv.ParseFloat(digits, 64) // one way to write the divisor is left out, and adds 0
			}
			if want := v.number(100*n[0]/(n[1]+n[2]+n[3]), 1); step[5] != want {
				t.Errorf("%s: %s, want %s", v.scoring, step[0], want)
			}
		}
	}
}

func keyOf(words map[string]string, word string) string {
	for key, value := range words {
		if value == word {
			return key
		}
	}
	return ""
}

var (
	counted = regexp.MustCompile(`(?i)\b(\d+) (?:criteria|kriterien)\b`)
	weighed = regexp.MustCompile(`\b([A-Z]{2}-\d\d) \((?:weight |Gewicht )?(\d+)\)`)
	named   = regexp.MustCompile(`\b(?:EX|IF|LI|CE|NE|MC|AI)-\d\d\b`)
	// A tutorial has its reader make a criterion, with an id that is still free.
	making = regexp.MustCompile(`austauschbar new criterion \S+ --id ([A-Z]{2}-\d\d)\b`)
)

// Wherever the documentation counts criteria, weighs or names one, it is as the rules
// have it.
func TestNumbersInPassing(t *testing.T) {
	m := readMethod(t)
	counts := []string{fmt.Sprint(len(m.register)), fmt.Sprint(m.built)}
	for _, name := range documentation(t) {
		text := page(t, name)
		madeUp := []string{"EX-22"} // misspelt, to show what is said then
		for _, found := range making.FindAllStringSubmatch(text, -1) {
			if _, taken := m.register[found[1]]; taken {
				t.Errorf("%s makes %s, which is taken", name, found[1])
			}
			madeUp = append(madeUp, found[1])
		}
		for _, found := range counted.FindAllStringSubmatch(text, -1) {
			if !slices.Contains(counts, found[1]) {
				t.Errorf("%s: %q; there are to be %s and built are %s", name, found[0], counts[0], counts[1])
			}
		}
		for _, found := range weighed.FindAllStringSubmatch(text, -1) {
			if weight := fmt.Sprint(m.register[found[1]].Weight); weight != found[2] {
				t.Errorf("%s: %q; it weighs %s", name, found[0], weight)
			}
		}
		for _, id := range named.FindAllString(text, -1) {
			if _, ok := m.register[id]; !ok && !slices.Contains(madeUp, id) {
				t.Errorf("%s names %s, which is no criterion", name, id)
			}
		}
	}
}

// documentation lists the pages, from this folder.
func documentation(t *testing.T) []string {
	t.Helper()
	pages, err := filepath.Glob("../*.md")
	if err != nil {
		t.Fatal(err)
	}
	err = filepath.WalkDir("../docs", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && filepath.Ext(name) == ".md" {
			pages = append(pages, name)
		}
		return err
	})
	if err != nil || len(pages) < 10 {
		t.Fatalf("%d pages, error %v", len(pages), err)
	}
	return pages
}
