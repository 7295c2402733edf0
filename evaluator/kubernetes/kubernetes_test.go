package kubernetes

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar/evaluator/readertest"
)

// corpus is where real files are; its tests are skipped without it.
const corpus = "/work/shared/corpus/architectures"

const shop = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
  namespace: prod
spec:
  template:
    metadata:
      labels: {app: shop, tier: web}
    spec:
      initContainers:
        - name: migrate
          image: flyway/flyway:10
      containers:
        - name: proxy
          image: envoyproxy/envoy:v1.31
        - name: shop
          image: example.org/shop@sha256:0123456789abcdef
          env:
            - {name: DB, value: "postgresql://user:pw@db.prod.svc.cluster.local:5432/x"}
            - {name: MODE, value: db}
            - {name: TEXT, value: "the db is here"}
            - name: CACHE
              valueFrom: {configMapKeyRef: {name: settings, key: cache}}
            - name: PASSWORD
              valueFrom: {secretKeyRef: {name: s, key: p}}
          args: ["--peer=cache:6379"]
---
apiVersion: v1
kind: Service
metadata: {name: shop, namespace: prod}
spec:
  selector: {app: shop}
  ports: [{port: 8080, name: http-web}]
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: shop, namespace: prod}
spec:
  tls: [{hosts: [shop.example.org]}]
  rules:
    - host: shop.example.org
      http: {paths: [{path: /, backend: {service: {name: shop, port: {number: 8080}}}}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: GRPCRoute
metadata: {name: calls, namespace: prod}
spec:
  rules: [{backendRefs: [{name: shop, port: 8080}]}]
---
apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata: {name: db, namespace: prod}
spec: {instances: 3, imageName: "ghcr.io/cloudnative-pg/postgresql:16.4"}
---
apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: ConfigMap
    metadata: {name: settings, namespace: prod}
    data:
      cache: redis://cache:6379
      file.conf: |
        first
        second cache:6379
  - apiVersion: v1
    kind: Secret
    metadata: {name: s, namespace: prod}
    stringData: {p: very-secret}
  - apiVersion: batch/v1
    kind: CronJob
    metadata: {name: nightly, namespace: prod}
    spec: {jobTemplate: {spec: {template: {spec: {containers: [{name: c, image: "busybox:1.36"}]}}}}}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: cache, namespace: prod}
spec: {template: {metadata: {labels: {app: cache}}, spec: {containers: [{name: cache, image: "valkey/valkey:8"}]}}}
---
apiVersion: v1
kind: Service
metadata: {name: cache, namespace: prod}
spec: {selector: {app: cache}, ports: [{port: 6379}]}
---
apiVersion: kafka.strimzi.io/v1beta2
kind: Kafka
metadata: {name: events}
spec: {kafka: {version: 3.8.0, replicas: 3}, zookeeper: {replicas: 1}}
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: {name: cert}
spec: {secretName: s}
`

func TestRead(t *testing.T) {
	found := readertest.Graph(t, Read, []byte(shop))
	within := map[string]string{}
	for _, c := range found.Components {
		within[c.Name] = c.Within
	}
	wantComponents := []string{
		"cache valkey/valkey:8", "db ghcr.io/cloudnative-pg/postgresql:16.4", "events", "migrate flyway/flyway:10", "nightly busybox:1.36",
		"proxy envoyproxy/envoy:v1.31", "shop example.org/shop@sha256:0123456789abcdef",
	}
	if got := readertest.Components(found); !slices.Equal(got, wantComponents) {
		t.Errorf("components %q", got)
	}
	if within["proxy"] != "Deployment/prod/shop" || within["migrate"] != "Deployment/prod/shop" || within["shop"] != "" {
		t.Errorf("within %v", within)
	}
	wantEdges := []string{"shop → cache", "shop → db", "→ cache database redis", "→ shop api grpc", "→ shop api http", "→ shop user https"}
	if got := readertest.Edges(found); !slices.Equal(got, wantEdges) {
		t.Errorf("edges %q", got)
	}
	var resources []string
	for _, r := range found.Resources {
		resources = append(resources, fmt.Sprintf("%d %s %s", r.Evidence.Line, r.Type, r.Component))
	}
	wantResources := []string{
		"4 Deployment Deployment/prod/shop", "31 Service Deployment/prod/shop", "38 Ingress ", "47 GRPCRoute ", "53 postgresql.cnpg.io/Cluster Cluster/prod/db",
		"61 ConfigMap ", "69 Secret ", "73 CronJob CronJob/prod/nightly", "78 StatefulSet StatefulSet/prod/cache", "83 Service StatefulSet/prod/cache",
		"88 kafka.strimzi.io/Kafka Kafka//events", "93 cert-manager.io/Certificate ",
	}
	if !slices.Equal(resources, wantResources) {
		t.Errorf("resources\n%s", strings.Join(resources, "\n"))
	}
	var settings []string
	for _, s := range found.Settings {
		if strings.Contains(s.Value, "very-secret") {
			t.Error("the value of a secret is kept")
		}
		settings = append(settings, fmt.Sprintf("%d %s=%s", s.Evidence.Line, s.Name, s.Value))
	}
	wantSettings := []string{
		"20 DB=postgresql://user:pw@db.prod.svc.cluster.local:5432/x", "21 MODE=db", "22 TEXT=the db is here", "63 CACHE=redis://cache:6379", "27 args=--peer=cache:6379",
		"63 cache=redis://cache:6379", "65 file.conf=first", "66 file.conf=second cache:6379",
	}
	if !slices.Equal(settings, wantSettings) {
		t.Errorf("settings\n%s", strings.Join(settings, "\n"))
	}
	for _, i := range found.Interfaces {
		if strings.Contains(i.Evidence[0].Quote, "pw") {
			t.Errorf("a password is quoted: %s", i.Evidence[0].Quote)
		}
	}
}

func TestRefusals(t *testing.T) {
	for name, test := range map[string]struct{ source, code string }{
		"no objects":           {"a: 1\n", "unknown_content"},
		"damaged":              {"apiVersion: v1\nkind: [", "damaged"},
		"of a chart":           {"apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Release.Name }}\n", "chart_part"},
		"of a chart, by parts": {"apiVersion: v1\nkind: Pod\n{{- include \"x\" . }}\n", "chart_part"},
		"aliases of itself":    {"apiVersion: v1\nkind: Pod\na: &a [*a]\n", "too_large"},
		"too many objects":     {strings.Repeat("apiVersion: v1\nkind: Pod\n---\n", 2001), "too_large"},
	} {
		t.Run(name, func(t *testing.T) { readertest.Refuses(t, Read, test.source, test.code) })
	}
	readertest.Cancels(t, Read, "apiVersion: v1\nkind: Pod\n")
	if found := readertest.Graph(t, Read, []byte("apiVersion: v1\nkind: ConfigMap\ndata: {rule: \"{{ $labels.instance }}\"}\n")); len(found.Resources) != 1 {
		t.Errorf("what holds braces was taken for a template")
	}
	if data, err := os.ReadFile(filepath.Join(corpus, "helm_bcgov_marketplace_deploy.yaml")); err == nil {
		readertest.Refuses(t, Read, string(data), "chart_part")
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(shop))
	f.Fuzz(func(t *testing.T, data []byte) { readertest.Graph(t, Read, data) })
}

// BenchmarkRead reads a thousand files as small as most are.
func BenchmarkRead(b *testing.B) {
	parts := strings.Split(shop, "---\n")
	for b.Loop() {
		for i := range 1000 {
			if _, err := Read(b.Context(), []byte(parts[i%len(parts)])); err != nil {
				b.Fatal(err)
			}
		}
	}
}
