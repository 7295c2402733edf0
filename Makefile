# What is checked and built. `make` lists the targets. The product needs only
# Go; each other tool is built from tools/ or named with the package to install.

# Programs from tools/go.mod: pinned there, built once, kept in Go's build cache.
TOOL  := go tool -modfile=tools/go.mod
OPA   := $(TOOL) opa
REGAL := go tool -modfile=tools/regal/go.mod regal

SCRATCH := tmp
SCHEMA  := policies/facts.schema.json

.DEFAULT_GOAL := help
.PHONY: help check test lint fmt tidy vuln rego regal reuse build cross contract component axe sarif kern postgres generate generated confidence bench batch fuzz picture dist clean

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

check: fmt lint tidy generated rego regal reuse build test ## everything that a change must pass, without vuln, contract, component, axe and sarif

test: ## all tests, those of the policies and templates included
	go test ./...

postgres: ## the queue's, the batch's and the server's tests on a real PostgreSQL (Debian: postgresql)
	tools/postgres.sh go test -count=1 ./bot/queue/ ./bot/batch/ ./cmd/austauschbar/ -run 'Postgres'

lint: ## go vet and staticcheck, for the product and for tools/
	go vet ./...
	$(TOOL) staticcheck ./...
	cd tools && go vet ./... && go test ./...
	cd tools/contract && go vet ./... && go test ./...
	$(TOOL) actionlint

fmt: ## gofmt: fails and lists what is not formatted
	@unformatted=$$(gofmt -l .); test -z "$$unformatted" || { echo "gofmt -w these:" >&2; echo "$$unformatted" >&2; exit 1; }

tidy: ## go.mod and go.sum hold what is used, nothing else
	go mod tidy -diff
	cd tools && go mod tidy -diff
	cd tools/regal && go mod tidy -diff
	cd tools/contract && go mod tidy -diff

vuln: ## known vulnerabilities that our code reaches; VULNDB=file:///DIR for a local database
	TOOL="$(TOOL)" tools/vuln.sh $(VULNDB)

rego: ## policies compile strictly against the facts' schema, are formatted and complete, and their tests pass
	@mkdir -p $(SCRATCH)/schema
	cp $(SCHEMA) $(SCRATCH)/schema/facts.json
	$(OPA) check --strict --schema $(SCRATCH)/schema policies/
	$(OPA) fmt --diff --fail policies/
	go run ./cmd/austauschbar policy check policies
	$(OPA) test policies/
	$(OPA) test --coverage --threshold 95 policies/ >$(SCRATCH)/rego-coverage.json || { tail -5 $(SCRATCH)/rego-coverage.json; exit 1; }
	@sed -n 's/^  "coverage": \([0-9.]*\).*/Rego coverage: \1 %/p' $(SCRATCH)/rego-coverage.json

regal: ## lint the policies; what is let pass stands in .regal/config.yaml
	$(REGAL) lint --format compact policies/

reuse: ## every file has a licence and a copyright holder (Debian: reuse)
	tools/reuse.sh

# GitHub's own descriptions. Tests that read them find them by AUSTAUSCHBAR_OCTOKIT
# and are skipped without it; where it is set, or CI=true, missing ones are a failure.
OCTOKIT   := $(SCRATCH)/octokit
EXCHANGES := $(SCRATCH)/exchanges

contract: ## what the tests say to their GitHub, and it to them, is as GitHub describes it (Debian: npm)
	tools/contract/fetch.sh $(OCTOKIT)
	rm -rf $(EXCHANGES) && mkdir -p $(EXCHANGES)
	AUSTAUSCHBAR_OCTOKIT=$(CURDIR)/$(OCTOKIT) AUSTAUSCHBAR_EXCHANGES=$(CURDIR)/$(EXCHANGES) go test -count=1 -skip 'TestSuggestions|TestTraps|TestInterfaces|TestTutorial' ./bot/github/... ./cmd/austauschbar/
	go run -C tools/contract . -descriptions $(CURDIR)/$(OCTOKIT) $(CURDIR)/$(EXCHANGES)

# Likewise GitLab's description of its CI configuration, by AUSTAUSCHBAR_CI_SCHEMA.
CI_SCHEMA := $(SCRATCH)/ci-schema

component: ## the component for GitLab CI/CD, and what the pages tell to include, are as GitLab describes it (Debian: npm)
	tools/component/fetch.sh $(CI_SCHEMA)
	AUSTAUSCHBAR_CI_SCHEMA=$(CURDIR)/$(CI_SCHEMA) go test -count=1 ./templates/ -run 'Component|GitLab'

# axe-core, which finds barriers in pages, by AUSTAUSCHBAR_AXE.
AXE := $(SCRATCH)/axe

axe: ## reports in a browser: no barriers, nothing loaded, reached by keyboard, printed whole (Debian: npm chromium poppler-utils)
	tools/axe/fetch.sh $(AXE)
	AUSTAUSCHBAR_AXE=$(CURDIR)/$(AXE) go test -count=1 ./templates/ -run 'TestReport'

kern: ## templates/kern/kern.css: the styles of KERN UX that reports use, for go build -tags kern (Debian: npm)
	tools/kern/fetch.sh templates/kern

# Likewise OASIS's schema of SARIF, by AUSTAUSCHBAR_SARIF_SCHEMA.
SARIF_SCHEMA := $(SCRATCH)/sarif

sarif: ## reviews as SARIF are as OASIS describes it
	tools/sarif/fetch.sh $(SARIF_SCHEMA)
	AUSTAUSCHBAR_SARIF_SCHEMA=$(CURDIR)/$(SARIF_SCHEMA) go test -count=1 ./templates/ -run SARIF

build: ## the command, as ./austauschbar
	CGO_ENABLED=0 go build ./cmd/austauschbar

cross: ## the command compiles for the other systems we release for
	CGO_ENABLED=0 GOOS=darwin GOARCH=arm64 go build -o /dev/null ./cmd/austauschbar
	CGO_ENABLED=0 GOOS=windows GOARCH=amd64 go build -o /dev/null ./cmd/austauschbar

generate: ## write anew what comes from code: the schema of the facts
	@mkdir -p $(SCRATCH)
	go run ./cmd/austauschbar schema facts >$(SCRATCH)/facts.schema.json
	mv $(SCRATCH)/facts.schema.json $(SCHEMA)

# Label files beside their documents, below a folder.
CORPUS ?= corpus

confidence: build ## measure anew how often each rule is right, on documents with labels; CORPUS=DIR
	@mkdir -p $(SCRATCH)
	go build -C tools -o ../$(SCRATCH)/confidence.out ./confidence
	$(SCRATCH)/confidence.out -o policies/confidence/measured/data.yaml $(CORPUS)

generated: ## fails where `make generate` would change something
	@mkdir -p $(SCRATCH)
	@go run ./cmd/austauschbar schema facts >$(SCRATCH)/facts.schema.json
	@diff -u $(SCHEMA) $(SCRATCH)/facts.schema.json || { echo "run: make generate" >&2; exit 1; }

# What the mixed dossier is built of, once, in tmp/bench; the first is the dossier that
# is copied. make bench SOURCES="a b" RUNS=9 for others.
SOURCES ?= examples/fachverfahren examples/sources $(wildcard ../shared/corpus/tenders)
RUNS    ?= 5

bench: build ## budgets: reviews against pdftotext + pandoc, judging against opa eval (Debian: poppler-utils pandoc libreoffice)
	@mkdir -p $(SCRATCH)
	go build -C tools -o ../$(SCRATCH)/bench.out ./bench
	$(SCRATCH)/bench.out -runs $(RUNS) -work $(SCRATCH)/bench -austauschbar ./austauschbar -opa "$$($(TOOL) -n opa)" $(SOURCES)

# How many small dossiers; CONFTEST=PROGRAM to compare judging with.
BATCHES  ?= 1000,10000
CONFTEST ?=

batch: build ## many small dossiers, one batch each: rate and memory; killed and resumed equals one run
	@mkdir -p $(SCRATCH)
	go build -C tools -o ../$(SCRATCH)/batch.out ./batch
	$(SCRATCH)/batch.out -dossiers $(BATCHES) -work $(SCRATCH)/batch -austauschbar ./austauschbar -conftest "$(CONFTEST)"

FUZZTIME ?= 20s

fuzz: ## each fuzz target in turn; FUZZTIME=20s
	@go list ./... | while read -r package; do \
		go test -list '^Fuzz' $$package | grep '^Fuzz' | while read -r target; do \
			echo "$$package $$target"; go test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) $$package || exit 1; \
		done || exit 1; \
	done

dist: ## dist/: released programs, their bill of materials and checksums
	tools/dist.sh

clean: ## remove what the targets above wrote
	rm -rf $(SCRATCH) dist austauschbar

picture: ## docs/images/: what the bot posts and a report, light and dark; a commented Word file; narrow into tmp/ (Debian: chromium fonts-liberation git libreoffice-writer poppler-utils)
	tools/picture.sh
