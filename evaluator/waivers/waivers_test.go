package waivers

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/austauschbar/austauschbar"
)

const days = "    date: 2026-09-01\n    expires: 2027-09-01\n"

func TestRead(t *testing.T) {
	other := austauschbar.PassageHash("Another passage.")
	for name, test := range map[string]struct{ data, want string }{
		"by finding":       {"waivers:\n  - criterion: NE-01\n    finding: ne-01-b46804e9d7\n" + days, ""},
		"by passage":       {"waivers:\n  - criterion: NE-01\n    passage: Oracle  19c.\n" + days, ""},
		"by its hash":      {"waivers:\n  - criterion: NE-01\n    passage: \"another\\npassage. \"\n    hash: " + other + "\n" + days, ""},
		"to be filled in":  {"waivers:\n  - criterion: NE-01\n    finding: a\n    reason: \"\"\n    approver: \"\"\n" + days, ""},
		"empty file":       {"", ""},
		"no entries":       {"waivers: []\n", ""},
		"unknown key":      {"waivers:\n  - criterion: NE-01\n    findign: a\n" + days, `line 3: unknown key "findign"; did you mean "finding"?`},
		"misspelt end":     {"waivers:\n  - criterion: NE-01\n    finding: a\n    date: 2026-09-01\n    expire: 2027-09-01\n", `line 5: unknown key "expire"; did you mean "expires"?`},
		"unknown list":     {"waiver: []\n", `line 1: unknown key "waiver"; did you mean "waivers"?`},
		"unknown reason":   {"waivers:\n  - criterion: NE-01\n    finding: a\n    reason: because\n" + days, "line 4: waivers.0.reason: value must be one of 'track_1'"},
		"no end":           {"waivers:\n  - criterion: NE-01\n    finding: a\n    date: 2026-09-01\n", "line 2: waivers.0: missing property 'expires'"},
		"no day":           {"waivers:\n  - criterion: NE-01\n    finding: a\n    date: 2026-09-01\n    expires: never\n", "line 5: waivers.0.expires: 'never' is not valid date"},
		"no criterion":     {"waivers:\n  - criterion: \"\"\n    finding: a\n" + days, "line 2: waivers.0.criterion: minLength"},
		"nothing named":    {"waivers:\n  - criterion: NE-01\n" + days, "line 2: waivers.0.finding: names neither a finding nor a passage"},
		"hash alone":       {"waivers:\n  - criterion: NE-01\n    finding: a\n    hash: " + other + "\n" + days, "line 4: waivers.0.hash: stands without its passage"},
		"hash of another":  {"waivers:\n  - criterion: NE-01\n    passage: Oracle.\n    hash: " + other + "\n" + days, "line 4: waivers.0.hash: belongs to another passage"},
		"no hash":          {"waivers:\n  - criterion: NE-01\n    passage: Oracle.\n    hash: abc\n" + days, "line 4: waivers.0.hash: 'abc' does not match pattern"},
		"two of one key":   {"waivers: []\nwaivers: []\n", `mapping key "waivers" already defined`},
		"entry is no list": {"waivers:\n  criterion: NE-01\n", "line 2: waivers: got object, want array"},
	} {
		t.Run(name, func(t *testing.T) {
			read, err := Read([]byte(test.data))
			if test.want == "" && err != nil || test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)) {
				t.Fatalf("error %v, want %q", err, test.want)
			}
			for _, waiver := range read {
				if waiver.Passage != "" && waiver.Hash != austauschbar.PassageHash(waiver.Passage) {
					t.Errorf("hash %s of %q", waiver.Hash, waiver.Passage)
				}
			}
		})
	}
}

func waiver() austauschbar.WaiverRecord {
	passage := "Der „Dienst“: \"x\" # kein Kommentar\\ \u00ad- ja"
	return austauschbar.WaiverRecord{
		Criterion: "NE-01", Finding: "ne-01-b46804e9d7", Passage: passage, Hash: austauschbar.PassageHash(passage),
		Author: "A. Beispiel", Date: "2026-09-01", Expires: "2027-09-01",
	}
}

// What stood in the file stays, byte for byte, and what is added reads as it was
// meant, whatever stands in the passage.
func TestAppend(t *testing.T) {
	for name, before := range map[string]string{
		"no file":         "",
		"comment":         "# Kept by unit 12.\n",
		"one entry":       "waivers:\n  - criterion: NE-01\n    finding: a\n" + days,
		"no indentation":  "waivers:\n- criterion: NE-01\n  finding: a\n  date: 2026-09-01\n  expires: 2027-09-01\n",
		"no line at end":  strings.TrimSuffix("waivers:\n  - criterion: NE-01\n    finding: a\n"+days, "\n"),
		"Windows":         "waivers:\r\n  - criterion: NE-01\r\n    finding: a\r\n" + strings.ReplaceAll(days, "\n", "\r\n"),
		"list in a text":  "waivers:\n  - criterion: NE-01\n    finding: a\n    text: |\n      - one\n      - two\n" + days,
		"comment at end":  "waivers:\n  - criterion: NE-01\n    finding: a\n" + days + "# the end\n",
		"schema, comment": "# yaml-language-server: $schema=x\nwaivers:  # ours\n    - criterion: NE-01\n      finding: a\n      date: 2026-09-01\n      expires: 2027-09-01\n",
	} {
		t.Run(name, func(t *testing.T) {
			after, err := Append([]byte(before), waiver())
			if err != nil {
				t.Fatal(err)
			}
			if !strings.HasPrefix(string(after), before) {
				t.Errorf("what stood there has changed:\n%s", after)
			}
			if strings.Contains(before, "\r") && strings.Count(string(after), "\r\n") != strings.Count(string(after), "\n") {
				t.Errorf("ends of lines are mixed:\n%q", after)
			}
			old, err := Read([]byte(before))
			if err != nil {
				t.Fatal(err)
			}
			read, err := Read(after)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(append(old, waiver()), read); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestAppendToAnEmptyList(t *testing.T) {
	after, err := Append([]byte("# Ours.\nwaivers: []\n"), waiver())
	if err != nil {
		t.Fatal(err)
	}
	if read, err := Read(after); err != nil || len(read) != 1 || !strings.HasPrefix(string(after), "# Ours.\nwaivers:\n  - criterion: NE-01\n") {
		t.Errorf("error %v:\n%s", err, after)
	}
}

func TestAppendRefuses(t *testing.T) {
	for name, test := range map[string]struct{ before, want string }{
		"broken":            {"waivers: [\n", "line 1"},
		"one line":          {"waivers: [{criterion: NE-01, finding: a, date: 2026-09-01, expires: 2027-09-01}]\n", "one line for each key"},
		"end of a document": {"waivers:\n  - criterion: NE-01\n    finding: a\n" + days + "...\n", "one line for each key"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := Append([]byte(test.before), waiver()); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want %q", err, test.want)
			}
		})
	}
}

func FuzzAppend(f *testing.F) {
	f.Add("Zu liefern ist Oracle.", "a")
	f.Add("#: - \"'\\\x00\ufeff\u2028", "@b: c")
	f.Fuzz(func(t *testing.T, passage, author string) {
		wanted := waiver()
		wanted.Passage, wanted.Author = strings.ToValidUTF8(passage, ""), strings.ToValidUTF8(author, "")
		if wanted.Hash = ""; wanted.Passage != "" {
			wanted.Hash = austauschbar.PassageHash(wanted.Passage)
		}
		after, err := Append(nil, wanted)
		if err != nil {
			t.Fatal(err)
		}
		if read, err := Read(after); err != nil || len(read) != 1 || read[0] != wanted {
			t.Errorf("error %v: %+v", err, read)
		}
	})
}
