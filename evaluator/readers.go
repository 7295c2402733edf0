package evaluator

import (
	"context"
	"fmt"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/archimate"
	"github.com/austauschbar/austauschbar/evaluator/asciidoc"
	"github.com/austauschbar/austauschbar/evaluator/asyncapi"
	"github.com/austauschbar/austauschbar/evaluator/bpmn"
	"github.com/austauschbar/austauschbar/evaluator/compose"
	"github.com/austauschbar/austauschbar/evaluator/csv"
	"github.com/austauschbar/austauschbar/evaluator/cyclonedx"
	"github.com/austauschbar/austauschbar/evaluator/dockerfile"
	"github.com/austauschbar/austauschbar/evaluator/docx"
	"github.com/austauschbar/austauschbar/evaluator/drawio"
	"github.com/austauschbar/austauschbar/evaluator/graphql"
	"github.com/austauschbar/austauschbar/evaluator/helm"
	"github.com/austauschbar/austauschbar/evaluator/html"
	"github.com/austauschbar/austauschbar/evaluator/kubernetes"
	"github.com/austauschbar/austauschbar/evaluator/kustomize"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/llmconfig"
	"github.com/austauschbar/austauschbar/evaluator/mail"
	"github.com/austauschbar/austauschbar/evaluator/markdown"
	"github.com/austauschbar/austauschbar/evaluator/mermaid"
	"github.com/austauschbar/austauschbar/evaluator/notice"
	"github.com/austauschbar/austauschbar/evaluator/odf"
	"github.com/austauschbar/austauschbar/evaluator/openapi"
	"github.com/austauschbar/austauschbar/evaluator/packages"
	"github.com/austauschbar/austauschbar/evaluator/pdf"
	"github.com/austauschbar/austauschbar/evaluator/plain"
	"github.com/austauschbar/austauschbar/evaluator/plantuml"
	"github.com/austauschbar/austauschbar/evaluator/postman"
	"github.com/austauschbar/austauschbar/evaluator/protobuf"
	"github.com/austauschbar/austauschbar/evaluator/publiccode"
	"github.com/austauschbar/austauschbar/evaluator/requirements"
	"github.com/austauschbar/austauschbar/evaluator/rst"
	"github.com/austauschbar/austauschbar/evaluator/rtf"
	"github.com/austauschbar/austauschbar/evaluator/spdx"
	"github.com/austauschbar/austauschbar/evaluator/structurizr"
	"github.com/austauschbar/austauschbar/evaluator/terraform"
	"github.com/austauschbar/austauschbar/evaluator/worker"
	"github.com/austauschbar/austauschbar/evaluator/wsdl"
	"github.com/austauschbar/austauschbar/evaluator/xlsx"
)

// A Reader turns a document's bytes into text. Its error wraps
// austauschbar.ErrUnreadable where the document cannot be read; any other
// error stops the review.
type Reader func(context.Context, []byte) (austauschbar.Text, error)

// readers is the only place where a format is named: by file name extension,
// in lower case.
var readers = map[string]struct {
	format string
	read   Reader
}{
	".adoc":     {"asciidoc", asciidoc.Read},
	".asc":      {"asciidoc", asciidoc.Read},
	".asciidoc": {"asciidoc", asciidoc.Read},
	".bpmn":     {"bpmn", bpmn.Read},
	".csv":      {"csv", csv.Read},
	".dio":      {"drawio", drawio.Read},
	".dmn":      {"dmn", bpmn.Read},
	".docm":     {"docx", docx.Read},
	".docx":     {"docx", docx.Read},
	".dotm":     {"docx", docx.Read},
	".dotx":     {"docx", docx.Read},
	".drawio":   {"drawio", drawio.Read},
	".eml":      {"eml", mail.Read},
	".fods":     {"ods", odf.Read},
	".fodt":     {"odt", odf.Read},
	".gql":      {"graphql", graphql.Read},
	".graphql":  {"graphql", graphql.Read},
	".graphqls": {"graphql", graphql.Read},
	".htm":      {"html", html.Read},
	".html":     {"html", html.Read},
	".iuml":     {"plantuml", plantuml.Read},
	".json":     {"json", readJSON},
	".jsonl":    {"json", readJSON},
	".markdown": {"markdown", markdown.Read},
	".md":       {"markdown", markdown.Read},
	".mermaid":  {"mermaid", mermaid.Read},
	".mht":      {"eml", mail.Read},
	".mhtml":    {"eml", mail.Read},
	".mmd":      {"mermaid", mermaid.Read},
	".ndjson":   {"json", readJSON},
	".ods":      {"ods", odf.Read},
	".odt":      {"odt", odf.Read},
	".ots":      {"ods", odf.Read},
	".ott":      {"odt", odf.Read},
	".pdf":      {"pdf", pdf.Read},
	".rdf":      {"spdx", spdx.ReadRDF},
	".plantuml": {"plantuml", plantuml.Read},
	".pu":       {"plantuml", plantuml.Read},
	".puml":     {"plantuml", plantuml.Read},
	".proto":    {"protobuf", protobuf.Read},
	".rst":      {"rst", rst.Read},
	".rtf":      {"rtf", rtf.Read},
	".spdx":     {"spdx", spdx.Read},
	".text":     {"text", plain.Read},
	".tsv":      {"csv", csv.Read},
	".txt":      {"text", plain.Read},
	".wsd":      {"plantuml", plantuml.Read},
	".wsdl":     {"wsdl", wsdl.Read},
	".xhtml":    {"html", html.Read},
	".xlsm":     {"xlsx", xlsx.Read},
	".xlsx":     {"xlsx", xlsx.Read},
	".xltm":     {"xlsx", xlsx.Read},
	".xltx":     {"xlsx", xlsx.Read},
	".xml":      {"xml", notice.Read},
	".xsd":      {"xsd", wsdl.Read},
	".yaml":     {"yaml", requirements.ReadYAML},
	".yml":      {"yaml", requirements.ReadYAML},

	// Models of architectures.
	".archimate": {"archimate", archimate.Read},
	".dsl":       {"structurizr", structurizr.ReadDSL},
}

// unread are formats that are known and not read, by file name extension, in lower
// case. The gap's code says what to do.
var unread = map[string]string{
	".7z": "archive_format", ".bz2": "archive_format", ".gz": "archive_format", ".rar": "archive_format",
	".tar": "archive_format", ".tgz": "archive_format", ".xz": "archive_format",
	".msg": "mail_format", ".oft": "mail_format", ".pst": "mail_format",
	".doc": "old_format", ".dot": "old_format", ".xls": "old_format", ".xlt": "old_format", ".xlsb": "binary_format",
	".ppt": "old_format", ".pps": "old_format", ".pot": "old_format", ".wps": "old_format", ".wpd": "old_format",
	".key": "program_format", ".mmap": "program_format", ".mpp": "program_format", ".numbers": "program_format",
	".odg": "program_format", ".odp": "program_format", ".one": "program_format", ".pages": "program_format",
	".ppsx": "program_format", ".pptx": "program_format", ".pub": "program_format",
	".vsd": "program_format", ".vsdx": "program_format", ".xmind": "program_format",
}

// named are formats that a file's name tells where its extension does not, by a pattern
// of path.Match for the base name in lower case.
var named = []struct {
	pattern, format string
	read            Reader
}{
	{"go.mod", "packages", packages.ReadGo},
	{"package.json", "packages", packages.ReadNPM},
	{"composer.json", "packages", packages.ReadComposer},
	{"pom.xml", "packages", packages.ReadMaven},
	{"pyproject.toml", "packages", packages.ReadPyproject},
	{"requirements*.txt", "packages", packages.ReadRequirements},
	{"*.csproj", "packages", packages.ReadDotNet},
	{"*.fsproj", "packages", packages.ReadDotNet},
	{"*.vbproj", "packages", packages.ReadDotNet},
	{"docker-compose*.yaml", "compose", compose.Read},
	{"docker-compose*.yml", "compose", compose.Read},
	{"compose*.yaml", "compose", compose.Read},
	{"compose*.yml", "compose", compose.Read},
	{"dockerfile", "dockerfile", dockerfile.Read},
	{"dockerfile.*", "dockerfile", dockerfile.Read},
	{"*.dockerfile", "dockerfile", dockerfile.Read},
	{"containerfile", "dockerfile", dockerfile.Read},
	{"containerfile.*", "dockerfile", dockerfile.Read},
	{"librechat*.yaml", "llmconfig", llmconfig.ReadLibreChat},
	{"librechat*.yml", "llmconfig", llmconfig.ReadLibreChat},
}

// shaped are formats told by what stands at the top of YAML, JSON or XML; the first
// one that fits.
var shaped = []struct {
	format string
	fits   func(top) bool
	read   Reader
}{
	{"cyclonedx", func(t top) bool { return t.has("bomFormat", "specVersion") || t.is("bom", "cyclonedx.org/schema/bom") }, cyclonedx.Read},
	{"publiccode", func(t top) bool { return t.has("publiccodeYmlVersion", "name") }, publiccode.ReadArchitecture},
	{"spdx", func(t top) bool { return t.has("spdxVersion", "SPDXID") }, spdx.Read},
	{"spdx", func(t top) bool { return t.is("RDF", "22-rdf-syntax-ns") }, spdx.ReadRDF},
	{"terraform", func(t top) bool {
		return t.has("format_version", "planned_values") || t.has("format_version", "terraform_version", "values")
	}, terraform.ReadPlan},
	{"bpmn", func(t top) bool { return t.is("definitions", "/spec/BPMN/") }, bpmn.Read},
	{"dmn", func(t top) bool { return t.is("definitions", "/spec/DMN/") }, bpmn.Read},
	{"drawio", func(t top) bool { return t.root.Local == "mxfile" || t.root.Local == "mxGraphModel" }, drawio.Read},
	{"archimate", func(t top) bool { return t.is("model", archimate.Namespace) }, archimate.Read},
	{"structurizr", isWorkspace, structurizr.Read},
	{"openapi", func(t top) bool { return t.has("openapi", "info") || t.has("swagger", "info") }, openapi.Read},
	{"asyncapi", func(t top) bool { return t.has("asyncapi") }, asyncapi.Read},
	{"postman", func(t top) bool { return t.has("info", "item") }, postman.Read},
	{"wsdl", func(t top) bool {
		return t.is("definitions", "schemas.xmlsoap.org/wsdl") || t.is("description", "www.w3.org/ns/wsdl")
	}, wsdl.Read},
	{"xsd", func(t top) bool { return t.is("schema", "www.w3.org/2001/XMLSchema") }, wsdl.Read},
	{"kubernetes", func(t top) bool { return t.has("apiVersion", "kind") }, kubernetes.Read},
	{"helm", func(t top) bool { return t.has("apiVersion", "name", "version") }, helm.ReadChart},
	{"llmconfig", func(t top) bool { return t.has("model_list") }, llmconfig.ReadLiteLLM},
	{"compose", isCompose, compose.Read},
	{"helm", areValues, helm.ReadValues},
	{"llmconfig", func(t top) bool { return t.has("models") || t.has("MODELS") }, llmconfig.ReadList},
}

// isWorkspace says whether JSON has a C4 model with views or with what such a model holds.
func isWorkspace(t top) bool {
	return t.has("model", "views") || t.has("model.people") || t.has("model.softwareSystems")
}

// assemblies are formats whose files say what they mean only together.
var assemblies = []assembly{
	{"terraform", "*.tf", terraform.Holds, terraform.Read},
	{"terraform", "*.tofu", terraform.Holds, terraform.Read},
	{"terraform", "*.tf.json", terraform.Holds, terraform.Read},
	{"terraform", "*.tofu.json", terraform.Holds, terraform.Read},
	{"compose", "*.env", compose.Holds, compose.ReadAll},
	{"compose", ".env.*", compose.Holds, compose.ReadAll},
	{"structurizr", structurizr.Anchor, structurizr.Holds, structurizr.ReadAll},
	{"helm", "chart.yaml", helm.Holds, helm.Assemble},
	{"kustomize", "kustomization", kustomize.Holds, kustomize.Assemble},
	{"kustomize", "kustomization.y*ml", kustomize.Holds, kustomize.Assemble},
}

// Work lets readers use processes of this same program for what cannot be bounded within
// it. Call it before all else in main, and in TestMain; see worker.Work.
func Work() {
	worker.Work(map[string]worker.Task{helm.TaskName: helm.Task, kustomize.TaskName: kustomize.Task})
}

// read reads one document within its limits.
func read(ctx context.Context, document austauschbar.Document) (format string, text austauschbar.Text, err error) {
	if format, reader, ok := readerByName(document.Path); ok {
		// Names are common goods: people write a requirements.txt too.
		if format, text, err = readAs(ctx, document, format, reader); !refusedAs(err, "not_this_format") {
			return format, text, err
		}
	}
	extension := extensionOf(document.Path)
	if reason := unreadReason(extension); reason != "" && !lookedInto(extension) {
		return "", text, limit.Refuse(reason, extension)
	}
	data, err := loadBounded(ctx, document)
	if err != nil {
		return "", text, err
	}
	return readBytes(ctx, data, extension)
}

// readBytes reads what a file holds: by its content where that tells its format, by
// its name's extension otherwise.
func readBytes(ctx context.Context, data []byte, extension string) (format string, text austauschbar.Text, err error) {
	candidates, err := tell(data, extension)
	if err != nil {
		return "", text, err
	}
	ctx, cancel := context.WithTimeout(ctx, limit.Time)
	defer cancel()
	if format, reader, ok := readerByShape(ctx, data, extension); ok {
		text, err = reader(ctx, data)
		if !refusedAs(err, "not_this_format") {
			return format, text, err
		}
	}
	for _, candidate := range candidates {
		reader := readers[candidate]
		text, err = reader.read(ctx, data)
		if !refusedAs(err, "not_this_format") {
			return reader.format, text, err
		}
	}
	return "", text, err
}

// readAs reads a document with one reader within its limits.
func readAs(ctx context.Context, document austauschbar.Document, format string, reader Reader) (string, austauschbar.Text, error) {
	data, err := loadBounded(ctx, document)
	if err != nil {
		return "", austauschbar.Text{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, limit.Time)
	defer cancel()
	text, err := reader(ctx, data)
	return format, text, err
}

// loadBounded loads a document of at most limit.File bytes. Its error is a
// *limit.Refusal ("too_large", "empty") or that of loading.
func loadBounded(ctx context.Context, document austauschbar.Document) ([]byte, error) {
	if document.Size > limit.File {
		return nil, limit.Refuse("too_large", fmt.Sprintf("more than %d MiB", limit.File>>20))
	}
	data, err := document.Load(ctx)
	switch {
	case err != nil:
		return nil, err
	case len(data) == 0:
		return nil, limit.Refuse("empty", "")
	}
	return data, nil
}

// readJSON asks by its shape what JSON is.
func readJSON(ctx context.Context, data []byte) (austauschbar.Text, error) {
	if notice.HasOCDS(data) {
		return notice.ReadOCDS(ctx, data)
	}
	return requirements.ReadJSON(ctx, data)
}
