package compose

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// How services are run is noted in each of the ways in which Compose has it written.
func TestSetup(t *testing.T) {
	for name, test := range map[string]struct{ source, want string }{
		"a project":               {"name: shop\nservices:\n  a: {image: a}\n", ` project.name=shop`},
		"a folder to build":       {"services:\n  a: {build: ./web}\n", `a build.dockerfile=web/Dockerfile`},
		"a Dockerfile":            {"services:\n  a:\n    build: {context: ., dockerfile: search/Dockerfile}\n", `a build.dockerfile=search/Dockerfile`},
		"a list that asks":        {"services:\n  a:\n    image: a\n    healthcheck: {test: [CMD, pg_isready]}\n", `a healthcheck.test=CMD, a healthcheck.test=pg_isready`},
		"a text that asks":        {"services:\n  a:\n    image: a\n    healthcheck: {test: redis-cli ping}\n", `a healthcheck.test=redis-cli ping`},
		"profiles":                {"services:\n  a:\n    image: a\n    profiles: [tools, ci]\n", `a profiles=tools, a profiles=ci`},
		"a volume":                {"services:\n  a:\n    image: a\n    volumes: [\"data:/var/lib/x:ro\"]\n", `a volumes.target=/var/lib/x`},
		"a volume without a name": {"services:\n  a:\n    image: a\n    volumes: [/var/lib/x]\n", `a volumes.target=/var/lib/x`},
		"a volume on Windows":     {"services:\n  a:\n    image: a\n    volumes: [\"C:\\\\x:/var/lib/x\"]\n", `a volumes.target=/var/lib/x`},
		"a volume in full":        {"services:\n  a:\n    image: a\n    volumes:\n      - {type: bind, source: ./x, target: /data}\n", `a volumes.target=/data`},
		"a file of settings":      {"services:\n  a:\n    image: a\n    volumes: [\"./${F:-config.yml}:/config.yml:ro\"]\n", `a volumes.source=config.yml, a volumes.target=/config.yml`},
		"one in full":             {"services:\n  a:\n    image: a\n    volumes:\n      - {type: bind, source: ./conf/a.toml, target: /a.toml}\n", `a volumes.source=conf/a.toml, a volumes.target=/a.toml`},
		"one that lies elsewhere": {"services:\n  a:\n    image: a\n    volumes: [\"/etc/a.yml:/a.yml\", \"../b.yml:/b.yml\"]\n", `a volumes.target=/a.yml, a volumes.target=/b.yml`},
		"nothing":                 {"services:\n  a:\n    image: a\n    environment: {volumes: x}\n", ``},
	} {
		t.Run(name, func(t *testing.T) {
			text, err := Read(t.Context(), []byte(test.source))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, s := range text.Architecture.Settings {
				if IsSetup(s.Name) {
					got = append(got, fmt.Sprintf("%s %s=%s", s.Component, s.Name, s.Value))
				}
			}
			if strings.Join(got, ", ") != test.want {
				t.Errorf("got %s, want %s", strings.Join(got, ", "), test.want)
			}
		})
	}
}

// A port is one of HTTP where the service is asked there whether it is well.
func TestAskedOverHTTP(t *testing.T) {
	for name, test := range map[string]struct{ check, want string }{
		"its port":       {"curl -f http://localhost:8090/health", "http"},
		"as a list":      {"[CMD, wget, \"http://127.0.0.1:8090/\"]", "http"},
		"another port":   {"curl -f http://localhost:9000/health", ""},
		"another server": {"curl -f http://db:8090/health", ""},
		"no address":     {"/healthcheck", ""},
	} {
		t.Run(name, func(t *testing.T) {
			text, err := Read(t.Context(), []byte("services:\n  a:\n    image: a\n    ports: [\"80:8090\"]\n    healthcheck:\n      test: "+test.check+"\n"))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, i := range text.Architecture.Interfaces {
				got = append(got, i.Protocol)
			}
			if !slices.Equal(got, []string{test.want}) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
