package kubernetes

import (
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar/evaluator/readertest"
)

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
	readertest.Draws(t, Read, []byte(shop), []string{
		`application "shop" image=example.org/shop@sha256:0123456789abcdef @18`,
		`application "proxy" in "shop" image=envoyproxy/envoy:v1.31 version=v1.31 @16`,
		`other "db" [postgresql.cnpg.io/Cluster] image=ghcr.io/cloudnative-pg/postgresql:16.4 version=16.4 @53`,
		`application "nightly" image=busybox:1.36 version=1.36 @74`,
		`application "cache" image=valkey/valkey:8 version=8 @79`,
		`other "events" [kafka.strimzi.io/Kafka] version=3.8.0 @88`,
		`resource "resource Deployment/prod/shop" type=Deployment name="shop" provider=kubernetes of "shop" @4`,
		`resource "resource Service/prod/shop" type=Service name="shop" provider=kubernetes of "shop" @31`,
		`resource "resource Ingress/prod/shop" type=Ingress name="shop" provider=kubernetes @38`,
		`resource "resource GRPCRoute/prod/calls" type=GRPCRoute name="calls" provider=kubernetes @47`,
		`resource "resource postgresql.cnpg.io/Cluster/prod/db" type=postgresql.cnpg.io/Cluster name="db" provider=kubernetes of "db" @53`,
		`resource "resource ConfigMap/prod/settings" type=ConfigMap name="settings" provider=kubernetes @61`,
		`resource "resource Secret/prod/s" type=Secret name="s" provider=kubernetes @69`,
		`resource "resource CronJob/prod/nightly" type=CronJob name="nightly" provider=kubernetes of "nightly" @73`,
		`resource "resource StatefulSet/prod/cache" type=StatefulSet name="cache" provider=kubernetes of "cache" @78`,
		`resource "resource Service/prod/cache" type=Service name="cache" provider=kubernetes of "cache" @83`,
		`resource "resource kafka.strimzi.io/Kafka//events" type=kafka.strimzi.io/Kafka name="events" provider=kubernetes of "events" @88`,
		`resource "resource cert-manager.io/Certificate//cert" type=cert-manager.io/Certificate name="cert" provider=kubernetes @93`,
		`"" -> "shop" api "shop" [http] @31`,
		`"" -> "cache" database "cache" [redis] @83`,
		`"" -> "shop" user "shop.example.org" [https] @43`,
		`"" -> "shop" api "calls" [grpc] @49`,
		`"shop" -> "db" dependency [postgresql] @20`,
		`"shop" -> "cache" dependency [redis] @63`,
		`setting of "shop" DB="postgresql://user:pw@db.prod.svc.cluster.local:5432/x" @20`,
		`setting of "shop" MODE="db" @21`,
		`setting of "shop" TEXT="the db is here" @22`,
		`setting of "shop" CACHE="redis://cache:6379" @63`,
		`setting of "shop" args="--peer=cache:6379" @27`,
		`setting of "" cache="redis://cache:6379" @63`,
		`setting of "" file.conf="first" @65`,
		`setting of "" file.conf="second cache:6379" @66`,
	})
	for _, i := range readertest.SoundGraph(t, Read, []byte(shop)).Interfaces {
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
	if found := readertest.SoundGraph(t, Read, []byte("apiVersion: v1\nkind: ConfigMap\ndata: {rule: \"{{ $labels.instance }}\"}\n")); len(found.Resources) != 1 {
		t.Errorf("what holds braces was taken for a template")
	}
	t.Run("real", func(t *testing.T) {
		readertest.Refuses(t, Read, string(readertest.Corpus(t, "helm_bcgov_marketplace_deploy.yaml")), "chart_part")
	})
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(shop))
	f.Fuzz(func(t *testing.T, data []byte) { readertest.SoundGraph(t, Read, data) })
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
