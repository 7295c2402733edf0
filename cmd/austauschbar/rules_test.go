package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar/bot/tree"
)

// A repository's own policies are bounded, whether the forge tells their sizes or not.
func TestDigestBounds(t *testing.T) {
	for name, test := range map[string]struct {
		told int64 // of each of the two files
		data []byte
		ok   bool
	}{
		"small":          {2, []byte("{}"), true},
		"large":          {maxPolicyBytes/2 + 1, []byte("{}"), false},
		"large, untold":  {0, bytes.Repeat([]byte("x"), maxPolicyBytes/2+1), false},
		"just fits":      {maxPolicyBytes / 2, bytes.Repeat([]byte("x"), maxPolicyBytes/2), true},
		"fits, untold":   {0, bytes.Repeat([]byte("x"), maxPolicyBytes/2), true},
		"less than told": {maxPolicyBytes/2 + 1, nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			files := tree.New([]tree.File{{Path: "a.rego", Mode: 0o644, Size: test.told}, {Path: "b.rego", Mode: 0o644, Size: test.told}}, func(string) ([]byte, error) { return test.data, nil })
			digest, err := digestOf(files)
			if (err == nil) != test.ok || err == nil && digest == "" || err != nil && !strings.Contains(err.Error(), "16 MiB") {
				t.Error(err)
			}
		})
	}
}
