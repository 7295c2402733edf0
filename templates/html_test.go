package templates

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"iter"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar"
)

var (
	styleElement = regexp.MustCompile(`(?s)<style>(.*?)</style>`)
	styleDigest  = regexp.MustCompile(`style-src 'sha256-([^']*)'`)
)

// withoutStyle puts marks in the places of a page's style and of the digest by which
// browsers know it, so that goldens tell what changed on the page. The digest, where
// the page has one, must be that of the style.
func withoutStyle(t *testing.T, page []byte) []byte {
	t.Helper()
	style := styleElement.FindSubmatch(page)
	if style == nil {
		t.Fatal("the page has no style")
	}
	sum := sha256.Sum256(style[1])
	if digest := styleDigest.FindSubmatch(page); digest != nil && string(digest[1]) != base64.StdEncoding.EncodeToString(sum[:]) {
		t.Errorf("the digest %s is that of another style", digest[1])
	}
	page = styleElement.ReplaceAllLiteral(page, []byte("<style>…</style>"))
	return styleDigest.ReplaceAllLiteral(page, []byte("style-src 'sha256-…'"))
}

func textsOf(texts []austauschbar.DocumentText) iter.Seq2[austauschbar.DocumentText, error] {
	return func(yield func(austauschbar.DocumentText, error) bool) {
		for _, text := range texts {
			if !yield(text, nil) {
				return
			}
		}
	}
}

// someTexts are what the fixture's documents could hold, with passages that it quotes.
func someTexts() []austauschbar.DocumentText {
	database := "Die Datenhaltung erfolgt in Oracle Database 19c; vorhandene Skripte | Makros @it-betrieb #40 sind zu übernehmen."
	return []austauschbar.DocumentText{
		{Path: "Leistungsbeschreibung.docx", Text: austauschbar.Text{Passages: []austauschbar.Passage{
			{Kind: austauschbar.Heading, Level: 1, Number: "3", Text: "Systeme <alt> & neu", Paragraph: 38},
			{Kind: austauschbar.Paragraph, Text: "Vorab. " + database + " Danach.", Paragraph: 40},
			{Kind: austauschbar.Item, Level: 1, Number: "a)", Text: "Anderer Wortlaut an der Stelle.", Paragraph: 41},
			{Kind: austauschbar.Paragraph, Text: "Nichts davon.", Paragraph: 47},
		}}},
		{Path: "Preisblatt.xlsx", Text: austauschbar.Text{Passages: []austauschbar.Passage{
			{Kind: austauschbar.Row, Sheet: "Lizenzen", Text: "7 | Schnittstellenlizenz je Anbindung und Jahr", Cells: []austauschbar.Cell{{Ref: "A7", Header: "Nr.", Text: "7"}, {Ref: "C7", Header: "Leistung", Text: "Schnittstellenlizenz je Anbindung und Jahr"}}},
			{Kind: austauschbar.Row, Sheet: "Wertung", Text: "Preis | 40", Cells: []austauschbar.Cell{{Ref: "A2", Text: "Preis"}, {Ref: "B2", Text: "40"}}},
		}}},
		{Path: "Vertrag/EVB-IT-Cloud.pdf", Text: austauschbar.Text{Passages: []austauschbar.Passage{
			{Kind: austauschbar.Paragraph, Text: "Der Vertrag läuft 60 Monate und verlängert sich um jeweils 12 Monate.", Page: 4, Paragraph: 12},
		}}},
		{Path: "architektur/loesung.md", Text: austauschbar.Text{Passages: []austauschbar.Passage{
			{Kind: austauschbar.Code, Text: "<b>Adapter</b> kostenpflichtig, siehe `README`", Line: 120},
		}}},
	}
}

// markupText is text that must do nothing but be read.
const markupText = `</style></title><script>alert(1)</script><img src=https://example.org/x onerror=alert(2)>" onclick="alert(3) ' style='background:url(https://example.org)' {{.}} &amp; ` +
	"\u202eesrever\u202c \u2066iso\u2069 \x00\x1b[31m שלום עולם مرحبا 👩‍👩‍👧‍👦 " + `javascript:alert(4) ]]>--><!--`

func hostileReview(t testing.TB, words *Words) austauschbar.Review {
	t.Helper()
	review := filled(t, words, "review")
	long := strings.Repeat("Donaudampfschifffahrt", 200)
	review.Dossier.Title, review.Dossier.Path = markupText+long, markupText
	review.Tool.Version, review.Policy.Digest, review.Policy.Profile = markupText, markupText, markupText
	review.Dossier.Documents[0].Path, review.Dossier.Documents[0].Language = markupText, `de" onload="x`
	for i := range review.Findings {
		finding := &review.Findings[i]
		finding.Message, finding.Reason, finding.Remedy, finding.Suggestion = markupText, long, markupText+long, markupText
		if finding.Evidence != nil {
			finding.Evidence.Quote, finding.Evidence.Place = markupText, markupText
		}
	}
	for i := range review.Criteria {
		criterion := &review.Criteria[i]
		criterion.Title, criterion.Reason = markupText, markupText
		criterion.References = []austauschbar.Reference{{Ref: "javascript:alert(5)", Description: markupText}, {Ref: `https://example.org/"><script>`, Description: long}}
		criterion.Evidence = []austauschbar.Evidence{{Path: markupText, Paragraph: 1, Place: markupText, Quote: "esrever"}}
	}
	review.Gaps = append(review.Gaps, austauschbar.Gap{Path: markupText, Reason: markupText, Detail: markupText})
	review.LockInMap, review.Agreement = hostileMap(long), hostileAgreement(long)
	return review
}

// hostileMap is a map in which every name that comes out of files is hostile.
func hostileMap(long string) *austauschbar.LockInMap {
	m := mapOf(3, 2, func(int) string { return markupText + long })
	place := austauschbar.Evidence{Path: markupText, Line: 1, Place: markupText, Quote: markupText + long}
	for i := range m.Components {
		component := &m.Components[i]
		component.Product, component.Owner, component.Provider, component.Licence = markupText, long, markupText, markupText
		component.Interfaces = []austauschbar.MapInterface{{ID: "i", Standard: markupText + long, Open: "no", Owner: markupText}}
		component.DataOut = []austauschbar.MapDataOut{{Way: "format", Names: []string{markupText, long}}}
		component.Substitutes = []austauschbar.Alternative{{Term: "x", Name: markupText + long}}
		component.Exits = []austauschbar.MapExit{{Kind: "clause", Topic: "exit_plan", Evidence: &place}}
		component.Evidence = []austauschbar.Evidence{place}
	}
	m.Secured = []austauschbar.MapExit{{Kind: "clause", Topic: "exit_plan", Evidence: &place}}
	return &m
}

// hostileAgreement is a comparison of which the same holds.
func hostileAgreement(long string) *austauschbar.Agreement {
	place := austauschbar.Evidence{Path: markupText, Line: 1, Place: markupText, Quote: markupText + long}
	var agreement austauschbar.Agreement
	for _, state := range austauschbar.AgreementStates {
		agreement.Rows = append(agreement.Rows, austauschbar.AgreementRow{
			Subject: "product", Name: markupText + long, State: state, Shown: []string{markupText, long},
			Tender: []austauschbar.Evidence{place}, Architecture: []austauschbar.Evidence{place},
		})
	}
	return &agreement
}

func hostileTexts() []austauschbar.DocumentText {
	return []austauschbar.DocumentText{{Path: markupText, Text: austauschbar.Text{Passages: []austauschbar.Passage{
		{Kind: austauschbar.PassageKind(markupText), Number: markupText, Text: markupText, Paragraph: 1},
		{Kind: austauschbar.Row, Sheet: markupText, Text: markupText, Cells: []austauschbar.Cell{{Ref: "A1", Header: markupText, Text: strings.Repeat("W", 3_000)}}},
	}}}}
}

// loads are elements and attributes that fetch something or run something.
var loads = regexp.MustCompile(`(?i)<(script|link|img|iframe|object|embed|base|form|audio|video)\b|<[a-z][^>"]*("[^"]*"[^>"]*)*\s(src|srcset|on[a-z]+|style|action|ping)=|href="javascript:`)

// fetches is what in a style fetches something.
var fetches = regexp.MustCompile(`(?i)@import|@font-face|url\(\s*["']?[^"'d]`)

// Nothing of a hostile text acts, and what it says is still there to be read.
func TestHostileReport(t *testing.T) {
	for _, language := range Languages() {
		words := load(t, language)
		var out bytes.Buffer
		if err := words.HTML(&out, hostileReview(t, words), textsOf(hostileTexts())); err != nil {
			t.Fatal(err)
		}
		if found := loads.FindString(strings.ReplaceAll(out.String(), htmlStyle(), "")); found != "" {
			t.Errorf("%s: the report holds %.200q", language, found)
		}
		if strings.ContainsAny(out.String(), "\u202e\u2066\x00\x1b") {
			t.Errorf("%s: control characters", language)
		}
		if !strings.Contains(out.String(), "&lt;script&gt;alert(1)&lt;/script&gt;") || !strings.Contains(out.String(), "שלום") {
			t.Errorf("%s: text is lost", language)
		}
	}
}

// The style loads nothing, and the policy lets a browser take that style only.
func TestReportStyle(t *testing.T) {
	if found := fetches.FindString(htmlStyle()); found != "" || strings.Contains(htmlStyle(), "</") || strings.Contains(htmlStyle(), "\r") {
		t.Errorf("the style holds %q", found)
	}
	var out bytes.Buffer
	words := load(t, "de")
	if err := words.HTML(&out, filled(t, words, "clean"), nil); err != nil {
		t.Fatal(err)
	}
	policy := regexp.MustCompile(`<meta http-equiv="Content-Security-Policy" content="(default-src 'none'; style-src 'sha256-[^"]+'; img-src data:; [^"]+)">`).FindStringSubmatch(out.String())
	if policy == nil || policy[1] != securityPolicy(htmlStyle()) {
		t.Errorf("policy %q", policy)
	}
}

// A line of 10 MB is shown around what is marked in it.
func TestReportIsBounded(t *testing.T) {
	words := load(t, "de")
	review := filled(t, words, "review")
	quote := review.Findings[1].Evidence.Quote
	line := strings.Repeat("ä lang ", 10<<20/8) + quote + strings.Repeat(" ö lang", 1_000)
	many := make([]austauschbar.Passage, 200_000)
	for i := range many {
		many[i] = austauschbar.Passage{Kind: austauschbar.Paragraph, Text: "Ein Absatz von vielen.", Page: 4, Paragraph: 1_000 + i}
	}
	contract := review.Findings[slices.IndexFunc(review.Findings, func(f austauschbar.Finding) bool { return f.ID == "c1c2c3c4c5c6c7c8" })].Evidence.Quote
	many[100_000].Text = "Davor. " + contract
	var out bytes.Buffer
	if err := words.HTML(&out, review, textsOf([]austauschbar.DocumentText{
		{Path: "Leistungsbeschreibung.docx", Text: austauschbar.Text{Passages: []austauschbar.Passage{{Kind: austauschbar.Paragraph, Text: line, Paragraph: 40}}}},
		{Path: "Vertrag/EVB-IT-Cloud.pdf", Text: austauschbar.Text{Passages: many}},
	})); err != nil {
		t.Fatal(err)
	}
	if out.Len() > 200_000 {
		t.Errorf("%d bytes", out.Len())
	}
	for _, wanted := range []string{` class="blocker">` + escapeHTML(quote) + "</mark>", escapeHTML(contract) + "</mark>", "[99.980 Absätze ausgelassen]"} {
		if !strings.Contains(out.String(), wanted) {
			t.Errorf("the report lacks %q", wanted)
		}
	}
}

// Each mark leads to what rests on it and the other way round.
func TestMarks(t *testing.T) {
	words := load(t, "en")
	var out bytes.Buffer
	if err := words.HTML(&out, filled(t, words, "review"), textsOf(someTexts())); err != nil {
		t.Fatal(err)
	}
	ids := map[string]int{}
	for _, match := range regexp.MustCompile(` id="([^"]*)"`).FindAllStringSubmatch(out.String(), -1) {
		if ids[match[1]]++; ids[match[1]] > 1 || match[1] == "" {
			t.Errorf("id %q is not the only one", match[1])
		}
	}
	for _, match := range regexp.MustCompile(` href="#([^"]*)"`).FindAllStringSubmatch(out.String(), -1) {
		if ids[match[1]] == 0 {
			t.Errorf("a link leads to %q, which is not there", match[1])
		}
	}
	marks := regexp.MustCompile(`<mark id="(m\d+)"[^>]*>([^<]*)</mark> <a class="ref [a-z]+" href="#([a-z0-9-]+)"`).FindAllStringSubmatch(out.String(), -1)
	quotes := map[string]string{}
	for _, mark := range marks {
		quotes[mark[2]] = mark[1]
		if !strings.Contains(out.String(), `href="#`+mark[1]+`"`) {
			t.Errorf("nothing leads to %s", mark[1])
		}
	}
	for _, wanted := range []string{"Schnittstellenlizenz je Anbindung und Jahr", "Anderer Wortlaut an der Stelle.", "&lt;b&gt;Adapter&lt;/b&gt; kostenpflichtig, siehe `README`"} {
		if quotes[wanted] == "" {
			t.Errorf("%q is not marked; marks %v", wanted, quotes)
		}
	}
}

// What is withheld is withheld in a report too.
func TestConfidentialReport(t *testing.T) {
	words := load(t, "de").Confidential()
	var out bytes.Buffer
	if err := words.HTML(&out, filled(t, words, "review"), textsOf(someTexts())); err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"Oracle", "60 Monate", "Schnittstellenlizenz", "Fachverfahren Gewerbe", "<mark"} {
		if strings.Contains(out.String(), secret) {
			t.Errorf("tells %q", secret)
		}
	}
}
