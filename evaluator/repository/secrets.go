package repository

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/austauschbar/austauschbar"
)

// dotenv matches files with the settings of one machine; those that show how to write
// one are not meant.
var (
	dotenv   = regexp.MustCompile(`(?i)^\.env(\..+)?$`)
	template = regexp.MustCompile(`(?i)\.(example|sample|template|dist|tmpl|schema)$`)
	keyFile  = regexp.MustCompile(`(?i)(^id_(rsa|dsa|ecdsa|ed25519)|\.(p12|pfx|jks|keystore|kdbx))$`)
)

// suspicious tells of which kind a file is by its name; "" for all others.
func suspicious(base string) string {
	switch {
	case dotenv.MatchString(base) && !template.MatchString(base):
		return "dotenv"
	case keyFile.MatchString(base):
		return "key_file"
	}
	return ""
}

// patterns are the shapes of secrets that are hardly anything else. Each begins with
// one of its marks, so that most files need no closer look.
var patterns = []struct {
	kind  string
	marks []string
	shape *regexp.Regexp
}{
	{"private_key", []string{"-----BEGIN "}, regexp.MustCompile(`^\s*-----BEGIN (RSA |EC |DSA |OPENSSH |ENCRYPTED |PGP )?PRIVATE KEY( BLOCK)?-----\s*$`)},
	{"token", []string{"AKIA"}, regexp.MustCompile(`\bAKIA[0-9A-Z]{16}\b`)},
	{"token", []string{"ghp_", "gho_", "ghs_", "github_pat_"}, regexp.MustCompile(`\b(gh[pos]_[0-9A-Za-z]{36}|github_pat_[0-9A-Za-z_]{50,})\b`)},
	{"token", []string{"glpat-"}, regexp.MustCompile(`\bglpat-[0-9A-Za-z_-]{20,}`)},
	{"token", []string{"xoxb-", "xoxp-"}, regexp.MustCompile(`\bxox[bp]-[0-9]{6,}-[0-9A-Za-z-]{20,}`)},
}

// secrets finds in a file what looks like one. What it says is left there.
func secrets(name string, data []byte) []austauschbar.Secret {
	var found []austauschbar.Secret
	if bytes.IndexByte(data, 0) >= 0 || !anyMark(data) {
		return nil
	}
	number := 0
	for line := range strings.SplitSeq(string(data), "\n") {
		number++
		for _, pattern := range patterns {
			if pattern.shape.MatchString(line) {
				found = append(found, austauschbar.Secret{Path: name, Line: number, Kind: pattern.kind})
			}
		}
	}
	return found
}

func anyMark(data []byte) bool {
	for _, pattern := range patterns {
		for _, mark := range pattern.marks {
			if bytes.Contains(data, []byte(mark)) {
				return true
			}
		}
	}
	return false
}
