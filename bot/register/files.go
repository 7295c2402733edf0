package register

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
)

// Bounds of what strangers wrote, in runes and items.
const (
	longest = 200
	most    = 20
)

// errNotOurs says that a file is nothing that a register is made of.
var errNotOurs = errors.New("is no review: want what 'austauschbar review --format json' or 'austauschbar batch' writes")

// A reader makes entries of a file.
type reader func(name string, file io.Reader) ([]austauschbar.RegisterEntry, error)

func (m Maker) readers() map[string]reader {
	return map[string]reader{".json": m.reviews, ".jsonl": m.lines, publicCode: m.software}
}

// reviews reads what review writes: one review after the other. What batch and register
// write beside is passed over.
func (m Maker) reviews(name string, file io.Reader) ([]austauschbar.RegisterEntry, error) {
	var entries []austauschbar.RegisterEntry
	for decoder := json.NewDecoder(file); ; {
		var document struct {
			austauschbar.Review
			All     json.RawMessage `json:"all"`     // of a batch's summary
			Entries json.RawMessage `json:"entries"` // of a register
		}
		switch err := decoder.Decode(&document); {
		case errors.Is(err, io.EOF) && len(entries) == 0:
			return nil, errNotOurs
		case errors.Is(err, io.EOF):
			m.link(name, entries)
			return entries, nil
		case err != nil:
			return entries, fmt.Errorf("%w (%w)", errNotOurs, err)
		}
		ours := document.Tool.Name != "" && document.Version > 0
		switch {
		case ours && (document.All != nil || document.Entries != nil):
			return entries, nil
		case !ours || document.Policy.Digest == "" || document.Score.Gate == "":
			return entries, errNotOurs
		case document.Version != austauschbar.ReviewVersion:
			return entries, fmt.Errorf("is a review of version %d: want %d", document.Version, austauschbar.ReviewVersion)
		}
		entries = append(entries, entryOf(document.Review))
	}
}

// link leads to the page of the same name, where a file has one review.
func (m Maker) link(name string, entries []austauschbar.RegisterEntry) {
	page := strings.TrimSuffix(name, filepath.Ext(name)) + ".html"
	if info, err := os.Stat(page); len(entries) == 1 && err == nil && info.Mode().IsRegular() {
		entries[0].Report = m.Link(page)
	}
}

// longestLine bounds a line of a batch's results, in bytes.
const longestLine = 4 << 20

// lines reads the results of a batch. Dossiers without a review are left out: their
// lines tell why.
func (m Maker) lines(_ string, file io.Reader) ([]austauschbar.RegisterEntry, error) {
	var entries []austauschbar.RegisterEntry
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, longestLine)
	for number := 1; lines.Scan(); number++ {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		var line austauschbar.BatchLine
		switch err := json.Unmarshal(lines.Bytes(), &line); {
		case err != nil || line.Tool.Name == "" || line.Path == "":
			return entries, fmt.Errorf("line %d: %w", number, errNotOurs)
		case line.Version != austauschbar.BatchVersion:
			return entries, fmt.Errorf("line %d: is of version %d: want %d", number, line.Version, austauschbar.BatchVersion)
		case line.Error != "":
			continue
		case line.Policy == nil || line.Score == nil:
			return entries, fmt.Errorf("line %d: %w", number, errNotOurs)
		}
		entry := judged(*line.Policy, *line.Score, line.Headlines)
		entry.Kind, entry.Title, entry.Path, entry.Regime = kind(line.Kind), bounded(line.Title), pathOf(line.Path), bounded(line.Regime)
		entry.Notice = notice(line.Notice)
		entries = append(entries, entry)
	}
	return entries, lines.Err()
}

// software reads a publiccode.yml.
func (m Maker) software(_ string, file io.Reader) ([]austauschbar.RegisterEntry, error) {
	data, err := io.ReadAll(file)
	if err != nil {
		return nil, err
	}
	said, err := m.Software(publicCode, data)
	if err != nil {
		return nil, err
	}
	if said.Name == "" {
		return nil, errors.New("the software has no name: fill in the key name")
	}
	software := austauschbar.RegisterSoftware{
		URL: web(said.URL), Version: bounded(said.SoftwareVersion), Status: bounded(said.DevelopmentStatus), Type: bounded(said.SoftwareType),
		Categories: some(said.Categories), UsedBy: some(said.UsedBy), Open: names(said.DependsOn.Open), Proprietary: names(said.DependsOn.Proprietary),
	}
	if said.Licence != nil {
		software.Licence = bounded(said.Licence.Expression)
		software.OpenSource = len(said.Licence.Licences) > 0 && !slices.ContainsFunc(said.Licence.Licences, func(l austauschbar.LicenceID) bool { return !l.OSI })
	}
	return []austauschbar.RegisterEntry{{Kind: austauschbar.Software, Title: bounded(said.Name), Software: &software}}, nil
}

// entryOf makes an entry of a review.
func entryOf(review austauschbar.Review) austauschbar.RegisterEntry {
	entry := judged(review.Policy, review.Score, review.Headlines)
	entry.Kind, entry.Title, entry.Path, entry.Regime = kind(review.Dossier.Kind), bounded(review.Dossier.Title), pathOf(review.Dossier.Path), bounded(review.Dossier.Regime)
	for _, situation := range review.Situations {
		if situation.Applies == "yes" && len(entry.Situations) < most {
			entry.Situations = append(entry.Situations, bounded(situation.ID))
		}
	}
	if review.LockInMap == nil {
		return entry
	}
	entry.Parts = &austauschbar.RegisterParts{Count: len(review.LockInMap.Components)}
	for _, component := range review.LockInMap.Components {
		switch component.Open {
		case "yes":
			entry.Parts.Open++
		case "unknown":
			entry.Parts.Unknown++
		}
		if component.Kind == "model" && len(entry.Models) < most {
			entry.Models = append(entry.Models, austauschbar.RegisterModel{Name: bounded(component.Name), Licence: bounded(component.Licence), Open: open(component.Open)})
		}
	}
	return entry
}

// judged is what an entry tells of the judging.
func judged(policy austauschbar.Policy, score austauschbar.Score, headlines []austauschbar.Headline) austauschbar.RegisterEntry {
	return austauschbar.RegisterEntry{
		Judged: bounded(policy.Today), Profile: bounded(policy.Profile), Policy: bounded(policy.Digest),
		Score: score.Overall, Level: bounded(score.Level), Coverage: &score.Coverage, Gate: gate(score.Gate), Headlines: headlines[:min(len(headlines), most)],
	}
}

// kind, gate and open give one of the words that there are.
func kind(said string) string {
	if slices.Contains([]string{"architecture", "both"}, said) {
		return said
	}
	return "tender"
}

func gate(said string) string {
	if said == "open" {
		return said
	}
	return "closed"
}

func open(said string) string {
	if slices.Contains([]string{"yes", "no"}, said) {
		return said
	}
	return "unknown"
}

func notice(said *austauschbar.BatchNotice) *austauschbar.BatchNotice {
	if said == nil {
		return nil
	}
	return &austauschbar.BatchNotice{ID: bounded(said.ID), Authority: bounded(said.Authority), Procedure: bounded(said.Procedure), CPV: some(said.CPV), Month: bounded(said.Month)}
}

// pathOf is a dossier's path; of one that leads through somebody's machine, the last
// part.
func pathOf(said string) string {
	said = filepath.ToSlash(said)
	if path.IsAbs(said) || strings.HasPrefix(said, "../") || len(said) > 1 && said[1] == ':' {
		said = path.Base(said)
	}
	return bounded(said)
}

// web is an address on the web; "" for another.
func web(address string) string {
	if address = bounded(address); strings.HasPrefix(address, "https://") || strings.HasPrefix(address, "http://") {
		return address
	}
	return ""
}

func names(said []austauschbar.Dependency) []string {
	var list []string
	for _, one := range said {
		list = append(list, one.Name)
	}
	return some(list)
}

// some are the first texts of a list, those that say nothing left out.
func some(said []string) []string {
	var list []string
	for _, text := range said {
		if text = bounded(text); text != "" && len(list) < most {
			list = append(list, text)
		}
	}
	return list
}

// bounded is a text as one line of what a register shows of it.
func bounded(text string) string { return bot.OneLine(text, longest) }
