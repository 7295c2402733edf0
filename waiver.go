package austauschbar

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// Waivers is a dossier's waivers.yaml: findings that the authority leaves as
// they are, and why. Which of them count is for the policies to say.
type Waivers struct {
	Waivers []WaiverRecord `json:"waivers,omitempty" yaml:"waivers" jsonschema:"description=Findings that are left as they are\\, with reasons"`
}

// A WaiverRecord is one entry of waivers.yaml. It names a finding by its id, by
// the passage the finding quotes, or both. Days are written 2026-09-01.
type WaiverRecord struct {
	Criterion string `json:"criterion" yaml:"criterion" jsonschema:"required,minLength=1,description=Id of the criterion as the review prints it"`
	Finding   string `json:"finding,omitempty" yaml:"finding" jsonschema:"description=Id of the finding as the review prints it"`
	Passage   string `json:"passage,omitempty" yaml:"passage" jsonschema:"description=The quote of the finding\\, unchanged"`
	Hash      string `json:"hash,omitempty" yaml:"hash" jsonschema:"pattern=^sha256:[0-9a-f]{64}$,description=Hash of the passage; worked out where it is left out"`
	Reason    string `json:"reason,omitempty" yaml:"reason" jsonschema:"description=Category of the reason"` // see WaiverReasons
	Text      string `json:"text,omitempty" yaml:"text" jsonschema:"description=Why\\, in the authority's words"`
	Evidence  string `json:"evidence,omitempty" yaml:"evidence" jsonschema:"description=Document or file that shows it"`
	Author    string `json:"author,omitempty" yaml:"author" jsonschema:"description=Who decided"`
	Approver  string `json:"approver,omitempty" yaml:"approver" jsonschema:"description=Who approved; another person than the author"`
	Date      string `json:"date" yaml:"date" jsonschema:"required,format=date,description=Day of the decision; the waiver counts from this day on"`
	Expires   string `json:"expires" yaml:"expires" jsonschema:"required,format=date,description=First day on which the waiver no longer counts"`
}

// WaiverReasons is the closed list of reason categories, in the order of the
// schemas: both sentences of § 31 (6) VgV; § 23 (5) UVgO; § 14 (4) no. 2 with
// (6) VgV; a proof of concept; anything else.
var WaiverReasons = []string{"track_1", "track_2", "uvgo_23_5", "sole_source", "poc", "other"}

// States of a waiver. The first two count, the others do not.
const (
	WaiverWaived     = "waived"
	WaiverExpiring   = "expiring"   // counts, and ends within 30 days
	WaiverExpired    = "expired"    // ended
	WaiverPending    = "pending"    // dated later than the day of judging
	WaiverUnapproved = "unapproved" // nobody approved it, or its author did
	WaiverIncomplete = "incomplete" // without reason, text or author
	WaiverUnused     = "unused"     // names no finding of this review
)

// A WaiverState is an entry of waivers.yaml and what became of it.
type WaiverState struct {
	State    string   `json:"state" jsonschema:"enum=waived,enum=expiring,enum=expired,enum=pending,enum=unapproved,enum=incomplete,enum=unused"`
	Findings []string `json:"findings"` // ids of the findings it names, whether it counts or not
	WaiverRecord
}

// NormalPassage folds what may change in a quote without its being another
// passage: white space and the case of letters.
func NormalPassage(quote string) string {
	return strings.ToLower(strings.Join(strings.Fields(quote), " "))
}

// PassageHash identifies a passage: "sha256:" and hex, over NormalPassage.
func PassageHash(quote string) string {
	sum := sha256.Sum256([]byte(NormalPassage(quote)))
	return "sha256:" + hex.EncodeToString(sum[:])
}
