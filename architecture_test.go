package austauschbar_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/austauschbar/austauschbar"

// may says which of our packages a folder's packages may import: imports run one
// way, from the command over the stations to the nouns, and stations do not
// know each other. A folder without an entry has that of the folder above it.
var may = map[string][]string{
	".":                      {},
	"cmd":                    {".", "bot", "evaluator", "policies", "schema", "templates"},
	"bot":                    {".", "bot"},
	"evaluator":              {".", "evaluator", "schema"},
	"evaluator/confine":      {},
	"evaluator/limit":        {"."},
	"evaluator/lines":        {".", "evaluator/limit"},
	"evaluator/lexicon":      {"."},
	"evaluator/manifest":     {".", "schema"},
	"evaluator/docx":         {".", "evaluator/limit", "evaluator/lines", "evaluator/office", "evaluator/opc"},
	"evaluator/markdown":     {".", "evaluator/limit", "evaluator/lines", "evaluator/plain", "evaluator/html"},
	"evaluator/pdf":          {".", "evaluator/confine", "evaluator/limit", "evaluator/lines"},
	"evaluator/plain":        {".", "evaluator/limit", "evaluator/lines"},
	"evaluator/licence":      {"."},
	"evaluator/publiccode":   {".", "evaluator/licence", "evaluator/limit", "schema"},
	"evaluator/readertest":   {".", "evaluator/limit"},
	"evaluator/repository":   {".", "evaluator/licence", "evaluator/limit", "evaluator/markdown", "evaluator/plain", "evaluator/publiccode"},
	"evaluator/waivers":      {".", "schema"},
	"evaluator/xlsx":         {".", "evaluator/limit", "evaluator/lines", "evaluator/office", "evaluator/grid", "evaluator/opc"},
	"policies":               {".", "schema"},
	"schema":                 {"."},
	"templates":              {".", "templates/workbook"},
	"templates/workbook":     {},
	"evaluator/odf":          {".", "evaluator/limit", "evaluator/lines", "evaluator/office", "evaluator/opc"},
	"evaluator/office":       {".", "evaluator/grid", "evaluator/lines"},
	"evaluator/opc":          {".", "evaluator/limit"},
	"evaluator/asciidoc":     {".", "evaluator/html", "evaluator/limit", "evaluator/lines", "evaluator/plain"},
	"evaluator/csv":          {".", "evaluator/grid", "evaluator/limit", "evaluator/lines", "evaluator/plain"},
	"evaluator/grid":         {"."},
	"evaluator/html":         {".", "evaluator/grid", "evaluator/limit", "evaluator/lines", "evaluator/plain"},
	"evaluator/rst":          {".", "evaluator/html", "evaluator/limit", "evaluator/lines", "evaluator/plain"},
	"evaluator/notice":       {".", "evaluator/limit", "evaluator/lines"},
	"evaluator/requirements": {".", "evaluator/limit", "evaluator/lines", "evaluator/yaml"},
	"evaluator/yaml":         {"evaluator/limit"},
	"evaluator/archive":      {".", "evaluator/limit"},
	"evaluator/convert":      {".", "evaluator/limit"},
	"evaluator/mail":         {".", "evaluator/html", "evaluator/limit", "evaluator/lines", "evaluator/plain"},
	"evaluator/rtf":          {".", "evaluator/limit", "evaluator/lines"},
	// Architecture files.
	"evaluator/container":   {"."},
	"evaluator/worker":      {"evaluator/confine", "evaluator/limit"},
	"evaluator/compose":     {".", "evaluator/container", "evaluator/limit", "evaluator/lines", "evaluator/yaml"},
	"evaluator/dockerfile":  {".", "evaluator/container", "evaluator/limit", "evaluator/lines"},
	"evaluator/kubernetes":  {".", "evaluator/container", "evaluator/limit", "evaluator/lines", "evaluator/yaml"},
	"evaluator/helm":        {".", "evaluator/container", "evaluator/kubernetes", "evaluator/limit", "evaluator/lines", "evaluator/worker", "evaluator/yaml"},
	"evaluator/kustomize":   {".", "evaluator/container", "evaluator/kubernetes", "evaluator/limit", "evaluator/lines", "evaluator/worker", "evaluator/yaml"},
	"evaluator/terraform":   {".", "evaluator/limit", "evaluator/lines"},
	"evaluator/packages":    {".", "evaluator/licence", "evaluator/limit", "evaluator/lines"},
	"evaluator/cyclonedx":   {".", "evaluator/licence", "evaluator/limit", "evaluator/lines"},
	"evaluator/spdx":        {".", "evaluator/licence", "evaluator/limit", "evaluator/lines", "evaluator/yaml"},
	"evaluator/openapi":     {".", "evaluator/limit", "evaluator/lines", "evaluator/yaml"},
	"evaluator/asyncapi":    {".", "evaluator/limit", "evaluator/lines", "evaluator/yaml"},
	"evaluator/wsdl":        {".", "evaluator/limit", "evaluator/lines"},
	"evaluator/graphql":     {".", "evaluator/limit", "evaluator/lines"},
	"evaluator/protobuf":    {".", "evaluator/limit", "evaluator/lines"},
	"evaluator/arc42":       {".", "evaluator/lines"},
	"evaluator/structurizr": {".", "evaluator/asciidoc", "evaluator/limit", "evaluator/lines", "evaluator/markdown"},
	"evaluator/postman":     {".", "evaluator/limit", "evaluator/lines"},
	"evaluator/archimate":   {".", "evaluator/limit", "evaluator/lines"},
	"evaluator/diagram":     {".", "evaluator/limit", "evaluator/lines", "evaluator/plain"},
	"evaluator/mermaid":     {".", "evaluator/diagram", "evaluator/limit"},
	"evaluator/plantuml":    {".", "evaluator/diagram", "evaluator/limit"},
	"evaluator/drawio":      {".", "evaluator/diagram", "evaluator/limit", "evaluator/lines"},
	"evaluator/bpmn":        {".", "evaluator/limit", "evaluator/lines"},
}

// doors says which folders may import an outside library, by the beginning of
// its import path. Tests may use any.
var doors = map[string][]string{
	"buf.build/go/spdx":                     {"evaluator/lexicon", "evaluator/licence"},
	"code.gitea.io/sdk":                     {"bot/gitea"},
	"github.com/agnivade/levenshtein":       {"schema"},
	"github.com/bradleyfalzon":              {"bot/github"},
	"github.com/clipperhouse/displaywidth":  {"templates"},
	"github.com/dustin/go-humanize":         {"cmd"},
	"github.com/fatih/color":                {"cmd", "templates"}, // whether to colour; how
	"github.com/bufbuild/protocompile":      {"evaluator/protobuf"},
	"github.com/compose-spec/compose-go":    {"evaluator/compose"},
	"github.com/CycloneDX/cyclonedx-go":     {"evaluator/cyclonedx"},
	"github.com/google/go-github":           {"bot/github"},
	"github.com/hashicorp":                  {"evaluator/terraform"},
	"github.com/moby/buildkit":              {"evaluator/dockerfile"},
	"github.com/package-url/packageurl-go":  {"evaluator/cyclonedx", "evaluator/packages", "evaluator/spdx"},
	"github.com/pelletier/go-toml":          {"evaluator/packages"},
	"github.com/spdx/tools-golang":          {"evaluator/spdx"},
	"github.com/vektah/gqlparser":           {"evaluator/graphql"},
	"github.com/zclconf/go-cty":             {"evaluator/terraform"},
	"golang.org/x/mod":                      {"evaluator/packages"},
	"helm.sh/helm":                          {"evaluator/helm"},
	"sigs.k8s.io":                           {"evaluator/kubernetes", "evaluator/kustomize"},
	"github.com/google/licensecheck":        {"evaluator/repository"},
	"github.com/invopop/jsonschema":         {"schema"},
	"github.com/jackc/pgx":                  {"bot/queue"},
	"github.com/klippa-app/go-pdfium":       {"evaluator/pdf"},
	"github.com/mattn/go-isatty":            {"cmd"},
	"github.com/maypok86/otter":             {"bot/blobs", "evaluator"},
	"github.com/open-policy-agent/opa":      {"policies"},
	"github.com/prometheus/client_golang":   {"bot/server"},
	"github.com/riverqueue/river":           {"bot/queue"},
	"github.com/rogpeppe/go-internal":       {"bot/gitea/giteatest", "bot/github/githubtest", "bot/gitlab/gitlabtest"},
	"github.com/santhosh-tekuri/jsonschema": {"schema"},
	"github.com/sirupsen/logrus":            {"cmd"},
	"github.com/spf13/cobra":                {"cmd"},
	"github.com/tetratelabs/wazero":         {"evaluator/pdf"},
	"github.com/xuri/excelize":              {"evaluator/xlsx", "templates/workbook"}, // reading; writing
	"github.com/yuin/goldmark":              {"evaluator/markdown"},
	"go.yaml.in/yaml":                       {"evaluator/lexicon", "schema", "evaluator/yaml"}, // our data; people's files
	"gitlab.com/gitlab-org/api/client-go":   {"bot/gitlab"},
	"golang.org/x/oauth2":                   {"bot/pages"},
	"golang.org/x/net/html":                 {"evaluator/html"},
	"golang.org/x/sync":                     {"bot/server", "cmd", "evaluator", "policies"},
	"golang.org/x/term":                     {"cmd"},
	"modernc.org/sqlite":                    {"bot/queue"},
	"golang.org/x/text":                     {"evaluator", "schema", "templates"},
	"text/template":                         {"evaluator/helm", "templates"}, // where the texts of a template stand; ours
	"html/template":                         {"templates"},
}

func TestImports(t *testing.T) {
	used := map[string]bool{}
	eachImport(t, func(file, folder, imported string) {
		if ours, isOurs := strings.CutPrefix(imported, module); isOurs {
			ours = strings.TrimPrefix(ours, "/")
			if ours == "" {
				ours = "."
			}
			if allowed := allowedFor(folder); !slices.ContainsFunc(allowed, func(a string) bool { return below(ours, a) }) {
				t.Errorf("%s imports %s; %s may import %v", file, imported, folder, allowed)
			}
			return
		}
		library, known := doorOf(imported)
		if !known {
			if strings.Contains(strings.Split(imported, "/")[0], ".") {
				t.Errorf("%s imports %s, which has no door in this test", file, imported)
			}
			return
		}
		used[library] = true
		if !slices.ContainsFunc(doors[library], func(door string) bool { return below(folder, door) }) {
			t.Errorf("%s imports %s; its doors are %v", file, imported, doors[library])
		}
	})
	for library := range doors {
		if !used[library] && strings.Contains(library, ".") {
			t.Errorf("%s has a door and nobody comes through it", library)
		}
	}
}

func allowedFor(folder string) []string {
	for ; ; folder = path.Dir(folder) {
		if allowed, ok := may[folder]; ok {
			return allowed
		}
	}
}

func doorOf(imported string) (string, bool) {
	for library := range doors {
		if below(imported, library) {
			return library, true
		}
	}
	return "", false
}

// below says whether a path is another or stands below it; "." has nothing below.
func below(name, above string) bool { return name == above || strings.HasPrefix(name, above+"/") }

// eachImport calls visit for every import of every Go file that is no test.
func eachImport(t *testing.T, visit func(file, folder, imported string)) {
	t.Helper()
	err := filepath.WalkDir(".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (name == "tools" || strings.HasPrefix(entry.Name(), ".") && name != ".") {
			return fs.SkipDir
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range parsed.Imports {
			visit(name, filepath.ToSlash(filepath.Dir(name)), strings.Trim(spec.Path.Value, `"`))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
