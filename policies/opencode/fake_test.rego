package policies.opencode_test

# checkout is that of a repository to which nothing is missing, but for its history.
checkout := {
	"today": "2026-11-23",
	"files": ["CONTRIBUTING.md", "LICENSE", "README.md", "SECURITY.md", "publiccode.yml"],
	"publiccode": publiccode,
	"licences": [file("LICENSE", [approved("EUPL-1.2")])],
	"readme": {"path": "README.md", "passages": [
		{"kind": "heading", "text": "Beispiel", "line": 1},
		{"kind": "paragraph", "text": "Ein Programm, das Beispiele sammelt und sortiert.", "line": 3},
		{"kind": "paragraph", "text": "Installation: go install example.org/beispiel", "line": 5},
		{"kind": "paragraph", "text": "Lizenz: EUPL-1.2. Kontakt: beispiel@example.org", "line": 7},
	]},
	"secrets": [],
	"gaps": [],
}

publiccode := {
	"version": "0.4",
	"name": "Beispiel",
	"url": "https://gitlab.opencode.de/amt/beispiel",
	"licence": {"expression": "EUPL-1.2", "licences": [approved("EUPL-1.2")], "evidence": {"path": "publiccode.yml", "line": 30}},
	"software_version": "1.0.0",
	"release_date": "2026-09-01",
	"development_status": "stable",
	"software_type": "standalone/web",
	"platforms": ["web"],
	"categories": ["procurement"],
	"used_by": [],
	"descriptions": [{"language": "de", "short": 60, "long": 600, "features": 3}],
	"maintenance": {"type": "internal", "contractors": [], "contacts": [{"name": "A. Beispiel", "email": true}]},
	"localisation": {"ready": false, "languages": ["de"]},
	"depends_on": {"open": [], "proprietary": [], "hardware": []},
	"lines": {"name": 3, "url": 4, "developmentStatus": 9, "description": 12, "maintenance": 33},
	"evidence": {"path": "publiccode.yml", "line": 3},
}

approved(id) := {"id": id, "known": true, "osi": true}

file(path, licences) := {"path": path, "root": true, "licences": licences, "percent": 100}

named(id, licences) := {"path": sprintf("LICENSES/%s.txt", [id]), "root": false, "named": approved(id), "licences": licences, "percent": 100}

# with_key is the checkout with another value for a key.
with_key(key, value) := object.union(object.remove(checkout, [key]), {key: value})

# without_file is the checkout without what a path leads to.
without_file(path) := json.remove(checkout, [path])

# said is the checkout with other words in publiccode.yml.
said(changes) := with_key("publiccode", object.union(publiccode, changes))

# unsaid is the checkout without a key in publiccode.yml.
unsaid(key) := with_key("publiccode", object.remove(publiccode, [key]))

condition(review, id) := [condition | some condition in review.conditions; condition.id == id][0]

rating(review, id) := condition(review, id).rating

codes(review, id) := {finding.code | some finding in condition(review, id).findings}

args(review, id) := {finding.args | some finding in condition(review, id).findings}
