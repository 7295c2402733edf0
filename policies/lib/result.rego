# METADATA
# title: Results
# description: Builds findings. Words for a code stand in the templates.
package policies.lib.result

# finding is one point with its place. The criterion's id comes from the METADATA.
finding(chain, code, evidence, args) := {
	"criterion": id(chain),
	"code": code,
	"confidence": 0.8,
	"evidence": evidence,
	"args": args,
}

# unsure is a finding that is better put as a question.
unsure(chain, code, evidence, args) := object.union(finding(chain, code, evidence, args), {"confidence": 0.4})

# missing is what the whole dossier lacks; it has no place.
missing(chain) := {
	"criterion": id(chain),
	"code": "missing",
	"confidence": 0.6,
	"args": {},
}

# elsewhere asks once for several criteria whose papers were not in the dossier.
elsewhere(chain, criteria) := {
	"criterion": id(chain),
	"code": "elsewhere",
	"confidence": 0.4,
	"args": {"criteria": criteria},
}

# id is the criterion's id of the innermost METADATA that has one.
id(chain) := [link.annotations.custom.id | some link in chain; link.annotations.custom.id][0]
