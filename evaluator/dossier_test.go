package evaluator

import "testing"

func TestInferKind(t *testing.T) {
	const (
		compose = "services:\n  db: {image: \"postgres:16\"}\n"
		readme  = "# Portal\n\nDas Portal muss mit `make` gebaut werden.\n"
		bom     = `{"bomFormat": "CycloneDX", "specVersion": "1.5", "components": [{"type": "library", "name": "a"}]}`
		code    = "publiccodeYmlVersion: '0.4'\nname: a\n"
		tender  = "# Leistungsbeschreibung\n\nDas Portal muss barrierefrei sein.\n"
	)
	for name, test := range map[string]struct {
		files map[string]string
		want  string
	}{
		"nothing":                          {nil, ""},
		"a tender":                         {map[string]string{"leistungsbeschreibung.md": tender}, "tender"},
		"an annex":                         {map[string]string{"readme.md": readme}, "tender"},
		"an architecture":                  {map[string]string{"compose.yml": compose}, "architecture"},
		"an architecture and its README":   {map[string]string{"compose.yml": compose, "README.md": readme}, "architecture"},
		"an architecture and what is sold": {map[string]string{"compose.yml": compose, "a.md": "Das Angebot ist bis zum Ende der Angebotsfrist einzureichen.\n"}, "both"},
		"an architecture and a party":      {map[string]string{"compose.yml": compose, "a.md": "Der Auftragnehmer muss den Quellcode liefern.\n"}, "both"},
		"an architecture and a tender":     {map[string]string{"compose.yml": compose, "leistungsbeschreibung.md": tender}, "both"},
		"a tender and lists of software":   {map[string]string{"leistungsbeschreibung.md": tender, "publiccode.yml": code, "bom.json": bom, "go.mod": "module a\n"}, "tender"},
		"an annex and lists of software":   {map[string]string{"readme.md": readme, "publiccode.yml": code}, "tender"},
		"lists of software alone":          {map[string]string{"publiccode.yml": code, "bom.json": bom}, "architecture"},
		"a damaged file":                   {map[string]string{"compose.yml": "services: ["}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			got := ""
			if kind := factsOf(t, test.files).Dossier.Kind; kind != nil {
				got = kind.Value
			}
			if got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
