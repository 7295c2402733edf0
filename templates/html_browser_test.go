package templates

import (
	"bytes"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/templates/browsertest"
)

// axe gives the source of axe-core. `make axe` fetches it and says where by
// AUSTAUSCHBAR_AXE; without it the test is skipped. With it, whatever is missing is a
// failure.
func axe(t *testing.T) string {
	t.Helper()
	missing := t.Skipf
	folder := os.Getenv("AUSTAUSCHBAR_AXE")
	if folder != "" {
		missing = t.Fatalf
	}
	if browsertest.Command() == "" {
		missing("needs chromium (Debian: chromium)")
	}
	source, err := os.ReadFile(filepath.Join(folder, "axe.min.js"))
	if err != nil {
		missing("needs axe-core: run make axe")
	}
	return string(source)
}

// reportFile writes a review as a report and gives its address.
func reportFile(t *testing.T, words *Words, review austauschbar.Review, texts []austauschbar.DocumentText) string {
	t.Helper()
	var out bytes.Buffer
	if err := words.HTML(&out, review, textsOf(texts)); err != nil {
		t.Fatal(err)
	}
	return pageFile(t, out.Bytes())
}

func pageFile(t *testing.T, page []byte) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "report.html")
	if err := os.WriteFile(file, page, 0o600); err != nil {
		t.Fatal(err)
	}
	return (&url.URL{Scheme: "file", Path: file}).String()
}

// Reports have no barriers that axe-core knows, are as wide as their window, and ask
// for nothing but themselves.
func TestReportInBrowser(t *testing.T) {
	source := axe(t)
	page := browsertest.Start(t)
	for _, language := range Languages() {
		words := load(t, language)
		reports := map[string]string{"hostile": reportFile(t, words, hostileReview(t, words), hostileTexts())}
		reports["crossed"] = reportFile(t, words, crossed(t, words), someTexts())
		for _, name := range []string{"provisional", "clean"} {
			reports[name] = reportFile(t, words, filled(t, words, name), someTexts())
		}
		reports["architecture"] = reportFile(t, words, chained(filled(t, words, "architecture")), fileTexts())
		for name, address := range reports {
			showEverywhere(t, page, source, name+"."+language, address)
		}
	}
}

// Of the overview of a batch the same holds.
func TestReportOfBatchInBrowser(t *testing.T) {
	source := axe(t)
	page := browsertest.Start(t)
	for _, language := range Languages() {
		words := load(t, language)
		for name, text := range map[string]string{"overview": "Stadt Musterstadt", "hostile": markupText + strings.Repeat("Donaudampfschifffahrt", 200)} {
			var out bytes.Buffer
			if err := words.Overview(&out, FormatHTML, aBatch(text), Options{}); err != nil {
				t.Fatal(err)
			}
			showEverywhere(t, page, source, name+"."+language, pageFile(t, out.Bytes()))
		}
	}
}

// showEverywhere opens a page in narrow and wide windows, in light and in dark.
func showEverywhere(t *testing.T, page *browsertest.Page, source, name, address string) {
	for _, scheme := range []string{"light", "dark"} {
		for _, width := range []int{320, 1920} {
			t.Run(fmt.Sprintf("%s.%s.%d", name, scheme, width), func(t *testing.T) {
				page.Scheme(scheme)
				page.Width(width)
				page.Open(address)
				if asked := page.Requested(); len(asked) != 1 || asked[0] != address {
					t.Errorf("asks for %v", asked)
				}
				var wide int
				page.Evaluate("document.documentElement.scrollWidth", &wide)
				if wide > width {
					t.Errorf("is %d pixels wide in a window of %d", wide, width)
				}
				page.Evaluate("document.querySelectorAll('details').forEach(d => { d.open = true }); 0", nil)
				for _, violation := range page.Violations(source) {
					t.Error(violation)
				}
			})
		}
	}
}

// All that can be followed or opened is reached by the Tab key, in the order in which it
// stands, and each link within a report leads somewhere.
func TestReportByKeyboard(t *testing.T) {
	axe(t)
	page := browsertest.Start(t)
	words := load(t, "de")
	page.Width(1280)
	page.Open(reportFile(t, words, crossed(t, words), someTexts()))
	var dangling []string
	page.Evaluate(`[...document.querySelectorAll('a[href^="#"]')].map(a => a.getAttribute('href')).filter(h => !document.getElementById(h.slice(1)))`, &dangling)
	if len(dangling) > 0 {
		t.Errorf("links lead nowhere: %v", dangling)
	}
	const stops = `[...document.querySelectorAll('a[href], summary, [tabindex="0"]')].filter(e => e.checkVisibility())`
	// Each details is opened by the key alone as soon as it has the focus.
	var order []int
	page.Evaluate("window.order = 0; 0", nil)
	for range 2_000 {
		page.Tab()
		var at struct {
			Tag  string
			Open bool
		}
		page.Evaluate(`(() => { const e = document.activeElement; return {tag: e.tagName, open: e.tagName === 'SUMMARY' && e.parentElement.open} })()`, &at)
		if at.Tag == "BODY" {
			break
		}
		if at.Tag == "SUMMARY" && !at.Open {
			page.Press()
		}
		var index int
		page.Evaluate(stops+".indexOf(document.activeElement)", &index)
		order = append(order, index)
	}
	var count int
	page.Evaluate(stops+".length", &count)
	if len(order) != count {
		t.Errorf("Tab stops %d times, there are %d links, boxes and tables", len(order), count)
	}
	for i, index := range order {
		if index != i {
			t.Fatalf("stop %d is at place %d", i, index)
		}
	}
}

// A print has numbered pages and holds all that the page does, what is collapsed there
// as well.
func TestReportInPrint(t *testing.T) {
	axe(t)
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("needs pdftotext (Debian: poppler-utils)")
	}
	page := browsertest.Start(t)
	for _, language := range Languages() {
		words := load(t, language)
		review := crossed(t, words)
		page.Scheme("dark")
		page.Open(reportFile(t, words, review, someTexts()))
		command := exec.CommandContext(t.Context(), "pdftotext", "-raw", "-", "-")
		command.Stdin = bytes.NewReader(page.PDF())
		text, err := command.Output()
		if err != nil {
			t.Fatal(err)
		}
		sheets := strings.Split(strings.TrimSuffix(string(text), "\f"), "\f")
		for i, sheet := range sheets {
			if number := fmt.Sprintf("%d / %d", i+1, len(sheets)); !strings.Contains(sheet, number) {
				t.Errorf("%s: page %d lacks %q", language, i+1, number)
			}
		}
		blanks := regexp.MustCompile(`[\s\p{Cf}-]+`)
		flat := func(text string) string { return blanks.ReplaceAllString(visible(text), "") }
		printed := flat(regexp.MustCompile(`(?m)^\d+ / \d+$`).ReplaceAllString(string(text), ""))
		wanted := []string{review.Crosswalks[0].Items[0].Title[language]}
		for _, finding := range review.Findings {
			wanted = append(wanted, finding.ID)
			if finding.Evidence != nil {
				wanted = append(wanted, finding.Evidence.Quote)
			}
		}
		for _, criterion := range review.Criteria {
			wanted = append(wanted, criterion.Title)
			for _, reference := range criterion.References {
				wanted = append(wanted, reference.Ref)
			}
		}
		for _, one := range wanted {
			if !strings.Contains(printed, flat(one)) {
				t.Errorf("%s: the print lacks %q", language, one)
			}
		}
	}
}
