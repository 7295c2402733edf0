// Package waivers reads waivers.yaml, the findings that an authority leaves as
// they are, and adds to it. Which waivers count is for the policies to say.
package waivers

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/schema"
)

// Name is the file's name, in the dossier's folder.
const Name = "waivers.yaml"

// Read checks waivers against their schema and gives each passage its hash. The
// error names line, key and the nearest known key. A hash that belongs to
// another passage is an error too: whoever approves reads the passage, not the
// hash.
func Read(data []byte) ([]austauschbar.WaiverRecord, error) {
	var file austauschbar.Waivers
	if err := schema.Decode(schema.Waivers, data, &file); err != nil {
		return nil, err
	}
	for i := range file.Waivers {
		waiver := &file.Waivers[i]
		fault := func(key, reason string) error {
			at := []string{"waivers", strconv.Itoa(i), key}
			return fmt.Errorf("line %d: %s: %s", schema.Line(data, at...), strings.Join(at, "."), reason)
		}
		switch {
		case waiver.Finding == "" && waiver.Passage == "":
			return nil, fault("finding", "names neither a finding nor a passage")
		case waiver.Passage == "" && waiver.Hash != "":
			return nil, fault("hash", "stands without its passage")
		case waiver.Passage == "":
			continue
		}
		hash := austauschbar.PassageHash(waiver.Passage)
		if waiver.Hash != "" && waiver.Hash != hash {
			return nil, fault("hash", "belongs to another passage; of this one it is "+hash)
		}
		waiver.Hash = hash
	}
	return file.Waivers, nil
}

// Append adds a waiver to a file, which may be empty, and leaves what stands
// there as it is. What is still to be filled in says what is wanted. The error
// says that the file is broken, or written so that nothing can be added.
func Append(data []byte, waiver austauschbar.WaiverRecord) ([]byte, error) {
	before, err := Read(data)
	if err != nil {
		return nil, err
	}
	text := string(data)
	newLine := "\n"
	if strings.Contains(text, "\r\n") {
		newLine = "\r\n"
	}
	if len(before) == 0 {
		text = emptyList.ReplaceAllString(text, "")
	}
	if text != "" && !strings.HasSuffix(text, "\n") {
		text += newLine
	}
	if len(before) == 0 {
		text += "waivers:" + newLine
	}
	for _, line := range entry(waiver) {
		text += indent(text) + line + newLine
	}
	after, err := Read([]byte(text))
	if err != nil || len(after) != len(before)+1 || after[len(before)] != waiver {
		return nil, fmt.Errorf("the list must be written with one line for each key, as in the documentation, for an entry to be added")
	}
	return []byte(text), nil
}

// emptyList is a list without entries, which the first one replaces.
var emptyList = regexp.MustCompile(`(?m)^waivers:[ \t]*\[[ \t]*\][ \t]*\r?\n?`)

// item matches the beginning of an entry.
var item = regexp.MustCompile(`(?m)^([ \t]*)- `)

// indent is how far the first entry of the file is indented; two blanks where
// there is none.
func indent(text string) string {
	if first := item.FindStringSubmatch(text); first != nil {
		return first[1]
	}
	return "  "
}

// entry gives the lines of a waiver. Texts are quoted as YAML and Go both
// understand it.
func entry(waiver austauschbar.WaiverRecord) []string {
	lines := []string{"- criterion: " + waiver.Criterion}
	add := func(key, value, wanted string) {
		line := "  " + key + ": " + value
		if wanted != "" {
			line += "  # " + wanted
		}
		lines = append(lines, line)
	}
	text := func(key, value, wanted string) {
		if value != "" {
			wanted = ""
		}
		add(key, strconv.Quote(value), wanted)
	}
	if waiver.Finding != "" {
		add("finding", waiver.Finding, "")
	}
	if waiver.Passage != "" {
		text("passage", waiver.Passage, "")
		text("hash", waiver.Hash, "")
	}
	text("reason", waiver.Reason, strings.Join(austauschbar.WaiverReasons, ", "))
	text("text", waiver.Text, "why, in the authority's words")
	text("evidence", waiver.Evidence, "document or file that shows it")
	text("author", waiver.Author, "who decides")
	text("approver", waiver.Approver, "who approves: another person than the author")
	add("date", waiver.Date, "")
	add("expires", waiver.Expires, "")
	return lines
}
