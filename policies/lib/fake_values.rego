# METADATA
# title: Made-up values
# description: Durations, days and award criteria that tests need, and facts made of several parts.
package policies.lib.fake_values

import data.policies.lib.fake

# duration is a length of time in months in clause number n.
duration(n, about, months) := {
	"value": months,
	"unit": "month",
	"months": months,
	"count": 1,
	"about": about,
	"clause": sprintf("1.%d.1", [n]),
	"evidence": fake.evidence(n),
}

# with_values gives facts with hits by topic and other keys.
with_values(hits, values) := object.union(fake.topics(hits), values)

# places_of lists the evidence of findings.
places_of(findings) := {finding.evidence | some finding in findings}

# unsure lists the codes of the findings that are put as questions.
unsure(findings) := {finding.code | some finding in findings; finding.certainty == "unsure"}

# term is how long a contract runs, as line n says, with other values for some keys.
term(n, months, changes) := object.union(
	{
		"path": "a.md",
		"base": months,
		"total": months,
		"stated": false,
		"firm": true,
		"evidence": [fake.evidence(n)],
	},
	changes,
)

# options gives a term the lengths that may be added to it.
options(months, lengths) := {"base": months, "options": lengths, "total": months + sum(lengths)}
