package templates

import (
	"bytes"
	"encoding/json"
	"html"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/austauschbar/austauschbar"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
)

// hostile texts: each would do something in a comment or on a terminal.
var hostile = map[string]string{
	"mention":             "Fragen an @it-betrieb, @a/b und x@example.org",
	"issue":               "siehe #1, !1, group/repo#12, GH-12, $4, ~bug, %3, &5, ^alert#1, [vulnerability:1]",
	"quick action":        "/approve",
	"quick action, late":  "Text\n/close\n/label ~bug",
	"html":                "<script>alert(1)</script><!-- marker --></details><img src=x onerror=y>",
	"entity":              "&lt;b&gt; &#64;name &nbsp;",
	"fence":               "```go\nx\n```",
	"fence of tildes":     "~~~\nx\n~~~",
	"code":                "`a` ``b``",
	"pipe":                `a | b \| c \\| d`,
	"link":                "[text](javascript:x) ![bild](https://example.org/x.png) [a][b] [a]: b",
	"address":             "https://example.org, www.example.org, mailto:a@b.de, ftp://x.y",
	"emphasis":            "*a* **b** _c_ __d__ ~~e~~ snake_case 2*3*4",
	"heading":             "# Titel",
	"underline":           "===",
	"rule":                "---",
	"list":                "- punkt",
	"numbered":            "1. punkt",
	"numbered, bracket":   "12) punkt",
	"quotation":           "> zitat",
	"task":                "[ ] offen [x] fertig",
	"indented":            "    code",
	"hard break":          "a  \nb\\\nc",
	"escape sequence":     "\x1b[31mrot\x1b[0m \u009b2J \x1b]8;;https://x\x07link",
	"bidi":                "abc\u202edef\u202c \u2066x\u2069",
	"zero width":          "Ex\u200bport\u00adfor\u2060mat\ufeff",
	"tags":                "a\U000e0041b",
	"separators":          "a\u2028b\u2029c\u0085d",
	"invalid":             "a\xffb",
	"formula":             "$x$ und $$y$$",
	"emoji":               ":smile: :+1: :100: 10:30",
	"commit":              "deadbeef1 4a5b6c7d8e9f 2026123456",
	"inline difference":   "{+ neu +} [- alt -] {- x -}",
	"contents":            "[[_TOC_]] [TOC] [[wiki]]",
	"table":               "| a | b |\n|---|---|\n| 1 | 2 |",
	"footnote":            "[^1] [^1]: x",
	"plain":               "§ 31 Abs. 6 VgV: „oder gleichwertig“ – 54,0 % (A/B), don't",
	"empty":               "",
	"blanks":              " \t\n ",
	"backslash at end":    `a\`,
	"ampersand at end":    "a &",
	"greek question mark": "a\u037e",
	"marker":              "<!-- austauschbar:summary -->\n<!-- austauschbar:finding x -->",
	"everyone":            "@everyone @here @all",
	"long fences":         "`````\n/approve\n`````\n````yaml\n/close\n````\n~~~~",
	"many lines":          "\n/merge\r\n/label ~a\r\n\t/lock\n> /close\n",
	"lonely backticks":    "` `` ``` ````",
	"address alone":       "http://example.org",
}

var renderer = goldmark.New(goldmark.WithExtensions(extension.GFM))

var element = regexp.MustCompile(`<[^>]*>`)

// shown renders Markdown and gives the text that a reader sees, and the elements
// it is made of.
func shown(t testing.TB, text string) (string, []string) {
	t.Helper()
	var out bytes.Buffer
	if err := renderer.Convert([]byte(text), &out); err != nil {
		t.Fatal(err)
	}
	elements := element.FindAllString(out.String(), -1)
	plain := html.UnescapeString(element.ReplaceAllString(out.String(), ""))
	return strings.TrimRight(strings.ReplaceAll(plain, "\u200b", ""), "\n"), elements
}

func TestMarkdownShowsTheSameText(t *testing.T) {
	for name, text := range hostile {
		t.Run(name, func(t *testing.T) {
			sameText(t, text)
		})
	}
}

func sameText(t testing.TB, text string) {
	t.Helper()
	escaped, want := escapeMarkdown(text), clean(text)
	got, elements := shown(t, escaped)
	if got != want {
		t.Errorf("%q is shown as %q, want %q (%s)", text, got, want, escaped)
	}
	if want != "" && strings.Join(elements, "") != "<p></p>" {
		t.Errorf("%q becomes %v (%s)", text, elements, escaped)
	}
	for before, after := range map[string]string{"> ": "<blockquote>\n<p></p>\n</blockquote>", "- ": "<ul>\n<li></li>\n</ul>"} {
		if want == "" {
			break
		}
		got, elements := shown(t, before+escaped)
		if strings.TrimSpace(got) != strings.TrimSpace(want) {
			t.Errorf("after %q, %q is shown as %q", before, want, got)
		}
		if strings.Join(elements, "") != strings.ReplaceAll(after, "\n", "") {
			t.Errorf("after %q, %q becomes %v", before, want, elements)
		}
	}
	cells, _ := shown(t, "| a | b |\n|---|---|\n| "+escaped+" | end |")
	if lines := strings.Fields(cells); want != "" && (lines[len(lines)-1] != "end" || !strings.Contains(cells, want)) {
		t.Errorf("in a table, %q is shown as %q", want, cells)
	}
}

func TestMarkdownActsOnNothing(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"mention":      {"@name", "&#64;&#8203;name"},
		"issue":        {"a/b#12", "a/b&#35;&#8203;12"},
		"request":      {"!12", "&#33;12"},
		"late request": {"siehe !12", "siehe !&#8203;12"},
		"exclamation":  {"Achtung! Neu", "Achtung! Neu"},
		"gh":           {"GH-12", "GH-&#8203;12"},
		"address":      {"https://a.b", "https:&#8203;//a.b"},
		"www":          {"www.a.b", "w&#8203;ww.a.b"},
		"emoji":        {"a :+1:", "a :&#8203;+1:"},
		"time":         {"10:30 Uhr", "10:30 Uhr"},
		"score":        {"54.0", "54.0"},
		"commit":       {"deadbeef1", "d&#8203;eadbeef1"},
		"word":         {"Kaffeedecke 12345678", "Kaffeedecke 12345678"},
		"action":       {"/approve", "&#47;approve"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := escapeMarkdown(test.text); got != test.want {
				t.Errorf("%s, want %s", got, test.want)
			}
		})
	}
}

// inert matches what an escaped text may consist of.
var inert = regexp.MustCompile("^(?:[^\\x00-\\x1f\\x7f<>|`*_\\\\\\[\\]{}^~@#$&]|&#\\d+;)*$")

func checkMarkdown(t testing.TB, text string) {
	t.Helper()
	escaped := escapeMarkdown(text)
	if !inert.MatchString(escaped) {
		t.Errorf("%q becomes %q", text, escaped)
	}
	if first, _ := utf8.DecodeRuneInString(escaped); strings.ContainsRune("/-+=!%:.,'\"?;()", first) && escaped != "" {
		t.Errorf("%q begins with a mark", escaped)
	}
	checkVisible(t, strings.ReplaceAll(escaped, "\u200b", ""))
}

func checkVisible(t testing.TB, text string) {
	t.Helper()
	if !utf8.ValidString(text) {
		t.Errorf("%q is not valid", text)
	}
	for _, r := range text {
		if unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) {
			t.Errorf("%q holds %U", text, r)
		}
	}
}

func FuzzMarkdown(f *testing.F) {
	for _, text := range hostile {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 2000 {
			t.Skip("goldmark takes long over long texts")
		}
		checkMarkdown(t, text)
		sameText(t, text)
	})
}

func FuzzTerminal(f *testing.F) {
	for _, text := range hostile {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		checkVisible(t, visible(text))
		if got := clean(text); clean(got) != got {
			t.Errorf("%q is cleaned to %q, then to %q", text, got, clean(got))
		}
		for i, line := range strings.Split(wrap(visible(text), "  ", "    ", 40), "\n") {
			if prefix := "  " + strings.Repeat("  ", min(i, 1)); !strings.HasPrefix(line, prefix) {
				t.Errorf("line %d of %q begins without its margin", i+1, text)
			}
		}
		got := strings.NewReplacer("\n", "", " ", "").Replace(wrap(visible(text), "", "", 10))
		if want := strings.ReplaceAll(visible(text), " ", ""); got != want {
			t.Errorf("%q is wrapped to %q", want, got)
		}
	})
}

func FuzzAddress(f *testing.F) {
	f.Add("https://a.b/?q=1&copy=2#x>)<b>")
	f.Add("javascript:alert(1)")
	f.Fuzz(func(t *testing.T, address string) {
		got := escapeAddress(address)
		if strings.ContainsAny(got, "<>\"'` |\\\n\x1b") || got != "" && !strings.HasPrefix(got, "http") {
			t.Errorf("%q becomes %q", address, got)
		}
	})
}

// Every text of a review that comes from a stranger is put to the worst of
// them; no output may act on any.
func TestHostileReview(t *testing.T) {
	for name, text := range hostile {
		t.Run(name, func(t *testing.T) {
			words := load(t, "de")
			review := fixture(t, "review")
			review.Dossier.Title = text
			for i := range review.Dossier.Documents {
				review.Dossier.Documents[i].Path = text
			}
			for i := range review.Gaps {
				review.Gaps[i] = austauschbar.Gap{Path: text, Reason: text, Detail: text}
			}
			for i := range review.Contradictions {
				contradiction := &review.Contradictions[i]
				contradiction.About = text
				for j := range contradiction.Sides {
					contradiction.Sides[j].Evidence = austauschbar.Evidence{Path: text, Section: text, Cell: text, Quote: text, Line: 3}
				}
			}
			for i := range review.Findings {
				finding := &review.Findings[i]
				finding.ID = text
				for key := range finding.Args {
					if _, ok := finding.Args[key].(string); ok {
						finding.Args[key] = text
					}
				}
				if finding.Evidence != nil {
					finding.Evidence = &austauschbar.Evidence{Path: text, Section: text, Cell: text, Quote: text, Line: 3}
				}
				if finding.Waiver != nil {
					finding.Waiver = &austauschbar.Waiver{Reason: text, Author: text, Approver: text, Expires: text}
				}
			}
			review, err := words.Fill(review)
			if err != nil {
				t.Fatal(err)
			}
			var terminal, comment, raw bytes.Buffer
			if err := words.Terminal(&terminal, review, Options{}); err != nil {
				t.Fatal(err)
			}
			for _, line := range strings.Split(terminal.String(), "\n") {
				checkVisible(t, line)
			}
			if err := words.Markdown(&comment, review); err != nil {
				t.Fatal(err)
			}
			checkComment(t, comment.String())
			for _, write := range []func(*bytes.Buffer) error{
				func(out *bytes.Buffer) error {
					return words.Summary(out, SummaryInput{Reviews: []austauschbar.Review{review, review}}, 1<<20)
				},
				func(out *bytes.Buffer) error { return words.CheckSummary(out, review, 1<<20) },
				func(out *bytes.Buffer) error { return words.Remarks(out, review, review.Findings) },
				func(out *bytes.Buffer) error { return words.RemarksElsewhere(out, review, review.Findings) },
			} {
				comment.Reset()
				if err := write(&comment); err != nil {
					t.Fatal(err)
				}
				checkComment(t, comment.String())
			}
			for _, finding := range review.Findings {
				title, message, err := words.Annotation(finding)
				if err != nil {
					t.Fatal(err)
				}
				checkVisible(t, title+strings.ReplaceAll(message, "\n\n", ""))
			}
			if err := words.JSON(&raw, review); err != nil {
				t.Fatal(err)
			}
			for _, line := range strings.Split(raw.String(), "\n") {
				checkVisible(t, line)
			}
			var again austauschbar.Review
			if err := json.Unmarshal(raw.Bytes(), &again); err != nil {
				t.Fatal(err)
			}
			if want := strings.ToValidUTF8(text, "\ufffd"); again.Findings[1].Evidence.Quote != want {
				t.Errorf("JSON quotes %q, want %q", again.Findings[1].Evidence.Quote, want)
			}
		})
	}
}

// checkAnswers puts a stranger's text in every place of the answers to commands,
// of checks and of previews that may hold one.
func checkAnswers(t *testing.T, words *Words, review austauschbar.Review, text string) {
	t.Helper()
	finding := review.Findings[0]
	finding.ID, finding.Message = text, text
	finding.Evidence = &austauschbar.Evidence{Path: text, Place: text, Quote: text}
	waived := finding
	waived.Waiver = &austauschbar.Waiver{Reason: text, Text: text, Evidence: text, Author: text, Approver: text, Expires: text}
	proposal := WaiverProposal{Finding: finding, File: text, YAML: text, URL: "https://forge.example/" + text, Author: text, Expires: text}
	exists, noReason, address, done := proposal, proposal, proposal, proposal
	exists.Exists, noReason.NoReason, address.URL, done.Finding = true, true, text, waived
	before := review
	before.Findings = nil
	previews := []Preview{{Dossier: text, Failure: text + "."}, {Dossier: text, Before: before, After: review}}
	for _, answer := range []struct {
		name  string
		write func(*bytes.Buffer) error
	}{
		{"help", func(out *bytes.Buffer) error { return words.Help(out, text) }},
		{"rechecked", func(out *bytes.Buffer) error { return words.Rechecked(out, []austauschbar.Review{review}, text) }},
		{"unknown id", func(out *bytes.Buffer) error { return words.UnknownID(out, text, []string{text, "EX-02"}) }},
		{"near id", func(out *bytes.Buffer) error { return words.UnknownID(out, text+"x", []string{text}) }},
		{"explain", func(out *bytes.Buffer) error {
			return words.ExplainForge(out, Explanation{review.Criteria[0], []austauschbar.Finding{finding, waived}}, 1<<20)
		}},
		{"waive", func(out *bytes.Buffer) error { return words.WaiverProposal(out, proposal) }},
		{"waive, exists", func(out *bytes.Buffer) error { return words.WaiverProposal(out, exists) }},
		{"waive, no reason", func(out *bytes.Buffer) error { return words.WaiverProposal(out, noReason) }},
		{"waive, address", func(out *bytes.Buffer) error { return words.WaiverProposal(out, address) }},
		{"waive, done", func(out *bytes.Buffer) error { return words.WaiverProposal(out, done) }},
		{"failed", func(out *bytes.Buffer) error {
			_, summary, err := words.Failed(text)
			out.WriteString(summary)
			return err
		}},
		{"preview", func(out *bytes.Buffer) error { return words.Summary(out, SummaryInput{Previews: previews[:1]}, 1<<20) }},
		{"previews", func(out *bytes.Buffer) error { return words.Summary(out, SummaryInput{Previews: previews}, 1<<20) }},
	} {
		text, before := written(t, answer.write), t.Failed()
		if checkComment(t, text); t.Failed() && !before {
			t.Errorf("that is in the answer %q:\n%s", answer.name, text)
		}
	}
}

func TestHostileAnswers(t *testing.T) {
	words := load(t, "de")
	review := filled(t, words, "review")
	for name, text := range hostile {
		t.Run(name, func(t *testing.T) { checkAnswers(t, words, review, text) })
	}
}

func FuzzAnswers(f *testing.F) {
	for _, text := range hostile {
		f.Add(text)
	}
	words := load(f, "de")
	review := filled(f, words, "review")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 2000 {
			t.Skip("goldmark takes long over long texts")
		}
		checkAnswers(t, words, review, text)
	})
}

// ours are the elements that the shapes themselves write.
var ours = regexp.MustCompile(`</?(details|summary|sub|b)>|<details open>|<br>|\]\(<https?://[^<>\s]*>\)`)

// fence matches what begins a block of code.
var fence = regexp.MustCompile("^(`{3,})(?:yaml)?$")

// cutBlocks gives the blocks of code of a comment, and the comment without them.
func cutBlocks(comment string) (blocks []string, rest string) {
	var text strings.Builder
	end := ""
	for line := range strings.SplitSeq(comment, "\n") {
		begin := fence.FindStringSubmatch(line)
		switch {
		case end == "" && begin != nil:
			end = begin[1]
			blocks = append(blocks, "")
		case end == "":
			text.WriteString(line + "\n")
		case line == end:
			end = ""
		default:
			blocks[len(blocks)-1] += line + "\n"
		}
	}
	return blocks, text.String()
}

// checkBlocks gives the blocks of code of a comment, each of which a reader must
// see as it stands, and nothing of which may act.
func checkBlocks(t testing.TB, comment string) []string {
	t.Helper()
	blocks, _ := cutBlocks(comment)
	var out bytes.Buffer
	if err := renderer.Convert([]byte(comment), &out); err != nil {
		t.Fatal(err)
	}
	rendered := shownBlock.FindAllStringSubmatch(out.String(), -1)
	if len(rendered) != len(blocks) {
		t.Fatalf("%d blocks of code are shown, want %d, of\n%s", len(rendered), len(blocks), comment)
	}
	for i, block := range blocks {
		if shown := html.UnescapeString(rendered[i][1]); shown != block {
			t.Errorf("a block of code is shown as %q, want %q", shown, block)
		}
		for line := range strings.SplitSeq(block, "\n") {
			if strings.HasPrefix(line, "/") {
				t.Errorf("a line of code begins with a quick action: %q", line)
			}
			checkVisible(t, line)
		}
		blocks[i] = strings.TrimSuffix(block, "\n")
	}
	return blocks
}

var shownBlock = regexp.MustCompile(`(?s)<pre><code[^>]*>(.*?)</code></pre>`)

// cutSpans gives a line without its code spans: from a run of backticks to the next
// of the same length.
func cutSpans(line string) string {
	runs := regexp.MustCompile("`+").FindAllStringIndex(line, -1)
	rest, at := "", 0
	for i := 0; i < len(runs); i++ {
		for j := i + 1; j < len(runs); j++ {
			if runs[j][1]-runs[j][0] == runs[i][1]-runs[i][0] {
				rest += line[at:runs[i][0]]
				at, i = runs[j][1], j
				break
			}
		}
	}
	return rest + line[at:]
}

func checkComment(t *testing.T, comment string) {
	t.Helper()
	checkBlocks(t, comment)
	_, text := cutBlocks(comment)
	plain := ""
	for line := range strings.SplitSeq(text, "\n") {
		checkVisible(t, line)
		if strings.HasPrefix(strings.TrimLeft(line, "> "), "/") {
			t.Errorf("a line begins with a quick action: %q", line)
		}
		plain += cutSpans(line) + "\n"
	}
	rest := ours.ReplaceAllString(plain, "")
	if at := strings.IndexAny(rest, "<@\\`~$\x1b\r"); at >= 0 {
		t.Errorf("the comment holds %q", rest[at:min(len(rest), at+60)])
	}
	if open, closed := strings.Count(plain, "<details"), strings.Count(plain, "</details>"); open != closed {
		t.Errorf("%d details are opened, %d closed", open, closed)
	}
	if regexp.MustCompile(`(^|[^&])#\d`).MatchString(rest) {
		t.Error("the comment refers to an issue")
	}
}
