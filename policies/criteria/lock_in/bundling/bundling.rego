# METADATA
# title: Bundling
# description: What can be had separately is bought separately, in lots or as items of their own; one award for all has reasons.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://www.gesetze-im-internet.de/gwb/__97.html
#     description: "§ 97 Abs. 4 GWB: Teil- und Fachlose (Fassung bis zum 30. Juni 2026; für danach begonnene Verfahren wird § 97a GWB berichtet, Wortlaut zu prüfen)"
#   - ref: https://www.nickel.de/news/vergaberecht/olg-duesseldorf-beschluss-vom-10072024-verg-2-24
#     description: "OLG Düsseldorf, Beschluss vom 10. Juli 2024, Verg 2/24: Fachlos setzt einen eigenen Markt voraus"
#   - ref: https://eur-lex.europa.eu/eli/reg/2023/2854/oj
#     description: "Data Act, Verordnung (EU) 2023/2854, Art. 23: Entbündelung von Infrastrukturdiensten, soweit technisch machbar (anwendbar seit 12. September 2025)"
# custom:
#   id: LI-04
#   kind: B
#   weight: 6
#   stage: stable
#   owner: policy owners
package policies.criteria.lock_in.bundling

import data.policies.lib.bound
import data.policies.lib.place
import data.policies.lib.result
import data.policies.lib.topic

rating := bound.polarities(_polarities)

_polarities contains "met" if count(_lots) > 0

_polarities contains "weak" if count(topic.weak(input.topics.bundling)) > 0

_polarities contains "weak" if count(_single) > 0

_polarities contains "risk" if count(_tied) > 0

evidence := {hit.evidence | some hit in ((_lots | _tied) | _single)} | {hit.evidence | some hit in topic.weak(input.topics.bundling)}

# Products that are to be had together only.
_tied := {hit |
	some hit in topic.risk(input.topics.bundling)
	not hit.clause in _undivided
}

_lots contains hit if some hit in topic.met(input.topics.lots)

_lots contains notice if {
	some notice in input.notice
	count(notice.lots) > 1
}

# One award for all, of which no reason is given: whether there are separate markets,
# the documents do not tell.
_single contains hit if {
	some hit in topic.risk(input.topics.lots)
	not _reasoned(hit)
}

_undivided := {hit.clause | some hit in topic.risk(input.topics.lots)}

_reasoned(hit) if {
	some spot in place.of(hit)
	spot in _reasons
}

_reasons contains spot if {
	some hit in topic.met(input.topics.lots_reason)
	some spot in place.of(hit)
}

# An architecture awards nothing, and whoever gives reasons for one award has done
# what the criterion asks for.
not_applicable := "architecture" if {
	input.dossier.kind.value == "architecture"
} else := "single_award_reasoned" if {
	not rating
	count(_undivided) > 0
}

# A notice says whether there are lots; without one, only papers that are all there can
# lack the word.
findings contains result.missing(rego.metadata.chain()) if {
	not rating
	input.dossier.complete.value
	count(input.notice) == 0
}

findings contains result.finding(rego.metadata.chain(), "weak", hit.evidence, {}) if {
	rating == "partly"
	not "met" in _polarities
	some hit in topic.weak(input.topics.bundling)
}

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if some hit in _tied

findings contains result.unsure(rego.metadata.chain(), "single_award", hit.evidence, {}) if {
	not "met" in _polarities
	some hit in _single
}
