package lines

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// longest is how many bytes of a line are shown.
const longest = 1_000

// cut stands in the place of what may be a secret.
const cut = "…"

var (
	// value matches a line that gives what its neighbours name: "value: x", "default = x".
	value = regexp.MustCompile(`(?i)^(\s*-?\s*["']?(?:value|default|literal|content|stringvalue)["']?\s*[:=]\s*)\S.*`)
	// key matches a line that says nothing but a key, under which more stands.
	key = regexp.MustCompile(`(?:[:=|>{\[(\\]|[|>][-+0-9]*|<<[-~]?\s*"?\w+"?)\s*$`)
	// option matches a command's option that tells of a secret, and what stands behind it.
	option = regexp.MustCompile(`(?i)(-[\w-]*(?:pass|secret|token|credential|key)[\w-]*["']?[,\s]+)\S.*`)
	// element matches a tag or attribute whose name tells of a secret.
	element = regexp.MustCompile(`(?i)(<[^<>]*(?:pass|pwd|secret|token|credential|key)[^<>]*>)[^<]+`)
	// random matches what only programs write: long, of letters and digits.
	random = regexp.MustCompile(`[A-Za-z0-9+/_=-]{24,}`)
	// secretKind matches what Kubernetes calls a secret.
	secretKind = regexp.MustCompile(`(?i)^\s*["']?kind["']?\s*:\s*["']?(?:sealed)?secret\b`)
	mapped     = regexp.MustCompile(`^(\s*["']?[\w./-]+["']?\s*:\s*)\S.*`)
	digest     = regexp.MustCompile(`sha(?:256|512):[0-9a-f]+`)
)

// near is how far from its name a value may stand, in lines.
const near = 3

// ShownWithoutSecrets gives the lines of a file as a reader may see them: what a name
// tells to be a secret is cut, wherever its value stands, and so is what looks like one.
// It cuts rather too much than too little.
func ShownWithoutSecrets(text string) []string {
	raw := strings.Split(strings.TrimSuffix(strings.ToValidUTF8(text, "\ufffd"), "\n"), "\n")
	shown := make([]string, len(raw))
	block, armoured := -1, false // the depth of a key under which all is secret; -1 for none
	for i, line := range raw {
		line = bounded(strings.TrimRight(line, "\r"))
		blank := strings.TrimSpace(line) == ""
		switch {
		case armoured || strings.Contains(line, "-----BEGIN"):
			armoured = !strings.Contains(line, "-----END")
			shown[i] = cut
			continue
		case block >= 0 && (blank || indent(line) > block):
			if !blank {
				shown[i] = line[:indent(line)] + cut
			}
			continue
		}
		block = -1
		if telling.MatchString(line) && key.MatchString(line) {
			block = indent(line)
		}
		if shown[i] = withoutSecret(line); value.MatchString(line) && named(raw, i) {
			shown[i] = value.ReplaceAllString(line, "$1"+cut)
		}
	}
	return withoutManifests(raw, shown)
}

func withoutSecret(line string) string {
	line = option.ReplaceAllString(WithoutSecrets(line), "${1}"+cut)
	line = element.ReplaceAllString(line, "${1}"+cut)
	kept := digest.FindAllStringIndex(line, -1)
	at := 0
	return random.ReplaceAllStringFunc(line, func(word string) string {
		start := at + strings.Index(line[at:], word)
		at = start + len(word)
		for _, one := range kept {
			if start >= one[0] && at <= one[1] {
				return word
			}
		}
		if strings.ContainsAny(word, "0123456789") && strings.ContainsAny(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") && strings.ContainsAny(word, "abcdefghijklmnopqrstuvwxyz") ||
			strings.Trim(word, "0123456789abcdefABCDEF") == "" {
			return cut
		}
		return word
	})
}

// named tells whether a line near by names a secret.
func named(raw []string, i int) bool {
	for _, line := range raw[max(0, i-near):min(len(raw), i+near+1)] {
		if telling.MatchString(bounded(line)) {
			return true
		}
	}
	return false
}

// withoutManifests cuts all values of Kubernetes' secrets, one of several documents in
// a file or the whole file.
func withoutManifests(raw, shown []string) []string {
	start := 0
	for i := 0; i <= len(raw); i++ {
		if i < len(raw) && !strings.HasPrefix(raw[i], "---") {
			continue
		}
		secret := false
		for _, line := range raw[start:i] {
			secret = secret || secretKind.MatchString(bounded(line))
		}
		for j := start; secret && j < i; j++ {
			if indent(shown[j]) == 0 {
				continue
			}
			if mapped.MatchString(shown[j]) {
				shown[j] = mapped.ReplaceAllString(shown[j], "${1}"+cut)
			} else if !key.MatchString(shown[j]) {
				shown[j] = shown[j][:indent(shown[j])] + cut
			}
		}
		start = i + 1
	}
	return shown
}

// indent is how many bytes of blanks a line begins with.
func indent(line string) int { return len(line) - len(strings.TrimLeft(line, " \t")) }

// bounded is the beginning of a line that is long.
func bounded(line string) string {
	if len(line) <= longest {
		return line
	}
	end := longest
	for !utf8.RuneStart(line[end]) {
		end--
	}
	return line[:end] + cut
}
