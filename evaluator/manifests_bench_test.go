package evaluator

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/austauschbar/austauschbar"
)

// manifests are the files of one service: what runs, what it asks of a cloud, what it
// offers and what it is made of.
var manifests = []struct{ path, text string }{
	{"compose.yaml", "services:\n  service%[1]d:\n    build: .\n    environment:\n      DATABASE_URL: postgres://u@db%[1]d:5432/app\n      NEXT_URL: http://service%[2]d:8080\n    depends_on: [db%[1]d]\n  db%[1]d:\n    image: docker.io/library/postgres:16\n"},
	{"k8s/deployment.yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: service%[1]d\nspec:\n  selector: {matchLabels: {app: service%[1]d}}\n  template:\n    metadata: {labels: {app: service%[1]d}}\n    spec:\n      containers:\n        - name: service%[1]d\n          image: registry.example.org/service%[1]d:1.0\n          env:\n            - {name: CACHE_URL, value: \"redis://cache:6379\"}\n---\napiVersion: v1\nkind: Service\nmetadata:\n  name: service%[1]d\nspec:\n  selector: {app: service%[1]d}\n  ports: [{port: 8080, name: http}]\n"},
	{"infra/main.tf", "resource \"aws_lambda_function\" \"job%[1]d\" {\n  function_name = \"job%[1]d\"\n  environment {\n    variables = {\n      TABLE = aws_dynamodb_table.events%[1]d.name\n    }\n  }\n}\n\nresource \"aws_dynamodb_table\" \"events%[1]d\" {\n  name = \"events%[1]d\"\n}\n"},
	{"openapi.yaml", "openapi: 3.1.0\ninfo: {title: Service%[1]d, version: 1.0.0}\nservers: [{url: https://service%[1]d.example.org/v1}]\npaths:\n  /items:\n    get: {summary: List, responses: {\"200\": {description: Items}}}\n    post: {summary: Add, responses: {\"201\": {description: Added}}}\n"},
	{"package.json", "{\"name\": \"service%[1]d\", \"version\": \"1.0.0\", \"license\": \"EUPL-1.2\", \"dependencies\": {\"pg\": \"^8.11.0\", \"express\": \"^5.0.0\", \"openai\": \"^5.0.0\"}}\n"},
}

// A dossier of 1,000 manifests, from bytes in memory to one graph.
func BenchmarkManifests(b *testing.B) {
	const services = 200
	e := keeping(b, 0)
	var dossier austauschbar.Dossier
	for i := range services {
		for _, manifest := range manifests {
			text := fmt.Appendf(nil, manifest.text, i, (i+1)%services)
			dossier.Documents = append(dossier.Documents, austauschbar.Document{
				Path: fmt.Sprintf("service%d/%s", i, manifest.path), Size: int64(len(text)), Load: func(context.Context) ([]byte, error) { return text, nil },
			})
		}
	}
	b.ReportAllocs()
	var facts austauschbar.Facts
	for b.Loop() {
		var err error
		if facts, err = e.Facts(b.Context(), dossier, time.Now(), nil); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(facts.Documents)), "files")
	b.ReportMetric(float64(len(facts.Components)), "components")
	b.ReportMetric(float64(len(facts.Interfaces)), "interfaces")
}
