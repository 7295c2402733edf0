package lines

import (
	"strings"
	"testing"
)

// No line shows "hunter2" or a part of "QWxsZXN", however a format writes them.
func TestShownWithoutSecrets(t *testing.T) {
	for name, test := range map[string]struct{ text, kept string }{
		"a setting":           {"environment:\n  DB_PASSWORD: hunter2\n  HOST: db", "  HOST: db"},
		"name, then value":    {"- name: DB_PASSWORD\n  value: hunter2\n- name: A", "- name: DB_PASSWORD"},
		"value, then name":    {"- value: hunter2\n  name: DB_PASSWORD", "  name: DB_PASSWORD"},
		"a block below a key": {"password: |\n  hunter2\n\n  hunter2\nport: 1", "port: 1"},
		"a list below a key":  {"tokens:\n  - hunter2\nport: 1", "port: 1"},
		"heredoc":             {"secret = <<EOF\n  hunter2\nEOF\nregion = \"eu\"", "region = \"eu\""},
		"Terraform variable":  {"variable \"db_password\" {\n  default = \"hunter2\"\n}\nregion = 1", "region = 1"},
		"an address":          {"url: postgres://app:hunter2@db/x", "url: postgres://…@db/x"},
		"an option":           {"command: redis-server --requirepass hunter2", "command: redis-server --requirepass …"},
		"options in a list":   {`command: ["redis", "--pass", "hunter2"]`, `command: ["redis", "--pass", …`},
		"an element":          {"<adminPassword>hunter2</adminPassword>\n<a/>", "<a/>"},
		"a key":               {"a: -----BEGIN PRIVATE KEY-----\nhunter2\n-----END PRIVATE KEY-----\nb: 1", "b: 1"},
		"looks like one":      {"auth: QWxsZXN1bmR2aWVsZXNtZWhyMTIz\nimage: a@sha256:0123456789012345678901234567890123456789012345678901234567890123", "image: a@sha256:0123456789012345678901234567890123456789012345678901234567890123"},
		"a Kubernetes secret": {"kind: Secret\nstringData:\n  user: hunter2\n  file: |\n    hunter2\n---\nkind: Service\nspec:\n  port: 80", "  port: 80"},
		"JSON":                {"{\n \"env\": [{\"name\": \"API_TOKEN\",\n \"value\": \"hunter2\"}],\n \"port\": 1\n}", " \"port\": 1"},
		"a long line":         {strings.Repeat("x", longest) + "ä hunter2\nport: 1", "port: 1"},
	} {
		t.Run(name, func(t *testing.T) {
			shown := ShownWithoutSecrets(test.text)
			text := strings.Join(shown, "\n")
			if strings.Contains(text, "hunter2") || strings.Contains(text, "QWxsZXN") {
				t.Errorf("shows a secret:\n%s", text)
			}
			if !strings.Contains("\n"+text+"\n", "\n"+test.kept+"\n") {
				t.Errorf("lacks %q:\n%s", test.kept, text)
			}
			if got, want := len(shown), 1+strings.Count(test.text, "\n"); got != want {
				t.Errorf("%d lines of %d", got, want)
			}
		})
	}
}
