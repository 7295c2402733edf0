# METADATA
# title: Maintained project
# description: >-
#   Open source that is used or delivered is cared for: by words of the documents, or by
#   what a publiccode.yml says. Commits and response times are seen by the check of a
#   repository only.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://opencode.de/en/knowledge/practical-use/badges-en
#     description: "openCode: Badges, Aktivität und Verlässlichkeit (gelesen November 2026)"
#   - ref: https://badges.opencode.de/en/official-badges/active-maintained-badge
#     description: "openCode Badges: Aktiv gepflegt (gelesen November 2026)"
# custom:
#   id: MC-05
#   kind: B
#   weight: 6
#   stage: stable
#   owner: policy owners
package policies.criteria.community.maintained_project

import data.policies.lib.rate
import data.policies.lib.result
import data.policies.lib.topic

rating := rate.polarities(_polarities)

evidence := {hit.evidence | some hit in topic.binding(input.topics.maintained_project)} | {repository.evidence | some repository in input.repositories}

not_applicable := "no_component" if not rating

findings contains result.finding(rego.metadata.chain(), hit.polarity, hit.evidence, {}) if {
	rating != "met"
	some hit in topic.binding(input.topics.maintained_project)
	hit.polarity in {"weak", "risk"}
}

findings contains result.finding(rego.metadata.chain(), "abandoned", repository.evidence, {}) if {
	some repository in input.repositories
	_abandoned(repository)
}

findings contains result.finding(rego.metadata.chain(), "no_release", repository.evidence, {}) if {
	rating != "met"
	some repository in input.repositories
	_verdict(repository) == "weak"
	not _old(repository)
}

findings contains result.finding(rego.metadata.chain(), "old_release", repository.evidence, {"date": repository.release_date}) if {
	rating != "met"
	some repository in input.repositories
	_verdict(repository) == "weak"
	_old(repository)
}

# All is said, and the last release is long ago.
_old(repository) if {
	repository.maintenance.type in {"internal", "contract", "community"}
	regex.match(_day, repository.release_date)
}

_polarities contains hit.polarity if some hit in topic.binding(input.topics.maintained_project)

_polarities contains _verdict(repository) if some repository in input.repositories

_verdict(repository) := "risk" if {
	_abandoned(repository)
} else := "met" if {
	repository.maintenance.type in {"internal", "contract", "community"}
	_released(repository)
} else := "weak"

_abandoned(repository) if repository.development_status == "obsolete"

_abandoned(repository) if repository.maintenance.type == "none"

# Dates are as somebody wrote them.
_day := `^\d{4}-\d{2}-\d{2}$`

_released(repository) if {
	regex.match(_day, repository.release_date)
	repository.release_date >= _half_a_year_ago
}

_half_a_year_ago := time.format([time.add_date(time.parse_ns("2006-01-02", input.today), 0, -6, 0), "UTC", "2006-01-02"])
