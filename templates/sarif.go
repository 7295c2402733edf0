package templates

import (
	"cmp"
	"fmt"
	"io"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/austauschbar/austauschbar"
)

// The objects of a SARIF 2.1.0 log (OASIS) that we write, by their names there.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool        sarifTool         `json:"tool"`
		Automation  sarifAutomation   `json:"automationDetails"`
		Invocations []sarifInvocation `json:"invocations"`
		Language    string            `json:"language"`
		ColumnKind  string            `json:"columnKind"`
		Results     []sarifResult     `json:"results"`
		Properties  map[string]any    `json:"properties"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name          string      `json:"name"`
		Version       string      `json:"version,omitempty"`
		Information   string      `json:"informationUri"`
		Language      string      `json:"language"`
		Rules         []sarifRule `json:"rules"`
		Notifications []sarifRule `json:"notifications,omitempty"`
	}
	sarifAutomation struct {
		ID string `json:"id"`
	}
	sarifRule struct {
		ID            string              `json:"id"`
		Name          string              `json:"name,omitempty"`
		Short         *sarifText          `json:"shortDescription,omitempty"`
		Full          *sarifText          `json:"fullDescription,omitempty"`
		HelpURI       string              `json:"helpUri,omitempty"`
		Help          *sarifText          `json:"help,omitempty"`
		Configuration *sarifConfiguration `json:"defaultConfiguration,omitempty"`
		Properties    map[string]any      `json:"properties,omitempty"`
	}
	sarifConfiguration struct {
		Level string `json:"level"`
	}
	sarifText struct {
		Text     string `json:"text"`
		Markdown string `json:"markdown,omitempty"`
	}
	sarifInvocation struct {
		Successful    bool                `json:"executionSuccessful"` // else there is no log
		Notifications []sarifNotification `json:"toolExecutionNotifications,omitempty"`
	}
	sarifNotification struct {
		Descriptor sarifReference  `json:"descriptor"`
		Level      string          `json:"level"`
		Message    sarifText       `json:"message"`
		Locations  []sarifLocation `json:"locations,omitempty"`
	}
	sarifReference struct {
		ID    string `json:"id"`
		Index int    `json:"index"`
	}
	sarifResult struct {
		RuleID       string             `json:"ruleId"`
		RuleIndex    int                `json:"ruleIndex"`
		Kind         string             `json:"kind,omitempty"` // "fail" where it is left out
		Level        string             `json:"level"`
		Message      sarifText          `json:"message"`
		Locations    []sarifLocation    `json:"locations"`
		Related      []sarifLocation    `json:"relatedLocations,omitempty"`
		Fingerprints map[string]string  `json:"partialFingerprints"`
		Baseline     string             `json:"baselineState,omitempty"`
		Suppressions []sarifSuppression `json:"suppressions,omitempty"`
		Fixes        []sarifFix         `json:"fixes,omitempty"`
		Properties   map[string]any     `json:"properties,omitempty"`
	}
	sarifLocation struct {
		ID       int            `json:"id,omitempty"` // of related locations, from 1
		Physical sarifPhysical  `json:"physicalLocation"`
		Logical  []sarifLogical `json:"logicalLocations,omitempty"`
		Message  *sarifText     `json:"message,omitempty"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int        `json:"startLine"`
		StartColumn int        `json:"startColumn,omitempty"`
		EndColumn   int        `json:"endColumn,omitempty"` // of what stands behind it
		Snippet     *sarifText `json:"snippet,omitempty"`
	}
	sarifLogical struct {
		Name      string `json:"name"`
		Qualified string `json:"fullyQualifiedName,omitempty"`
		Kind      string `json:"kind"`
	}
	sarifSuppression struct {
		Kind          string         `json:"kind"`
		Status        string         `json:"status"`
		Justification string         `json:"justification"`
		Properties    map[string]any `json:"properties"`
	}
	sarifFix struct {
		Description sarifText     `json:"description"`
		Changes     []sarifChange `json:"artifactChanges"`
	}
	sarifChange struct {
		Artifact     sarifArtifact      `json:"artifactLocation"`
		Replacements []sarifReplacement `json:"replacements"`
	}
	sarifReplacement struct {
		Deleted  sarifRegion `json:"deletedRegion"`
		Inserted sarifText   `json:"insertedContent"`
	}
)

const (
	sarifVersion = "2.1.0"
	sarifSchema  = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
	project      = "https://github.com/austauschbar/austauschbar"

	// fingerprint names our partial fingerprint; its number changes with how a
	// finding's id is made.
	fingerprint = "austauschbarFinding/v1"

	// contradictionRule is the rule of what documents tell differently.
	contradictionRule = "contradiction"

	// describing bounds a rule's descriptions, in characters: GitHub's limit.
	describing = 1024
)

// sarifLevels are SARIF's names of our severities. Of what is no failure but a
// question, which SARIF calls a review, it allows no level.
var sarifLevels = map[string]string{"blocker": "error", "major": "warning", "minor": "note", "hint": "note", "question": "none"}

// A Line gives a line, from 1, of the text file at a path, without its line end; ""
// where there is none.
type Line func(path string, line int) string

// SARIF writes reviews as Fill returned them as one run of a SARIF log: a rule for each
// criterion, a result for each finding and contradiction, a notification for each gap.
// What concerns a whole dossier stands at its first document. Paths are those of the
// dossiers with their documents'. Lines tell where in its line a quote stands, which a
// suggestion then replaces.
func (words *Words) SARIF(out io.Writer, reviews []austauschbar.Review, line Line) error {
	s := &sarif{words: words, line: line, rules: map[string]int{}, notices: map[string]int{}, told: map[string]bool{}}
	s.driver = sarifDriver{Name: "austauschbar", Information: project, Language: words.Language, Rules: []sarifRule{}}
	s.results, s.dossiers = []sarifResult{}, []any{}
	for _, review := range reviews {
		if err := s.add(review); err != nil {
			return fmt.Errorf("write sarif: %w", err)
		}
	}
	return writeJSON(out, sarifLog{Schema: sarifSchema, Version: sarifVersion, Runs: []sarifRun{{
		Tool: sarifTool{s.driver}, Automation: sarifAutomation{automationOf(reviews)}, Language: words.Language, ColumnKind: "unicodeCodePoints",
		Invocations: []sarifInvocation{{Successful: true, Notifications: s.notifications}}, Results: s.results,
		Properties: map[string]any{"dossiers": s.dossiers},
	}}})
}

// automationOf is the category of a run, by which forges tell reviews of one dossier
// from those of another: it ends with a slash, behind which a run's own id would stand.
func automationOf(reviews []austauschbar.Review) string {
	if len(reviews) != 1 {
		return "austauschbar/"
	}
	return "austauschbar/" + strings.Trim(address(path.Clean(reviews[0].Dossier.Path)), "/") + "/"
}

// sarif is a run in the making.
type sarif struct {
	words         *Words
	line          Line
	driver        sarifDriver
	results       []sarifResult
	notifications []sarifNotification
	dossiers      []any
	rules         map[string]int // index by id
	notices       map[string]int
	told          map[string]bool
}

func (s *sarif) add(review austauschbar.Review) error {
	review, err := s.words.shown(review)
	if err != nil {
		return err
	}
	if s.told["dossier "+review.Dossier.Path] { // asked for twice
		return nil
	}
	s.told["dossier "+review.Dossier.Path] = true
	s.driver.Version = cmp.Or(s.driver.Version, review.Tool.Version)
	s.dossiers = append(s.dossiers, dossierProperties(review))
	missing, err := s.words.missing(review)
	if err != nil {
		return err
	}
	for _, criterion := range review.Criteria {
		if _, err := s.rule(criterion); err != nil {
			return err
		}
	}
	for _, finding := range review.Findings {
		result, err := s.result(review, finding, missing)
		if err != nil {
			return err
		}
		s.results = append(s.results, result)
	}
	for _, contradiction := range review.Contradictions {
		if err := s.contradiction(review, contradiction); err != nil {
			return err
		}
	}
	for _, gap := range review.Gaps {
		if err := s.gap(review, gap); err != nil {
			return err
		}
	}
	return nil
}

func dossierProperties(review austauschbar.Review) map[string]any {
	properties := map[string]any{
		"path": clean(review.Dossier.Path), "title": clean(review.Dossier.Title), "documents": len(review.Dossier.Documents),
		"policyDigest": review.Policy.Digest, "policyVersion": review.Policy.Version,
		"profile": review.Policy.Profile, "profileVersion": review.Policy.ProfileVersion, "today": review.Policy.Today,
		"coverage": review.Score.Coverage, "level": review.Score.Level, "gate": review.Score.Gate,
	}
	if review.Score.Overall != nil {
		properties["overall"] = *review.Score.Overall
	}
	if review.Delta != nil {
		properties["fixed"] = review.Delta.Fixed
	}
	return properties
}

// rule gives the index of a criterion's rule; the first review that has it tells
// weight and kind.
func (s *sarif) rule(criterion austauschbar.Criterion) (int, error) {
	if index, known := s.rules[criterion.ID]; known {
		return index, nil
	}
	m, err := s.words.meaning(criterion)
	if err != nil {
		return 0, err
	}
	help, err := s.help(criterion, m)
	if err != nil {
		return 0, err
	}
	page, err := s.words.say("sarif.page", nil)
	if err != nil {
		return 0, err
	}
	level := "warning"
	if criterion.Kind == "A" {
		level = "error"
	}
	properties := map[string]any{"tags": []string{"procurement"}, "weight": criterion.Weight}
	if criterion.Group != "" {
		properties["tags"] = []string{"procurement", criterion.Group}
		properties["kind"] = criterion.Kind
	}
	return s.addRule(sarifRule{
		ID: criterion.ID, Name: clean(criterion.Title), Short: plainText(shorten(clean(criterion.Title), describing)), Full: plainText(shorten(clean(m.Meaning), describing)),
		HelpURI: project + "/blob/main/docs/" + page, Help: help, Configuration: &sarifConfiguration{level}, Properties: properties,
	}), nil
}

func (s *sarif) addRule(rule sarifRule) int {
	index := len(s.driver.Rules)
	s.driver.Rules = append(s.driver.Rules, rule)
	s.rules[rule.ID] = index
	return index
}

// help is what a criterion asks for, why, and its sources.
func (s *sarif) help(criterion austauschbar.Criterion, m meaning) (*sarifText, error) {
	var text, marked []string
	for _, part := range []struct{ label, text string }{{"label.meaning", m.Meaning}, {"label.evidence", m.Evidence}, {"label.why", m.Reason}} {
		label, err := s.words.say(part.label, nil)
		if err != nil {
			return nil, err
		}
		text = append(text, label+": "+clean(part.text))
		marked = append(marked, "**"+escapeMarkdown(label)+"**: "+escapeMarkdown(part.text))
	}
	if len(criterion.References) > 0 {
		label, err := s.words.say("label.sources", nil)
		if err != nil {
			return nil, err
		}
		var sources, links []string
		for _, reference := range criterion.References {
			sources = append(sources, clean(strings.TrimSpace(reference.Description+" "+reference.Ref)))
			links = append(links, "- "+string(link(reference)))
		}
		text = append(text, label+": "+strings.Join(sources, "; "))
		marked = append(marked, "**"+escapeMarkdown(label)+"**:\n\n"+strings.Join(links, "\n"))
	}
	return &sarifText{Text: literal(strings.Join(text, "\n\n")), Markdown: strings.Join(marked, "\n\n")}, nil
}

func (s *sarif) result(review austauschbar.Review, finding austauschbar.Finding, missing string) (sarifResult, error) {
	index, err := s.rule(criterionOf(review, finding.Criterion))
	if err != nil {
		return sarifResult{}, err
	}
	result := sarifResult{
		RuleID: finding.Criterion, RuleIndex: index, Level: cmp.Or(sarifLevels[finding.Severity], "note"),
		Fingerprints: map[string]string{fingerprint: finding.ID}, Baseline: baseline(review, finding.ID), Properties: findingProperties(finding),
	}
	if finding.Severity == "question" {
		result.Kind = "review"
	}
	if finding.Evidence != nil {
		result.Locations = []sarifLocation{s.location(review.Dossier, *finding.Evidence)}
	} else {
		result.Locations = []sarifLocation{{Physical: physical(review.Dossier, firstDocument(review.Dossier)), Message: plainText(missing)}}
	}
	if result.Message, err = s.message(finding, missing); err != nil {
		return sarifResult{}, err
	}
	if result.Fixes, err = s.fixes(finding, result.Locations[0]); err != nil {
		return sarifResult{}, err
	}
	if finding.Waiver != nil {
		result.Suppressions, err = s.suppressions(*finding.Waiver)
	}
	return result, err
}

// message tells a finding, where it stands, with its quote, and what helps.
func (s *sarif) message(finding austauschbar.Finding, missing string) (sarifText, error) {
	lines := []string{clean(finding.Message), missing}
	if finding.Evidence != nil {
		lines[1] = clean(finding.Evidence.Place)
		if quote := clean(finding.Evidence.Quote); quote != "" {
			quoted, err := s.words.quote(quote)
			if err != nil {
				return sarifText{}, err
			}
			lines[1] += ": " + quoted
		}
	}
	if remedy := clean(finding.Remedy); remedy != "" {
		label, err := s.words.say("label.remedy", nil)
		if err != nil {
			return sarifText{}, err
		}
		lines = append(lines, label+": "+remedy)
	}
	return *plainText(strings.Join(lines, "\n")), nil
}

func findingProperties(finding austauschbar.Finding) map[string]any {
	properties := map[string]any{"severity": finding.Severity, "code": finding.Code, "confidence": finding.Confidence}
	for name, text := range map[string]string{"reason": finding.Reason, "suggestion": finding.Suggestion} {
		if text = clean(text); text != "" {
			properties[name] = text
		}
	}
	return properties
}

// baseline compares with the base; "" where nothing was compared.
func baseline(review austauschbar.Review, id string) string {
	switch {
	case review.Delta == nil:
		return ""
	case slices.Contains(review.Delta.New, id):
		return "new"
	}
	return "unchanged"
}

func (s *sarif) suppressions(waiver austauschbar.Waiver) ([]sarifSuppression, error) {
	text, err := s.words.say("waiver.text", waiver)
	if err != nil {
		return nil, err
	}
	return []sarifSuppression{{Kind: "external", Status: "accepted", Justification: clean(text), Properties: map[string]any{
		"author": clean(waiver.Author), "approver": clean(waiver.Approver), "date": clean(waiver.Date), "expires": clean(waiver.Expires),
	}}}, nil
}

// fixes puts a suggestion in the place of its quote, where the quote's place in a line
// is known. What is missing takes no passage's place.
func (s *sarif) fixes(finding austauschbar.Finding, at sarifLocation) ([]sarifFix, error) {
	region := at.Physical.Region
	if finding.Suggestion == "" || finding.Code == "missing" || strings.ContainsAny(finding.Suggestion, "\r\n") || region == nil || region.StartColumn == 0 {
		return nil, nil
	}
	label, err := s.words.say("label.suggestion", nil)
	if err != nil {
		return nil, err
	}
	deleted := *region
	deleted.Snippet = nil
	return []sarifFix{{Description: sarifText{Text: label}, Changes: []sarifChange{{
		Artifact: at.Physical.Artifact, Replacements: []sarifReplacement{{Deleted: deleted, Inserted: sarifText{Text: finding.Suggestion}}},
	}}}}, nil
}

func (s *sarif) contradiction(review austauschbar.Review, contradiction austauschbar.Discrepancy) error {
	index, known := s.rules[contradictionRule]
	if !known {
		title, err := s.words.say("heading.contradictions", nil)
		if err != nil {
			return err
		}
		explained, err := s.words.say("contradictions.explained", nil)
		if err != nil {
			return err
		}
		index = s.addRule(sarifRule{
			ID: contradictionRule, Name: title, Short: plainText(title), Full: plainText(explained), Help: &sarifText{Text: explained, Markdown: escapeMarkdown(explained)},
			Configuration: &sarifConfiguration{"none"}, Properties: map[string]any{"tags": []string{"procurement"}},
		})
	}
	var locations []sarifLocation
	lines := []string{clean(contradiction.Message)}
	for _, side := range contradiction.Sides {
		place := clean(side.Evidence.Place)
		if quote := clean(side.Evidence.Quote); quote != "" {
			quoted, err := s.words.quote(quote)
			if err != nil {
				return err
			}
			place += ": " + quoted
		}
		lines = append(lines, place)
		locations = append(locations, s.location(review.Dossier, side.Evidence))
	}
	related := copied(locations[1:])
	for i := range related {
		related[i].ID = i + 1
	}
	s.results = append(s.results, sarifResult{
		RuleID: contradictionRule, RuleIndex: index, Kind: "review", Level: "none", Message: *plainText(strings.Join(lines, "\n")),
		Locations: locations[:1], Related: related, Fingerprints: map[string]string{fingerprint: austauschbar.PassageHash(strings.Join(identityOf(contradiction), "\n"))},
	})
	return nil
}

// readOtherwise are gaps of what was read all the same.
var readOtherwise = []string{"converted", "recognised"}

func (s *sarif) gap(review austauschbar.Review, gap austauschbar.Gap) error {
	index, known := s.notices[gap.Reason]
	if !known {
		text, err := s.words.name("gap", gap.Reason)
		if err != nil {
			return err
		}
		index = len(s.driver.Notifications)
		s.notices[gap.Reason] = index
		s.driver.Notifications = append(s.driver.Notifications, sarifRule{ID: gap.Reason, Short: plainText(text)})
	}
	text, err := s.words.gap(gap)
	if err != nil {
		return err
	}
	level := "warning"
	if slices.Contains(readOtherwise, gap.Reason) {
		level = "note"
	}
	s.notifications = append(s.notifications, sarifNotification{
		Descriptor: sarifReference{gap.Reason, index}, Level: level, Message: *plainText(text), Locations: []sarifLocation{{Physical: physical(review.Dossier, gap.Path)}},
	})
	return nil
}

func physical(dossier austauschbar.ReviewDossier, document string) sarifPhysical {
	return sarifPhysical{Artifact: sarifArtifact{address(location(dossier, document))}}
}

// location is where evidence stands: in which lines of a file, and in which of its
// pages, sections and cells.
func (s *sarif) location(dossier austauschbar.ReviewDossier, at austauschbar.Evidence) sarifLocation {
	found := sarifLocation{Physical: physical(dossier, at.Path), Logical: logical(at), Message: plainText(at.Place)}
	if at.Line > 0 {
		found.Physical.Region = regionOf(at, s.line(location(dossier, at.Path), at.Line))
	}
	return found
}

// regionOf is a quote's place in its line, or all of the line unless it holds the quote
// once and whole.
func regionOf(at austauschbar.Evidence, line string) *sarifRegion {
	region := &sarifRegion{StartLine: at.Line}
	if at.Quote == "" || strings.Count(line, at.Quote) != 1 {
		return region
	}
	before, _, _ := strings.Cut(line, at.Quote)
	region.StartColumn = 1 + utf8.RuneCountInString(before)
	region.EndColumn = region.StartColumn + utf8.RuneCountInString(at.Quote)
	region.Snippet = &sarifText{Text: at.Quote}
	return region
}

func logical(at austauschbar.Evidence) []sarifLogical {
	var places []sarifLogical
	add := func(kind, name, qualified string) {
		if name = clean(name); name != "" {
			places = append(places, sarifLogical{Name: name, Qualified: clean(qualified), Kind: kind})
		}
	}
	if at.Page > 0 {
		add("page", strconv.Itoa(at.Page), "")
	}
	add("section", at.Section, "")
	if sheet, cell, inSheet := cutLast(at.Cell, "!"); inSheet {
		add("sheet", sheet, "")
		add("cell", cell, at.Cell)
	} else {
		add("cell", at.Cell, "")
	}
	if at.Paragraph > 0 {
		add("paragraph", strconv.Itoa(at.Paragraph), "")
	}
	return places
}

// cutLast cuts a text at the last of its separators.
func cutLast(text, separator string) (before, after string, found bool) {
	at := strings.LastIndex(text, separator)
	if at < 0 {
		return text, "", false
	}
	return text[:at], text[at+len(separator):], true
}

// address is a path as a URI: relative as the path is, else of a file.
func address(file string) string {
	file = strings.ToValidUTF8(file, "\ufffd")
	if path.IsAbs(file) {
		return (&url.URL{Scheme: "file", Path: file}).String()
	}
	segments := strings.Split(file, "/")
	for i, segment := range segments {
		segments[i] = url.PathEscape(segment)
	}
	// A colon in the first segment would end a scheme.
	segments[0] = strings.ReplaceAll(segments[0], ":", "%3A")
	return strings.Join(segments, "/")
}

// plainText is a text that stands for nothing but itself.
func plainText(text string) *sarifText { return &sarifText{Text: literal(cutBytes(text, annotation))} }

// literal gives a text as a message of SARIF, in which braces would be placeholders and
// brackets before a parenthesis a link.
func literal(text string) string {
	text = strings.NewReplacer("{", "{{", "}", "}}").Replace(text)
	if strings.Contains(text, "](") {
		text = strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`).Replace(text)
	}
	return text
}
