# What explains the repository, and what should not lie in it.
package policies.opencode

# METADATA
# title: README
# description: >-
#   A README says what the software is, how to install it, under which licence it
#   stands and whom to turn to. That openCoDE wants a README is published; what it must
#   say could not be looked up.
# related_resources:
#   - ref: https://open-code-guide-b6c70f.usercontent.opencode.de/en/projekte
#     description: "openCode: Checklist for creating a project"
# custom:
#   id: OC-07
#   kind: condition
#   basis: uncertain
conditions contains _condition(rego.metadata.rule(), _readme_rating, findings) if {
	findings := [finding | some finding in _readme_findings]
}

_readme_rating := "not_met" if {
	not input.readme
} else := "partly" if {
	count(_unsaid) > 0
} else := "met"

_readme_findings contains _finding("missing", {}) if not input.readme

_readme_findings contains _finding_at("topic", _file(input.readme.path), {"topic": topic}) if some topic in _unsaid

_unsaid contains topic if {
	some topic, pattern in _topics
	every passage in input.readme.passages {
		not regex.match(pattern, passage.text)
	}
}

_unsaid contains "description" if {
	every passage in input.readme.passages {
		not _describes(passage)
	}
}

# A whole sentence, not a heading, picture or list of links.
_describes(passage) if {
	passage.kind == "paragraph"
	count(passage.text) >= 40
}

_topics := {
	"installation": `(?i)\b(install|einricht|inbetriebnahme|getting started|quick ?start|set-?up|deploy|bereitstell|loslegen|docker run|helm )`,
	"licence": `(?i)licen[cs]e|lizenz`,
	"contact": `(?i)\b(kontakt|contact|ansprechp|maintainer|support|questions|fragen|issues?\b)|[\w.+-]+@[\w-]+\.\w+`,
}

# METADATA
# title: How to contribute
# description: A file says how others can take part.
# custom:
#   id: OC-08
#   kind: advice
#   basis: own
conditions contains _condition(rego.metadata.rule(), _there(findings), findings) if {
	findings := [_finding("missing", {}) | not _explained(`contributing|mitmachen`)]
}

# METADATA
# title: How to report weaknesses
# description: A file says whom to tell of a weakness in security, and how.
# custom:
#   id: OC-09
#   kind: advice
#   basis: own
conditions contains _condition(rego.metadata.rule(), _there(findings), findings) if {
	findings := [_finding("missing", {}) | not _explained(`security`)]
}

_there(findings) := "met" if {
	count(findings) == 0
} else := "not_met"

_explained(names) if {
	some path in input.files
	regex.match(sprintf(`(?i)^((\.github|\.gitlab|docs)/)?(%s)(\.\w+)?$`, [names]), path)
}

# METADATA
# title: No secrets
# description: >-
#   No keys, tokens or settings of one machine lie in the repository. What looks like
#   one in tests and examples is asked about.
# custom:
#   id: OC-10
#   kind: condition
#   basis: own
conditions contains _condition(rego.metadata.rule(), _secrets_rating, findings) if {
	findings := [_finding_at(_secret_code(secret), _place(secret), {"kind": secret.kind}) | some secret in input.secrets]
}

_secrets_rating := "met" if {
	count(input.secrets) == 0
} else := "not_met" if {
	some secret in input.secrets
	not _made_up(secret)
} else := "partly"

_secret_code(secret) := "example" if {
	_made_up(secret)
} else := "secret"

_made_up(secret) if regex.match(`(^|/)(testdata|tests?|__tests__|fixtures|examples?|spec)/|_test\.|\.test\.`, secret.path)

_place(secret) := {"path": secret.path, "line": secret.line} if {
	secret.line
} else := {"path": secret.path}
