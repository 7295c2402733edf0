# METADATA
# title: Fit for openCoDE
# description: >-
#   Judges whether a repository meets what openCoDE asks of one, and which level of its
#   badge for maintenance the evidence supports. It has no score and takes no part in
#   that of a tender. kind: a condition must be met, advice should be, a badge may be.
#   basis: published, openCoDE says so; uncertain, it does, but how it decides could
#   not be looked up; own, good practice that openCoDE was not found to ask for.
# scope: package
# schemas:
#   - input: {"type": "object"}
package policies.opencode

review := {
	"missed": [condition.id | some condition in _sorted; condition.kind == "condition"; condition.rating == "not_met"],
	"badge": _badge,
	"conditions": _sorted,
}

_sorted := [condition |
	some id in sort([condition.id | some condition in conditions])
	some condition in conditions
	condition.id == id
]

# _condition describes a condition by the METADATA of its rule.
_condition(rule, rating, findings) := {
	"id": rule.custom.id,
	"title": rule.title,
	"kind": rule.custom.kind,
	"basis": rule.custom.basis,
	"rating": rating,
	"findings": findings,
	"references": object.get(rule, "related_resources", []),
}

_finding(code, args) := {"code": code, "args": args}

_finding_at(code, evidence, args) := {"code": code, "args": args, "evidence": evidence}

_file(path) := {"path": path, "place": path}
