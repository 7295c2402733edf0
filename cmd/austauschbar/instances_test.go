package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/austauschbar/austauschbar/bot/server"
)

// Each forge needs an account and a secret, from the environment or a file.
func TestListenersOf(t *testing.T) {
	folder := t.TempDir()
	for name, text := range map[string]string{"token": "t\n", "secret": "s\r\n", "empty": ""} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	const whole = "token_file: FOLDER/token, webhook_secret_file: FOLDER/secret"
	for name, test := range map[string]struct {
		environment map[string]string
		config      string
		want        []string // paths of the webhooks
		says        string   // of the error
	}{
		"GitHub by the environment": {environment: map[string]string{"GITHUB_TOKEN": "t", "GITHUB_WEBHOOK_SECRET": "s"}, want: []string{"github"}},
		"Gitea by the environment":  {environment: map[string]string{"GITEA_URL": "https://codeberg.org", "GITEA_TOKEN": "t", "GITEA_WEBHOOK_SECRET": "s"}, want: []string{"gitea"}},
		"GitLab by the environment": {environment: map[string]string{"GITLAB_URL": "https://gitlab.opencode.de", "GITLAB_TOKEN": "t", "GITLAB_WEBHOOK_SECRET": "s"}, want: []string{"gitlab"}},
		"GitLab without a token":    {environment: map[string]string{"GITLAB_URL": "https://gitlab.opencode.de", "GITLAB_WEBHOOK_SECRET": "s"}, says: "AUSTAUSCHBAR_GITLAB_"},
		"Gitea without an address":  {environment: map[string]string{"GITEA_TOKEN": "t", "GITEA_WEBHOOK_SECRET": "s"}, says: "AUSTAUSCHBAR_GITEA_"},
		"Gitea without a secret":    {environment: map[string]string{"GITEA_URL": "https://codeberg.org", "GITEA_TOKEN": "t"}, says: "AUSTAUSCHBAR_GITEA_"},
		"nothing":                   {says: "no forge is configured"},
		"both ways": {
			environment: map[string]string{"GITHUB_TOKEN": "t", "GITHUB_WEBHOOK_SECRET": "s"},
			config:      "forges:\n  - {forge: github, name: ghes, url: https://github.example/api/v3, " + whole + "}\n  - {forge: gitea, name: codeberg, url: https://codeberg.org, " + whole + "}\n",
			want:        []string{"gitea/codeberg", "github", "github/ghes"},
		},
		"secrets of the environment": {
			environment: map[string]string{"GITHUB_TOKEN": "t", "GITHUB_WEBHOOK_SECRET": "s"},
			config:      "forges: [{forge: github, name: a, token_env: AUSTAUSCHBAR_GITHUB_TOKEN, webhook_secret_env: AUSTAUSCHBAR_GITHUB_WEBHOOK_SECRET}]",
			want:        []string{"github", "github/a"},
		},
		"one name twice":       {config: "forges:\n  - {forge: github, name: a, " + whole + "}\n  - {forge: github, name: a, " + whole + "}\n", says: "two instances of github are called a"},
		"a secret in the file": {config: "forges: [{forge: github, name: a, token: t}]", says: "token"},
		"an unknown forge":     {config: "forges: [{forge: svn, name: a}]", says: "forge"},
		"a name with a slash":  {config: "forges: [{forge: github, name: a/b, " + whole + "}]", says: "name"},
		"a variable not set":   {config: "forges: [{forge: github, name: a, token_env: AUSTAUSCHBAR_NOWHERE, webhook_secret_file: FOLDER/secret}]", says: "AUSTAUSCHBAR_NOWHERE is not set"},
		"a file not there":     {config: "forges: [{forge: github, name: a, token_file: FOLDER/none, webhook_secret_file: FOLDER/secret}]", says: "token_file"},
		"an empty secret":      {config: "forges: [{forge: github, name: a, token_file: FOLDER/token, webhook_secret_file: FOLDER/empty}]", says: "instance a"},
		"two ways at once":     {config: "forges: [{forge: github, name: a, token_env: X, token_file: FOLDER/token}]", says: "both set"},
	} {
		t.Run(name, func(t *testing.T) {
			for variable, value := range test.environment {
				t.Setenv("AUSTAUSCHBAR_"+variable, value)
			}
			file := ""
			if test.config != "" {
				file = filepath.Join(t.TempDir(), "server.yaml")
				if err := os.WriteFile(file, []byte(strings.ReplaceAll(test.config, "FOLDER", folder)), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			config, err := serverConfig(file)
			var listeners []server.Listener
			if err == nil {
				listeners, err = listenersOf(config, file, nil)
			}
			if test.says != "" {
				if err == nil || !isUsage(err) || !strings.Contains(err.Error(), test.says) {
					t.Fatalf("error %v, want a usage error that says %q", err, test.says)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, listener := range listeners {
				got = append(got, strings.TrimSuffix(listener.Forge+"/"+listener.Instance, "/"))
			}
			slices.Sort(got)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
