package policies.opencode_test

import data.policies.opencode

test_all_met if {
	review := opencode.review with input as checkout
	review.missed == []
	[condition.id | some condition in review.conditions] == [sprintf("OC-%02d", [n]) | some n in numbers.range(1, 14)]
	every condition in review.conditions {
		_met_or_badge(condition)
	}
}

test_an_empty_folder if {
	review := opencode.review with input as {"today": "2026-11-23", "files": [], "licences": [], "secrets": [], "gaps": []}
	review.missed == ["OC-01", "OC-04", "OC-07"]
	{condition.id | some condition in review.conditions; condition.rating == "not_evidenced"} == {"OC-02", "OC-03", "OC-05", "OC-06", "OC-11", "OC-12", "OC-13", "OC-14"}
	review.badge.level == "unknown"
}

test_advice_is_never_missed if {
	review := opencode.review with input as with_key("files", ["publiccode.yml"])
	rating(review, "OC-08") == "not_met"
	rating(review, "OC-09") == "not_met"
	review.missed == []
}

test_where_advice_is_looked_for if {
	every path in ["CONTRIBUTING.md", "contributing", "docs/CONTRIBUTING.md", ".github/CONTRIBUTING.rst", ".gitlab/MITMACHEN.md"] {
		review := opencode.review with input as with_key("files", [path])
		rating(review, "OC-08") == "met"
	}
	review := opencode.review with input as with_key("files", ["src/CONTRIBUTING.md", "security.txt"])
	rating(review, "OC-08") == "not_met"
	rating(review, "OC-09") == "met"
}

test_readme if {
	missing := opencode.review with input as without_file("readme")
	rating(missing, "OC-07") == "not_met"
	codes(missing, "OC-07") == {"missing"}

	bare := opencode.review with input as with_key("readme", {"path": "README.md", "passages": [{"kind": "heading", "text": "Beispiel"}]})
	rating(bare, "OC-07") == "partly"
	args(bare, "OC-07") == {{"topic": "description"}, {"topic": "installation"}, {"topic": "licence"}, {"topic": "contact"}}
}

test_secrets if {
	found := opencode.review with input as with_key("secrets", [{"path": ".env", "kind": "dotenv"}, {"path": "a_test.go", "line": 4, "kind": "token"}])
	rating(found, "OC-10") == "not_met"
	codes(found, "OC-10") == {"secret", "example"}

	doubtful := opencode.review with input as with_key("secrets", [{"path": "src/testdata/key.pem", "line": 1, "kind": "private_key"}])
	rating(doubtful, "OC-10") == "partly"
	condition(doubtful, "OC-10").findings[0].evidence == {"path": "src/testdata/key.pem", "line": 1}
}

_met_or_badge(condition) if condition.rating == "met"

_met_or_badge(condition) if condition.kind == "badge"
