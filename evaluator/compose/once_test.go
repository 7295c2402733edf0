package compose

import "testing"

func TestRunOnce(t *testing.T) {
	for name, test := range map[string]struct {
		services string
		once     bool
	}{
		"its end is awaited":           {"  it: {image: a/b}\n  web: {image: c/d, depends_on: {it: {condition: service_completed_successfully}}}\n", true},
		"its health is awaited":        {"  it: {image: a/b}\n  web: {image: c/d, depends_on: {it: {condition: service_healthy}}}\n", false},
		"called so":                    {"  populate_db: {image: a/b}\n", true},
		"called so, behind another":    {"  keycloak-init: {image: a/b}\n", true},
		"called so and kept running":   {"  migrations: {image: a/b, restart: always}\n", false},
		"called so and reached":        {"  setup: {image: a/b, ports: [\"80:80\"]}\n", false},
		"called after what it is for":  {"  setup-service: {image: a/b}\n", false},
		"starts so and is not resumed": {"  it: {image: a/b, restart: \"no\", command: python manage.py migrate}\n", true},
		"starts so, a word of its own": {"  it: {image: a/b, restart: no, command: [init]}\n", true},
		"starts so and goes on":        {"  it: {image: a/b, command: sh -c 'migrate && serve'}\n", false},
		"is not resumed":               {"  it: {image: a/b, restart: \"no\", command: serve}\n", false},
	} {
		t.Run(name, func(t *testing.T) {
			text, err := Read(t.Context(), []byte("services:\n"+test.services))
			if err != nil {
				t.Fatal(err)
			}
			if got := text.Architecture.Components[0].Once; got != test.once {
				t.Errorf("once: %t", got)
			}
		})
	}
}
