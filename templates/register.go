package templates

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"io"
	"net/url"
	"strings"

	"github.com/austauschbar/austauschbar"
)

//go:embed register.css
var registerStyle string

// registerScript searches the table. Without it, all of the table is there.
//
//go:embed register.js
var registerScript string

// A registerView is what the shapes of a register see.
type registerView struct {
	austauschbar.Register
	Language string
}

// Kinds are those that entries have, in the order of the words.
func (v registerView) Kinds() []string {
	has := map[string]bool{}
	for _, entry := range v.Entries {
		has[entry.Kind] = true
	}
	var kinds []string
	for _, kind := range []string{"tender", "architecture", "both", austauschbar.Software} {
		if has[kind] {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

// Levels are those to search by; the last is for entries without.
func (registerView) Levels() []string { return levelNames }

// Register writes a register as a page for browsers that needs nothing but itself. All
// of it can be read without a script; a small one searches.
func (words *Words) Register(out io.Writer, register austauschbar.Register) error {
	return words.write(out, registerVoice, "register", registerView{register, words.Language})
}

// RegisterJSON writes a register for programs, as JSON does a review.
func RegisterJSON(out io.Writer, register austauschbar.Register) error {
	return writeJSON(out, register)
}

var registerVoice = voice{shape: "register_html", escape: escapeHTML, functions: map[string]any{
	"style":  func() markup { return markup(registerLooks()) },
	"script": func() markup { return markup(registerScript) },
	"policy": func() markup {
		sum := sha256.Sum256([]byte(registerScript))
		return markup(securityPolicy(registerLooks()) + "; script-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'")
	},
	"link": linkHTML,
	"source": func(address string) austauschbar.Reference {
		shown := strings.TrimPrefix(strings.TrimPrefix(address, "https://"), "http://")
		return austauschbar.Reference{Ref: address, Description: shown}
	},
	// page is the address of a file from the register's folder, never of another host.
	"page": func(path string) string { return (&url.URL{Path: strings.TrimLeft(path, "/")}).String() },
	"join": func(parts []string) string { return strings.Join(parts, ", ") },
	"yesno": func(yes bool) string {
		if yes {
			return "yes"
		}
		return "no"
	},
}}

func registerLooks() string { return tokens + style + registerStyle }
