# METADATA
# title: Results
# description: >-
#   Builds findings. Words for a code stand in the templates, how sure a rule is
#   in policies/confidence.
package policies.lib.result

import data.policies.lib.deal
import data.policies.lib.group
import data.policies.lib.kind

# finding is one point with its place. The criterion's id comes from the METADATA.
finding(chain, code, evidence, args) := _placed(chain, code, "sure", evidence, args)

# likely is a finding that rests on something the dossier does not say.
likely(chain, code, evidence, args) := _placed(chain, code, "likely", evidence, args)

# unsure is a finding that is better put as a question.
unsure(chain, code, evidence, args) := _placed(chain, code, "unsure", evidence, args)

# missing is what the whole dossier lacks; it has no place. Undefined where another
# question covers it, and where it does not fit what is ordered.
missing(chain) := lacking(chain) if {
	not deal.unasked(id(chain))
	not kind.unfit(id(chain))
}

# lacking is the same whatever else is asked: a place will say where it could stand.
lacking(chain) := _result(id(chain), "missing", "sure", {}) if deal.heard(id(chain))

# Undefined where the paper is none to look for it in.
_placed(chain, code, certainty, evidence, args) := object.union(_told(chain, code, certainty, evidence, args), {"evidence": evidence}) if {
	deal.heard(id(chain))
}

# What is weak for a word that leaves exceptions ("grundsätzlich") is told by that word.
_told(chain, "weak", certainty, evidence, args) := _result(id(chain), "hedged", certainty, object.union(args, {"word": word})) if {
	word := _hedges[evidence]
} else := _result(id(chain), "weak", certainty, args)

_told(chain, code, certainty, _, args) := _result(id(chain), code, certainty, args) if code != "weak"

# The first of the words that leave exceptions at a place.
_hedges := {run.key: run.values[0] |
	some run in group.runs([[hit.evidence, hit.hedge] | some hits in input.topics; some hit in hits; hit.hedge])
}

_result(criterion, code, certainty, args) := {
	"criterion": criterion,
	"code": code,
	"certainty": certainty,
	"confidence": confidence(criterion, code, certainty),
	"args": args,
}

# confidence is the measured precision of a rule, less what the rule itself is not
# sure of; in hundredths.
confidence(criterion, code, certainty) := round((_precision(criterion, code) * data.confidence.certainty[certainty]) * 100) / 100

# Passages tell nothing about what was not found.
_precision(criterion, code) := precision if {
	precision := data.confidence.measured.rules[criterion].codes[code].precision
} else := data.confidence.measured.rules[criterion].precision if {
	code != "missing"
} else := data.confidence.unmeasured

# asks says that a finding is not sure enough to be more than a question.
asks(finding_) if finding_.confidence < data.confidence.bound

# asked is a question about the dossier as a whole.
asked(chain, code, args) := {"criterion": id(chain), "code": code, "confidence": 0.4, "args": args}

# elsewhere asks once for several criteria whose papers were not in the dossier, or, where
# that is in doubt, whether there are to be such papers at all.
elsewhere(chain, criteria, doubtful) := asked(chain, "elsewhere", {"criteria": criteria, "doubtful": doubtful})

# id is the criterion's id of the innermost METADATA that has one.
id(chain) := [link.annotations.custom.id | some link in chain; link.annotations.custom.id][0]
