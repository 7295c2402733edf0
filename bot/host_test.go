package bot

import (
	"strings"
	"testing"
)

// GitHub's own example of a signature, and what is none.
func TestIsSigned(t *testing.T) {
	const secret, body, signature = "It's a Secret to Everybody", "Hello, World!", "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
	for name, test := range map[string]struct {
		secret, body, signature string
		want                    bool
	}{
		"the example":     {secret, body, signature, true},
		"another body":    {secret, body + " ", signature, false},
		"another secret":  {"guessed", body, signature, false},
		"a beginning":     {secret, body, signature[:20], false},
		"no hexadecimal":  {secret, body, strings.Repeat("zz", 32), false},
		"no signature":    {secret, body, "", false},
		"an empty secret": {"", "", "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad", false}, // HMAC of nothing by nothing
	} {
		t.Run(name, func(t *testing.T) {
			if got := IsSigned([]byte(test.secret), []byte(test.body), test.signature); got != test.want {
				t.Errorf("IsSigned is %v", got)
			}
		})
	}
}

func TestIsCommit(t *testing.T) {
	for id, want := range map[string]bool{
		strings.Repeat("0a", 20): true, strings.Repeat("f9", 32): true,
		"": false, "main": false, strings.Repeat("0A", 20): false, strings.Repeat("0a", 19): false, strings.Repeat("0a", 19) + "..": false,
	} {
		if IsCommit(id) != want {
			t.Errorf("IsCommit(%q) is %v", id, !want)
		}
	}
}

func TestIsPlain(t *testing.T) {
	for name, want := range map[string]bool{
		"Land-01": true, "lastenheft_2.x": true, ".github": true,
		"": false, ".": false, "..": false, "a/b": false, "a?b": false, "a%2Fb": false, "a b": false, "ü": false, "a\nb": false,
	} {
		if IsPlain(name) != want {
			t.Errorf("IsPlain(%q) is %v", name, !want)
		}
	}
}
