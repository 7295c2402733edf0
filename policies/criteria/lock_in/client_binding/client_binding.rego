# METADATA
# title: Client binding
# description: Users work with two independent browsers or on several systems; no single operating system, browser or office suite is needed.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://www.digitale-verwaltung.de/Webs/DV/DE/onlinezugangsgesetz/servicestandard/prinzip-12/prinzip-12-node.html
#     description: "Servicestandard, Prinzip 12: offene Standards (Stand der Recherche: November 2026)"
#   - ref: https://digital.bund.de/Architekturvorgaben/Funktionale-Vorgaben/FV-09-Entkopplung
#     description: "IT-Architekturrichtlinie Bund, FV-09 Entkopplung, geringe Abhängigkeit von bestimmten Laufzeitumgebungen (Stand der Recherche: November 2026)"
# custom:
#   id: LI-09
#   kind: B
#   weight: 5
#   stage: stable
#   owner: policy owners
package policies.criteria.lock_in.client_binding

import data.policies.lib.bound
import data.policies.lib.deal
import data.policies.lib.group
import data.policies.lib.passage
import data.policies.lib.place
import data.policies.lib.rate
import data.policies.lib.result
import data.policies.lib.solution
import data.policies.lib.topic

# The worse of what text and graph show; where one is silent, the other counts.
rating := rate.worst(_ratings)

_ratings contains _told

_ratings contains _drawn

_told := bound.topic(_hits)

# A client that runs in browsers is bound to none; one for one system is the only way in
# where there is no other.
_drawn := "met" if {
	count(_portable) > 0
	count(_single) == 0
} else := "partly" if {
	count(_portable) > 0
}

_clients := [client | some client in solution.own; client.kind == "client"]

_portable := [client | some client in _clients; regex.match(`(?i)\b(browser|web|html5?|single.page|spa|pwa|react|angular|vue|svelte)\b`, _technology(client))]

_single := [client | some client in _clients; regex.match(`(?i)\b(windows|wpf|winforms|vba|office add-?in|internet explorer)\b`, _technology(client))]

_technology(client) := object.get(client, "technology", "")

evidence contains solution.place(client) if some client in _portable

findings contains result.unsure(rego.metadata.chain(), "client", solution.place(_single[0]), solution.listed(_single)) if {
	not _told == "met"
	count(_single) > 0
}

_hits contains hit if some hit in topic.binding(input.topics.client_binding)

# A platform that is left out is no tie to another.
_hits contains hit if {
	some hit in topic.binding(input.topics.client_independence)
	hit.polarity != "risk"
}

_hits contains hit if some hit in topic.met(input.topics.browser_client)

evidence contains hit.evidence if some hit in _hits

# Platforms and infrastructure have no users of their own.
not_applicable := "no_client" if {
	input.dossier.service_model.value in {"iaas", "paas"}
	not rating
}

# Only what has a user interface can be bound by it; it is asked where one is spoken of.
findings contains passage.missing_at(rego.metadata.chain(), _interface) if {
	not rating
	not deal.unasked("LI-09")
}

# The sentence that says most of it: one that obliges, else one that describes. What a
# user interface may have besides is no place to ask.
_interface := [hit.evidence |
	some modalities in [{"must", "should"}, {"none"}]
	some hit in input.topics.user_interface
	hit.polarity == "met"
	hit.modality in modalities
	rate.binding(hit)
][0]

findings contains result.finding(rego.metadata.chain(), "weak", hit.evidence, {}) if {
	_told == "partly"
	not "met" in {hit.polarity | some hit in _hits}
	some hit in topic.weak(_hits)
}

_risks := topic.risk(_hits)

# A program that is installed on the users' machines has no browser to choose.
default _tie := "risk"

_tie := "system" if {
	count(topic.met(input.topics.installed_program)) > 0
	count([mention | some mention in input.mentions.product; "browser" in mention.tags]) == 0
}

# By document, with the places of all that demand it.
findings contains result.finding(rego.metadata.chain(), _tie, hits[0].evidence, {"count": count(hits), "places": place.listed(hits)}) if {
	some run in group.runs([[hit.evidence.path, number] | some number, hit in input.topics.client_binding; hit in _risks])
	hits := [input.topics.client_binding[number] | some number in run.values]
}
