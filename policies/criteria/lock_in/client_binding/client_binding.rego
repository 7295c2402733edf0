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
import data.policies.lib.group
import data.policies.lib.place
import data.policies.lib.result
import data.policies.lib.topic

rating := bound.topic(_hits)

_hits contains hit if some hit in topic.binding(input.topics.client_binding)

# A platform that is left out is no tie to another.
_hits contains hit if {
	some hit in topic.binding(input.topics.client_independence)
	hit.polarity != "risk"
}

evidence contains hit.evidence if some hit in _hits

# Platforms and infrastructure have no users of their own.
not_applicable := "no_client" if {
	input.dossier.service_model.value in {"iaas", "paas"}
	not rating
}

# Only what has a user interface can be bound by it.
findings contains result.missing(rego.metadata.chain()) if {
	not rating
	count(topic.met(input.topics.user_interface)) > 0
}

findings contains result.finding(rego.metadata.chain(), "weak", hit.evidence, {}) if {
	rating == "partly"
	not "met" in {hit.polarity | some hit in _hits}
	some hit in topic.weak(_hits)
}

_risks := topic.risk(_hits)

# By document, with the places of all that demand it.
findings contains result.finding(rego.metadata.chain(), "risk", hits[0].evidence, {"count": count(hits), "places": place.listed(hits)}) if {
	some run in group.runs([[hit.evidence.path, number] | some number, hit in input.topics.client_binding; hit in _risks])
	hits := [input.topics.client_binding[number] | some number in run.values]
}
