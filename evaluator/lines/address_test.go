package lines

import (
	"strings"
	"testing"
)

func TestAddress(t *testing.T) {
	for name, test := range map[string]struct{ written, want string }{
		"as written":      {" https://example.org/a ", "https://example.org/a"},
		"with a login":    {"amqp://me:x1@example.org:5672/a@b", "amqp://example.org:5672/a@b"},
		"of a mailbox":    {"mailto:me@example.org", "mailto:me@example.org"},
		"longer than any": {"https://example.org/" + strings.Repeat("ä", 2_000), "https://example.org/" + strings.Repeat("ä", 990)},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Address(test.written); got != test.want {
				t.Errorf("got %q", got)
			}
		})
	}
}

func TestVersioned(t *testing.T) {
	for address, want := range map[string]bool{
		"/api/v1/a":                        true,
		"/v1beta2":                         true,
		"https://v2.example.org":           true,
		"https://example.org/2024-05-01/a": true,
		"https://example.org/a?x=/v1/":     false,
		"https://a.v1.example.org/":        false,
		"/vat/v/video1/2024":               false,
		"":                                 false,
	} {
		if got := Versioned(address); got != want {
			t.Errorf("%s: %t", address, got)
		}
	}
}
