package templates

import (
	"bytes"
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/templates/browsertest"
)

// aRegister has all there can be, its names put to a text.
func aRegister(text string) austauschbar.Register {
	score, coverage := 54.25, 0.8
	return austauschbar.Register{
		Version: 1, Tool: austauschbar.Tool{Name: "austauschbar", Version: "1.0"}, Today: "2026-11-23",
		Entries: []austauschbar.RegisterEntry{
			{
				Kind: "both", Title: text, Path: text, Source: "a.json", Report: text + ".html", Regime: "vgv", Judged: "2026-11-23", Score: &score, Level: "C", Coverage: &coverage, Gate: "open",
				Headlines: []austauschbar.Headline{{ID: "exchangeability", Score: &score, Level: "C"}, {ID: "ai_openness"}},
				Parts:     &austauschbar.RegisterParts{Count: 7, Open: 4, Unknown: 1}, Situations: []string{"cloud", "poc"},
				Models: []austauschbar.RegisterModel{{Name: text, Licence: text, Open: "no"}, {Name: "llama", Open: "unknown"}},
				Notice: &austauschbar.BatchNotice{Authority: text, CPV: []string{"72000000", text}, Month: "2026-11"},
			},
			{Kind: "tender", Source: "b.jsonl", Judged: "2026-11-23", Coverage: new(float64), Gate: "closed"},
			{Kind: "software", Title: "Werkzeug", Source: "publiccode.yml", Software: &austauschbar.RegisterSoftware{
				URL: "https://example.org/werkzeug", Status: "stable", Licence: "EUPL-1.2", OpenSource: true,
				Categories: []string{"procurement", text}, UsedBy: []string{text}, Proprietary: []string{"Oracle Database", text},
			}},
			{Kind: "software", Title: text, Source: "x/publiccode.yml", Software: &austauschbar.RegisterSoftware{URL: "https://" + text, Status: text, Licence: text}},
		},
	}
}

func TestRegister(t *testing.T) {
	for _, language := range Languages() {
		words := load(t, language)
		var out bytes.Buffer
		if err := words.Register(&out, aRegister("Stadt <Musterstadt> & Co.")); err != nil {
			t.Fatal(err)
		}
		golden(t, "register."+language+".html", out.Bytes())
		if err := words.Register(&out, austauschbar.Register{}); err != nil {
			t.Errorf("of nothing: %v", err)
		}
	}
}

// The page runs its own script alone and loads nothing, whatever strangers wrote.
func TestRegisterHostile(t *testing.T) {
	acts := regexp.MustCompile(`(?i)<(script .|link|img|iframe|object|embed)|<[^>]*\ssrc=|@import|url\(|<[^>]*\son[a-z]+=|href="(javascript|data|//)`)
	words := load(t, "de")
	texts := map[string]string{"long": strings.Repeat("Ü", 1<<20), "right to left": "שלום <b>", "scheme": "javascript:alert(1)//", "no host": "//example.org/", "quotation": `" onload="x`}
	for name, text := range hostile {
		texts[name] = text
	}
	for name, text := range texts {
		t.Run(name, func(t *testing.T) {
			var page, data bytes.Buffer
			if err := words.Register(&page, aRegister(text)); err != nil {
				t.Fatal(err)
			}
			if found := acts.FindString(page.String()); found != "" || strings.Count(page.String(), "<script") != 1 {
				t.Errorf("the page holds %q and %d scripts", found, strings.Count(page.String(), "<script"))
			}
			shown := strings.ReplaceAll(page.String(), registerScript, "")
			for _, line := range strings.Split(shown, "\n") {
				checkVisible(t, line)
			}
			if err := RegisterJSON(&data, aRegister(text)); err != nil || !json.Valid(data.Bytes()) {
				t.Errorf("the JSON is broken: %v", err)
			}
		})
	}
}

// The register has no barriers that axe-core knows, in a browser with the script and in
// one without, and its script finds entries.
func TestReportRegisterInBrowser(t *testing.T) {
	source := axe(t)
	page := browsertest.Start(t)
	for _, language := range Languages() {
		var out bytes.Buffer
		if err := load(t, language).Register(&out, aRegister("Stadt <Musterstadt>, Amt für Öffentliche-Beschaffungsangelegenheiten")); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "index.html")
		if err := os.WriteFile(file, out.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		address := (&url.URL{Scheme: "file", Path: file}).String()
		for _, scheme := range []string{"light", "dark"} {
			for _, width := range []int{320, 1920} {
				page.Scheme(scheme)
				page.Width(width)
				page.Open(address)
				if asked := page.Requested(); len(asked) != 1 {
					t.Errorf("asks for %v", asked)
				}
				var wide int
				page.Evaluate("document.documentElement.scrollWidth", &wide)
				if wide > width {
					t.Errorf("%s: is %d pixels wide in a window of %d", language, wide, width)
				}
				for _, violation := range page.Violations(source) {
					t.Errorf("%s, %s, %d: %v", language, scheme, width, violation)
				}
			}
		}
		for query, want := range map[string]int{`"words", "werkzeug"`: 1, `"words", "MUSTER stadt"`: 3, `"words", "nirgends"`: 0, `"kind", "software"`: 2, `"level", ""`: 3, `"ai", "yes"`: 1} {
			page.Open(address)
			var shown, told int
			page.Evaluate(`((id, text) => { const e = document.getElementById(id); e.value = text; e.dispatchEvent(new Event("input", {bubbles: true}));
				return [...document.querySelectorAll("#entries > tr")].filter(r => r.checkVisibility()).length })(`+query+`)`, &shown)
			page.Evaluate(`Number(document.getElementById("shown").textContent)`, &told)
			if shown != want || told != want {
				t.Errorf("%s: %s shows %d and tells %d, want %d", language, query, shown, told, want)
			}
		}
		page.Do("Emulation.setScriptExecutionDisabled", map[string]any{"value": true}, nil)
		page.Open(address)
		page.Do("Emulation.setScriptExecutionDisabled", map[string]any{"value": false}, nil)
		var rows, controls int
		page.Evaluate(`[...document.querySelectorAll("#entries > tr")].filter(r => r.checkVisibility()).length`, &rows)
		page.Evaluate(`[...document.querySelectorAll("input, select")].filter(r => r.checkVisibility()).length`, &controls)
		if rows != 4 || controls != 0 {
			t.Errorf("without the script: %d rows and %d controls, want 4 and 0", rows, controls)
		}
	}
}
