package lexicon

import (
	"bufio"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// catalogued returns the entries of the catalogue's files, without the licences
// that come from the SPDX list.
func catalogued(t *testing.T) map[string]Entry {
	t.Helper()
	entries := map[string]Entry{}
	for id, entry := range load(t).Entries {
		if !strings.HasPrefix(id, "spdx_") {
			entries[id] = entry
		}
	}
	return entries
}

// providers are those whose cloud services administrations use most.
var providers = []string{"amazon", "google", "ibm", "ionos_se", "microsoft", "oracle", "ovh", "sap_se", "schwarz_digits", "t_systems"}

// The catalogue names at least so many things of each sort; go test -v shows how many.
func TestCatalogueSize(t *testing.T) {
	isService := func(e Entry) bool {
		return e.Kind == "ai_model" && hasTag(e, "assistant", "ai_service") || e.Kind == "cloud_service" && hasTag(e, "ai", "managed_ai")
	}
	entries := catalogued(t)
	isCounted := func(e Entry) bool {
		return e.Kind == "cloud_service" && slices.Contains(providers, e.Vendor) &&
			slices.ContainsFunc(e.Alternatives, func(id string) bool { return entries[id].Open })
	}
	tests := map[string]struct {
		least  int
		counts func(Entry) bool
	}{
		"products and vendors":             {900, ofKind("product", "vendor")},
		"standards, protocols and formats": {250, ofKind("standard", "protocol", "format")},
		"cloud services with counterpart":  {120, isCounted},
		"AI models":                        {120, func(e Entry) bool { return e.Kind == "ai_model" && !isService(e) }},
		"AI services":                      {40, isService},
		"certificates and partner levels":  {60, ofKind("certificate")},
		"laws":                             {60, ofKind("law")},
		"entries that were looked up":      {420, func(e Entry) bool { return !e.Unverified }},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			count := 0
			for _, entry := range entries {
				if test.counts(entry) {
					count++
				}
			}
			t.Logf("%d, at least %d wanted", count, test.least)
			if count < test.least {
				t.Errorf("%d, want at least %d", count, test.least)
			}
		})
	}
}

func ofKind(kinds ...string) func(Entry) bool {
	return func(e Entry) bool { return slices.Contains(kinds, e.Kind) }
}

func hasTag(e Entry, tags ...string) bool {
	return slices.ContainsFunc(tags, func(tag string) bool { return slices.Contains(e.Tags, tag) })
}

// What an entry points to exists, and what it must say it says.
func TestCatalogueEntries(t *testing.T) {
	entries := catalogued(t)
	tests := map[string]func(id string, e Entry) (complaint string){
		"vendor exists": func(_ string, e Entry) string {
			if e.Vendor != "" && entries[e.Vendor].Kind != "vendor" {
				return "vendor " + e.Vendor + " is no vendor"
			}
			return ""
		},
		"alternatives exist": func(id string, e Entry) string {
			for _, other := range e.Alternatives {
				if _, known := entries[other]; !known || other == id {
					return "alternative " + other + " is unknown or the entry itself"
				}
			}
			return ""
		},
		"what it speaks and exports exists": func(_ string, e Entry) string {
			for _, id := range append([]string{e.Speaks}, e.Exports...) {
				if id != "" && !slices.Contains([]string{"protocol", "standard", "format"}, entries[id].Kind) {
					return id + " is neither protocol nor format"
				}
			}
			return ""
		},
		"successor exists": func(_ string, e Entry) string {
			if hasTag(e, "superseded") != (e.Successor != "") {
				return "has the tag superseded without a successor, or the other way round"
			}
			return successorOf(entries, e)
		},
		"royalty terms":           wantRoyalty,
		"definitions of openness": wantOpenBy,
		"somebody stands behind it": func(_ string, e Entry) string {
			governed := !slices.Contains([]string{"vendor", "certificate"}, e.Kind)
			if governed && e.Vendor == "" && e.GovernedBy == "" {
				return "has neither vendor nor governing body"
			}
			return ""
		},
		"source and day": func(_ string, e Entry) string {
			_, err := time.Parse(time.DateOnly, e.Checked)
			if err != nil || !strings.HasPrefix(e.Source, "https://") && !strings.HasPrefix(e.Source, "http://") {
				return "source " + e.Source + " or day " + e.Checked + " is none"
			}
			return ""
		},
		"function in both languages": func(_ string, e Entry) string {
			described := slices.Contains([]string{"product", "cloud_service", "ai_model"}, e.Kind)
			if described && (e.Function["de"] == "" || e.Function["en"] == "") {
				return "says not in both languages what it does"
			}
			return ""
		},
		"licence": func(_ string, e Entry) string {
			licensed := slices.Contains([]string{"product", "cloud_service", "ai_model"}, e.Kind)
			if licensed && (!e.Open && e.Licence == "" || e.Open && e.Licence == "proprietary") {
				return "is called open or not against its licence " + strconv.Quote(e.Licence)
			}
			return ""
		},
		"managed services name a counterpart": func(_ string, e Entry) string {
			managed := slices.ContainsFunc(e.Tags, func(tag string) bool { return strings.HasPrefix(tag, "managed_") })
			if managed && !e.Open && len(e.Alternatives) == 0 {
				return "names no open counterpart"
			}
			return ""
		},
		"parts of AI models": wantParts,
	}
	for name, complaint := range tests {
		t.Run(name, func(t *testing.T) {
			for id, entry := range entries {
				if said := complaint(id, entry); said != "" {
					t.Errorf("%s: %s", id, said)
				}
			}
		})
	}
}

// successorOf follows an entry's successors and complains of one that is unknown, of
// another kind of thing, or comes back to where it began.
func successorOf(entries map[string]Entry, e Entry) (complaint string) {
	passed := map[string]bool{}
	for id := e.Successor; id != ""; id = entries[id].Successor {
		if passed[id] || !isSpecification(entries[id]) {
			return "successor " + id + " is unknown, no specification or its own successor"
		}
		passed[id] = true
	}
	return ""
}

func isSpecification(e Entry) bool {
	return slices.Contains([]string{"standard", "protocol", "format"}, e.Kind)
}

func wantRoyalty(_ string, e Entry) string {
	known := slices.Contains([]string{"free", "rand", "disclosed", "by_specification", "none_known", "unknown"}, e.Royalty)
	if isSpecification(e) != known || !known && e.Royalty != "" {
		return "royalty is " + strconv.Quote(e.Royalty)
	}
	return ""
}

// wantOpenBy asks of every specification at least one definition, none or unknown, and
// that none agrees with open.
func wantOpenBy(_ string, e Entry) string {
	if isSpecification(e) != (len(e.OpenBy) > 0) {
		return "names definitions of openness and is no specification, or the other way round"
	}
	for _, definition := range e.OpenBy {
		switch {
		case !slices.Contains([]string{"eif", "openstand", "eu_1025", "none", "unknown"}, definition):
			return "is open by the unknown definition " + definition
		case len(e.OpenBy) > 1 && (definition == "none" || definition == "unknown"):
			return "is open by " + definition + " and by another definition"
		}
	}
	if isSpecification(e) && !e.Open && e.OpenBy[0] != "none" {
		return "is open by a definition, but not called open"
	}
	return ""
}

// wantParts asks how open the weights, the code, the data and the licence of a model or
// service are; external is what a service takes from a model of somebody else.
func wantParts(_ string, e Entry) string {
	if e.Kind != "ai_model" {
		return ""
	}
	for _, part := range []string{"weights", "code", "data", "licence"} {
		if e.Parts[part] == "" {
			return "does not say how open its " + part + " is"
		}
	}
	for part, openness := range e.Parts {
		external := openness == "external" && (part == "weights" || part == "data") && hasTag(e, "assistant", "ai_service")
		if !external && !slices.Contains([]string{"open", "restricted", "closed"}, openness) {
			return part + " is " + openness
		}
	}
	if weights := e.Parts["weights"]; e.Open && weights != "external" && weights != "open" {
		return "is open, but its weights are " + weights
	}
	if e.Open != (e.Parts["licence"] == "open") {
		return "is called open or not against its licence"
	}
	return ""
}

// Suggestions put an entry's function in place of its name: it names no product itself
// and begins without an article.
func TestCatalogueFunctions(t *testing.T) {
	l := load(t)
	scanner := l.Matcher.NewScanner()
	articles := []string{"ein", "eine", "einen", "der", "die", "das", "a", "an", "the"}
	for id, entry := range catalogued(t) {
		for language, function := range entry.Function {
			if first, _, _ := strings.Cut(function, " "); slices.Contains(articles, strings.ToLower(first)) || strings.HasSuffix(function, ".") {
				t.Errorf("%s: %q is no noun phrase without article", id, function)
			}
			for _, hit := range l.Read(scanner, function, language).Names {
				if named := l.Entries[hit.ID]; named.Kind != "standard" && named.Kind != "protocol" && named.Kind != "format" {
					t.Errorf("%s: %q names %s", id, function, hit.ID)
				}
			}
		}
	}
}

// Two entries share a spelling only where context tells them apart.
func TestCatalogueSpellings(t *testing.T) {
	type owner struct {
		id, alias string
		context   []string // nil for an alias that needs none
	}
	owners := map[string]owner{}
	claim := func(t *testing.T, spelling string, next owner) {
		other, taken := owners[spelling]
		if taken && other.id != next.id && (other.context == nil || next.context == nil || slices.Equal(other.context, next.context)) {
			t.Errorf("%s and %s both claim %q", other.id, next.id, next.alias)
		}
		owners[spelling] = next
	}
	for id, entry := range catalogued(t) {
		for _, alias := range entry.Aliases {
			for _, f := range nameForms(alias) {
				claim(t, f.text+"\x00"+f.exact, owner{id, alias, nil})
			}
		}
		for _, alias := range entry.Proper {
			claim(t, foldWords(alias)+"\x00"+alias, owner{id, alias, nil})
		}
		for _, alias := range entry.Ambiguous {
			claim(t, foldWords(alias)+"\x00"+alias, owner{id, alias, entry.Context})
		}
	}
}

// A name that is also an everyday word counts only with context. The list holds
// words of both languages that products like to be named after.
func TestCatalogueEverydayWords(t *testing.T) {
	everyday := everydayWords(t)
	for id, entry := range catalogued(t) {
		for _, alias := range entry.Aliases {
			if word := foldWords(alias); everyday[word] && !strings.ContainsAny(alias, "+#.") {
				t.Errorf("%s: %q is an everyday word and belongs under ambiguous", id, alias)
			} else if everyday[word+"s"] && !strings.ContainsAny(alias, ".") && !entry.Uninflected {
				t.Errorf("%s: %qs is an everyday word and no genitive: the name is uninflected", id, alias)
			}
		}
	}
}

func everydayWords(t *testing.T) map[string]bool {
	t.Helper()
	file, err := os.Open("testdata/everyday.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	words := map[string]bool{}
	for lines := bufio.NewScanner(file); lines.Scan(); {
		for _, word := range strings.Fields(lines.Text()) {
			words[foldWords(strings.ReplaceAll(word, "_", " "))] = true
		}
	}
	return words
}

// Prose that is not about information technology names nothing of the catalogue.
func TestCatalogueProse(t *testing.T) {
	l := load(t)
	tests := map[string]string{
		"council, German":     "Der Rat tagt am Mittwoch in der Aula. Die Rubrik „Aus den Ortsteilen“ entfällt, weil Eric und Hubert Albert verreist sind. Der Eiserne Vorhang fiel, Wort für Wort und Word für Word.",
		"kitchen, German":     "Auf dem Markt gibt es Perlen und Kirschen, Kaffee aus Übersee nur am Samstag, dazu einen Granit als Tisch. Die Elster baut ihr Nest, der Maulwurf gräbt, und das Team trinkt Chai mit Zimt.",
		"travel, German":      "Die Safari führte durch Access Road und Central Park, die Teams wechselten sich ab, der Ausblick war weit. Auf Basis Web und Tuch entstand ein Kleid.",
		"school, German":      "Im Outlook der Wirtschaftsweisen steht nichts Neues. Das Projekt läuft, ein Exchange mit Schülern aus Kanada folgt, und das Sommerfest endet mit einem Swing-Abend.",
		"newspaper, English":  "The committee must now assist the service workers who go to work by bus. Cognizant of the risk, it made a tenable plan, drew a map; apps were not discussed. Let us sign me up, she said, and vote it down.",
		"garden, English":     "A svelte heron stood at the edge of the pond. The chef added flask after flask of oil, the puppet show began, and a rancher told of the spring, the slack tide and the signal fire.",
		"museum, English":     "In toto the pure storage costs of the archive rose. The data domain of the curators is the oracle of Delphi, its granite steps, the azalea and the jenkins family papers.",
		"theatre, English":    "Playwright and Puppeteer met in jest. Jasmine wore a Uniform, the Mosaic by the Protractor was Prettier, and Babel, Delphi and Kronos were one Expo of Electron and Cypress.",
		"market, German":      "Celery und Mocha, dazu Karma: Locust frisst Yarn, Struts und Loki spielen Qt, Munis und Miro sehen Vagrant, Packer tragen den Capacitor. Jest ist Vite, Sentry ist Dapper.",
		"page speed, English": "First Contentful Paint stays below 1.5 s, Largest Contentful Paint below 2.5 s; a contentful first paint counts more than the first meaningful paint.",
		"page speed, German":  "Der First Contentful Paint liegt unter 1,5 Sekunden, der Largest Contentful Paint unter 2,5 Sekunden.",
		"canvas, German":      "Der Bericht entsteht in einem editierbaren Report-Canvas. Die Zeichenfläche nutzt Canvas-Elemente und ein Business-Model-Canvas für Grafiken und Präsentationen.",
		"canvas, English":     "The report is edited on a canvas; canvases can be exported as images for presentations. The graphics use the canvas element.",
		"screens, English":    "A segment of the route is drawn as a linear box with a front edge, a beacon in each corner and a slack line between; render time per loop and wave stays short, and a fly-out shows the notion of a buddy.",
		"transport, English":  "The railway, the harbor and the drone pilots report each storm; a spark at the shield wakes the guardian and the sentry at the gate.",
		"screens, German":     "Jedes Segment der Front wird als Box gezeichnet, ein Beacon steht am Rand, der Loop läuft in einer Wave weiter; der Buddy hilft neuen Mitgliedern, die Drohne (Drone) filmt den Storm am Harbor.",
		"sports, English":     "Both teams had access to the word of the referee. Excel at what you do, go far, and take the project to the next level with an easy archive of results and insights.",
	}
	scanner := l.Matcher.NewScanner()
	for name, text := range tests {
		t.Run(name, func(t *testing.T) {
			for _, sentence := range l.Sentences(text) {
				for _, hit := range l.Read(scanner, sentence, "").Names {
					if hit.Side != SideAmbiguous {
						t.Errorf("%q is read as %s in %q", sentence[hit.Start:hit.End], hit.ID, sentence)
					}
				}
			}
		})
	}
}

// Licences of the SPDX list bear the catalogue's tag where the Open Source Initiative
// approved them; a rule need not know which list a licence came from.
func TestLicencesOfTheListAreTagged(t *testing.T) {
	entries := load(t).Entries
	for id, want := range map[string]bool{"spdx_eupl-1.2": true, "spdx_apache-2.0": true, "spdx_busl-1.1": false} {
		entry, ok := entries[id]
		if !ok {
			t.Errorf("%s: no such licence", id)
		}
		if got := hasTag(entry, "open_source"); got != want {
			t.Errorf("%s: open source %t, want %t", id, got, want)
		}
	}
}
