package main

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar/bot/server"
)

// pagesFor is a configuration that shows a person the reviews of the test's repository.
const pagesFor = `pages:
  header: X-Forwarded-User
  from: [127.0.0.1]
  allow:
    - {forge: github, repositories: [o/r], users: [anna]}
    - {forge: github, repositories: [other/*], users: [otto]}
`

// as asks a server for a page as a reverse proxy does for somebody; "" for nobody.
func (s *served) as(t testing.TB, user, path string) (int, string, http.Header) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+s.address+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Accept-Language", "en")
	if user != "" {
		request.Header.Set("X-Forwarded-User", user)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(body), response.Header
}

func TestServePages(t *testing.T) {
	t.Parallel()
	servedPages(t, "sqlite:"+filepath.Join(t.TempDir(), "queue.db"))
}

func TestServePagesPostgres(t *testing.T) {
	t.Parallel()
	servedPages(t, newPostgres(t))
}

// Webhooks come in as ever; what they led to is shown to those who may see it, and to
// nobody else.
func servedPages(t *testing.T, database string) {
	fake, api := newHost(t)
	config := filepath.Join(t.TempDir(), "server.yaml")
	if err := os.WriteFile(config, []byte(pagesFor), 0o600); err != nil {
		t.Fatal(err)
	}
	s := serveGitHub(t, api, withToken, database, "127.0.0.1:0", "--cache", t.TempDir(), "--sweep", "0", "--config", config)
	hooked(fake, s.address)
	fake.Open(1, stand(1, 0), stand(1, 2))
	until(t, "a summary", s, func() bool { return len(summaries(fake, 1)) == 1 })
	fake.PushTo(1, stand(1, 1))
	until(t, "the summary of the second push", s, func() bool { return strings.Contains(summaries(fake, 1)[0], "Stand 1") })
	secret := map[string]string{"tender/dossier.yaml": "title: Geheim\n", "tender/a.md": "# X\n\nEin Exit-Konzept ist nicht vorzulegen.\n", ".austauschbar.yaml": "confidential: true\n"}
	fake.Open(2, secret, map[string]string{"tender/dossier.yaml": "title: Geheim\n", "tender/a.md": "# X\n\nEin Exit-Konzept ist gar nicht vorzulegen.\n", ".austauschbar.yaml": "confidential: true\n"})
	until(t, "the summary of the confidential change", s, func() bool { return len(summaries(fake, 2)) == 1 })

	status, list, header := s.as(t, "anna", "/pages/")
	if status != http.StatusOK || !strings.Contains(list, "<h1 class=\"kern-heading-x-large\">Changes</h1>") || !strings.Contains(list, "Vorgang 1, Stand 1") || strings.Contains(list, "Geheim") {
		t.Errorf("the changes: %d\n%s", status, list)
	}
	if policy := header.Get("Content-Security-Policy"); !strings.Contains(policy, "default-src 'none'; style-src 'sha256-") || !strings.HasSuffix(policy, "frame-ancestors 'none'") {
		t.Errorf("the policy is %q", policy)
	}
	links := regexp.MustCompile(`href="(changes/[0-9a-f]{32})"`).FindAllStringSubmatch(list, -1)
	if len(links) != 2 {
		t.Fatalf("%d changes, want 2", len(links))
	}
	reports := 0
	for _, link := range links {
		_, trend, _ := s.as(t, "anna", "/pages/"+link[1])
		for _, review := range regexp.MustCompile(`href="\.\./(reviews/[0-9a-f]{32})"`).FindAllStringSubmatch(trend, -1) {
			reports++
			status, report, _ := s.as(t, "anna", "/pages/"+review[1])
			open, confidential := strings.Contains(report, "Ein Exit-Konzept für Teil 1"), strings.Contains(report, "Exit-Konzept ist gar nicht") || strings.Contains(report, "Geheim")
			if status != http.StatusOK || !strings.Contains(report, `<html lang="de">`) || confidential || open == strings.Contains(trend, "Untitled") {
				t.Errorf("a report: %d, quotes %v, confidential quotes %v", status, open, confidential)
			}
			for _, user := range []string{"", "otto", "mallory"} {
				if status, body, _ := s.as(t, user, "/pages/"+review[1]); status != http.StatusForbidden || body != "forbidden\n" {
					t.Errorf("%q gets %d %q", user, status, body)
				}
			}
		}
	}
	if reports != 3 {
		t.Errorf("%d reports, want 3", reports)
	}
	if _, list, _ := s.as(t, "otto", "/pages/"); !strings.Contains(list, "There are no reviews yet that you may see.") {
		t.Errorf("somebody of another repository sees %s", list)
	}
	if _, criteria, _ := s.as(t, "anna", "/pages/criteria"); !strings.Contains(criteria, "EX-02") {
		t.Errorf("the criteria lack EX-02:\n%s", criteria)
	}
	if status, health, _ := s.as(t, "anna", "/pages/health"); status != http.StatusOK || !strings.Contains(health, "answers") {
		t.Errorf("health: %d\n%s", status, health)
	}
	_, settings, _ := s.as(t, "anna", "/pages/settings")
	_, settings, _ = strings.Cut(settings, "<main") // past the style
	for _, hidden := range []string{webhookSecret, "queue.db", "tester", "anna", "otto"} {
		if !strings.Contains(settings, "--workers") || strings.Contains(settings, hidden) {
			t.Errorf("the settings show %q or not --workers:\n%s", hidden, settings)
		}
	}
}

// Pages are off by default.
func TestNoPages(t *testing.T) {
	t.Parallel()
	shown, err := (&app{}).historyPages(nil, serveFlags{}, nil, nil, nil)
	if shown != nil || err != nil {
		t.Errorf("%v, %v", shown, err)
	}
}

func TestPagesConfig(t *testing.T) {
	key := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(key, []byte(strings.Repeat("k", 32)+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	const allow = "allow: [{forge: github, repositories: [o/*], users: [anna]}]"
	const application = "forge: gitlab, address: 'https://a.example', client_id: i"
	for name, test := range map[string]struct{ pages, says string }{
		"a header":                {"{header: X-User, from: [127.0.0.1, '2001:db8::/32'], " + allow + "}", ""},
		"a sign-in":               {"{sign_in: {" + application + ", client_secret_file: KEY, key_file: KEY}, allow: [{forge: github, repositories: ['**'], groups: [g]}]}", ""},
		"neither":                 {"{" + allow + "}", "either a header or a sign_in"},
		"both":                    {"{header: X-User, from: [127.0.0.1], sign_in: {" + application + "}, " + allow + "}", "either a header or a sign_in"},
		"a header from anywhere":  {"{header: X-User, " + allow + "}", "from: name the addresses"},
		"no address":              {"{header: X-User, from: [proxy], " + allow + "}", `"proxy" is no address`},
		"nobody":                  {"{header: X-User, from: [127.0.0.1]}", "allow"},
		"a rule for nobody":       {"{header: X-User, from: [127.0.0.1], allow: [{forge: github, repositories: [o/*]}]}", "name users or groups"},
		"groups without sign-in":  {"{header: X-User, from: [127.0.0.1], allow: [{forge: github, repositories: [o/*], groups: [g]}]}", "known by a sign_in only"},
		"an instance not there":   {"{header: X-User, from: [127.0.0.1], allow: [{forge: github, name: x, repositories: [o/*], users: [anna]}]}", `no instance "x" of github`},
		"a broken pattern":        {"{header: X-User, from: [127.0.0.1], allow: [{forge: github, repositories: ['[']  , users: [anna]}]}", "syntax error in pattern"},
		"no secret":               {"{sign_in: {" + application + ", key_file: KEY}, " + allow + "}", "client_secret"},
		"no key":                  {"{sign_in: {" + application + ", client_secret_file: KEY}, " + allow + "}", "at least 32 characters"},
		"a secret in the file":    {"{sign_in: {" + application + ", client_secret: s}, " + allow + "}", "client_secret"},
		"an address without TLS":  {"{sign_in: {forge: gitlab, address: 'http://a.example', client_id: i}, " + allow + "}", "address"},
		"reviews kept for no day": {"{header: X-User, from: [127.0.0.1], keep_days: 0, " + allow + "}", "keep_days"},
	} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "server.yaml")
			if err := os.WriteFile(file, []byte("pages: "+strings.ReplaceAll(test.pages, "KEY", key)), 0o600); err != nil {
				t.Fatal(err)
			}
			config, err := serverConfig(file)
			if err == nil {
				a := &app{language: "de"}
				_, err = a.historyPages(config.Pages, serveFlags{config: file}, []server.Listener{{Forge: "github"}}, nil, nil)
			}
			switch {
			case test.says == "" && err != nil:
				t.Error(err)
			case test.says != "" && (err == nil || !isUsage(err) || !strings.Contains(err.Error(), test.says)):
				t.Errorf("error %v, want a usage error that says %q", err, test.says)
			}
		})
	}
}
