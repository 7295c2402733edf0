# Whether people keep the software, as far as Git tells.
package policies.opencode

import data.policies.lib.group

# The badges look at the last six months.
_since := time.format([time.add_date(time.parse_ns("2006-01-02", input.today), 0, -6, 0), "UTC", "2006-01-02"])

_recent(day) if {
	day >= _since
	day <= input.today
}

_commits := [commit | some commit in input.history.commits; _recent(commit.day)]

# What is missing in a part of the history may be in the rest.
_whole if input.history.shallow == false

# METADATA
# title: Active development
# description: At least five commits in the last six months.
# related_resources:
#   - ref: https://badges.opencode.de/en/official-badges/active-maintained-badge
#     description: "openCode Badges: Maintained Badge, level 1"
# custom:
#   id: OC-11
#   kind: badge
#   basis: published
conditions contains _condition(rego.metadata.rule(), _commits_rating, findings) if {
	findings := [_finding("few", {"count": count(_commits), "least": 5, "since": _since}) | _commits_rating == "not_met"]
}

_commits_rating := "met" if {
	count(_commits) >= 5
} else := "not_met" if {
	_whole
} else := "not_evidenced"

# METADATA
# title: Answers to issues
# description: Issues of the last three months are answered in less than seven days on average.
# related_resources:
#   - ref: https://badges.opencode.de/en/official-badges/active-maintained-badge
#     description: "openCode Badges: Maintained Badge, level 1"
# custom:
#   id: OC-12
#   kind: badge
#   basis: published
conditions contains _condition(rego.metadata.rule(), "not_evidenced", [_finding("unseen", {})])

# METADATA
# title: Release
# description: At least one release or tag in the last six months.
# related_resources:
#   - ref: https://badges.opencode.de/en/official-badges/active-maintained-badge
#     description: "openCode Badges: Maintained Badge, level 2"
# custom:
#   id: OC-13
#   kind: badge
#   basis: published
conditions contains _condition(rego.metadata.rule(), _release_rating, findings) if {
	findings := [_finding("none", {"since": _since}) | _release_rating == "not_met"]
}

_release_rating := "met" if {
	some tag in input.history.tags
	_recent(tag.day)
} else := "not_met" if {
	_whole
} else := "not_evidenced"

# METADATA
# title: Bus factor
# description: >-
#   At least two people carry the development of the last six months. How openCoDE
#   counts them could not be looked up; here it is the fewest people who together made more
#   than half of the commits, programs left out.
# related_resources:
#   - ref: https://badges.opencode.de/en/official-badges/active-maintained-badge
#     description: "openCode Badges: Maintained Badge, level 3"
# custom:
#   id: OC-14
#   kind: badge
#   basis: uncertain
conditions contains _condition(rego.metadata.rule(), _bus_rating, findings) if {
	findings := [_finding("one", {"share": _largest, "since": _since}) | _bus_rating == "not_met"]
}

_by_people := [commit.author | some commit in _commits; not commit.bot]

# The largest share of the commits that one person made.
_largest := max([count(run.values) | some run in group.runs([[author, 1] | some author in _by_people])]) / count(_by_people)

_bus_rating := "not_evidenced" if {
	not _whole
} else := "not_evidenced" if {
	count(_by_people) == 0
} else := "met" if {
	_largest <= 0.5
} else := "not_met"

_badge := {"level": "unknown", "provided": []} if {
	_commits_rating == "not_evidenced"
} else := {"level": "none", "provided": []} if {
	_commits_rating == "not_met"
} else := {"level": "active", "provided": ["OC-12"]} if {
	_release_rating != "met"
} else := {"level": "reliable", "provided": ["OC-12"]} if {
	_bus_rating != "met"
} else := {"level": "crisis_proof", "provided": ["OC-12"]}
