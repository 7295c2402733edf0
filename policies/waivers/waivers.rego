# METADATA
# title: Waivers
# description: >-
#   Decides which waivers count and what they waive. Input is the dossier's
#   waivers, the day of judging, and what the criteria found, grouped by id and
#   by passage; docs/waivers.md explains the rules.
# scope: package
# schemas:
#   - input: {"type": "object"}
package policies.waivers

import data.policies.lib.group
import data.policies.lib.result

# Days before its end in which a waiver is told to be expiring.
_notice := 30

_day := ((24 * 60) * 60) * 1000000000

# Findings that a waiver names: the one with its id, else those of its criterion
# that quote its passage, so that a waiver survives the renaming of a document.
_named(waiver) := [waiver.finding] if {
	input.findings[waiver.finding].criterion == waiver.criterion
} else := object.get(input.passages, [waiver.criterion, object.get(waiver, "hash", "")], [])

_waivers[number] := object.union(waiver, {"number": number, "findings": _named(waiver)}) if {
	some number, waiver in input.waivers
	not waiver.criterion in input.skipped
}

_state(waiver) := "unused" if {
	count(waiver.findings) == 0
} else := "expired" if {
	input.today >= waiver.expires
} else := "incomplete" if {
	not _complete(waiver)
} else := "unapproved" if {
	not _approved(waiver)
} else := "pending" if {
	input.today < waiver.date
} else := "expiring" if {
	_nanoseconds(waiver.expires) - _nanoseconds(input.today) <= _notice * _day
} else := "waived"

_nanoseconds(day) := time.parse_ns("2006-01-02", day)

_complete(waiver) if {
	waiver.reason != ""
	trim_space(waiver.text) != ""
	_person(waiver.author) != ""
}

# Four eyes: nobody approves what is their own.
_approved(waiver) if {
	_person(waiver.approver) != ""
	_person(waiver.approver) != _person(waiver.author)
}

# A name without what does not make it another person's: case, blanks, invisible
# characters, the @ of an account.
_person(name) := trim_left(lower(regex.replace(name, `[\s\p{Z}\p{Cc}\p{Cf}]+`, "")), "@")

_states[number] := _state(waiver) if some number, waiver in _waivers

_counts(number) if _states[number] in {"waived", "expiring"}

# Of several waivers that count for a finding, the one that ends last shows; of
# those that end on one day, the first of the file.
_shown := {run.key: number |
	some run in group.runs(_uses)
	number := -1 * run.values[count(run.values) - 1][1]
}

_uses := [[id, [waiver.expires, -1 * number]] |
	some number, waiver in _waivers
	_counts(number)
	some id in waiver.findings
]

# A criterion is waived where everything that decides its rating is. What we are
# not sure of decides only where there is nothing else.
_waived_criteria := [criterion |
	some criterion, ids in input.criteria
	deciding := _deciding(ids)
	count(deciding) > 0
	every id in deciding {
		_shown[id] >= 0
	}
]

_deciding(ids) := sure if {
	sure := [id | some id in ids; not result.asks(input.findings[id])]
	count(sure) > 0
} else := ids

review := {
	"waivers": [{"number": number, "state": _states[number], "findings": waiver.findings} | some number, waiver in _waivers],
	"findings": _shown,
	"criteria": _waived_criteria,
}
