package github

import (
	"cmp"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// octokit is where GitHub's published examples lie, as the package
// @octokit/webhooks-examples has them.
func octokit(t *testing.T) string {
	t.Helper()
	folder := os.Getenv("AUSTAUSCHBAR_OCTOKIT")
	file := filepath.Join(cmp.Or(folder, filepath.FromSlash("../../tmp/octokit")), "webhooks-examples.json")
	if _, err := os.Stat(file); err != nil {
		if folder != "" || os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skipf("GitHub's examples are not installed: %v", err)
	}
	return file
}

// Each payload that GitHub has published of the events we know is understood.
func TestWebhookExamples(t *testing.T) {
	data, err := os.ReadFile(octokit(t))
	if err != nil {
		t.Fatal(err)
	}
	var published []struct {
		Name     string
		Examples []json.RawMessage
	}
	if err := json.Unmarshal(data, &published); err != nil {
		t.Fatal(err)
	}
	host := listening(t)
	heard, changes, sweeps := map[string]int{}, map[string]int{}, 0
	for _, event := range published {
		for i, body := range event.Examples {
			delivery, err := host.Hear(delivered(event.Name, string(body)), body)
			if err != nil {
				t.Errorf("%s, example %d: %v", event.Name, i, err)
				continue
			}
			heard[event.Name]++
			changes[event.Name] += len(delivery.Changes)
			if delivery.Sweep {
				sweeps++
			}
		}
	}
	for _, name := range []string{"pull_request", "issue_comment", "check_run", "check_suite", "installation", "ping"} {
		if heard[name] == 0 {
			t.Errorf("there is no example of %s", name)
		}
	}
	if changes["pull_request"] == 0 || changes["issue_comment"] > 0 || sweeps == 0 {
		t.Errorf("changes %v, %d sweeps", changes, sweeps)
	}
}
