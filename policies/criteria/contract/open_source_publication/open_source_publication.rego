# METADATA
# title: Publication as open source
# description: >-
#   What is newly made for the buyer is published under an open-source licence. The
#   EVB-IT template for creation of 2026 makes that the default.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://heise.de/-11219712
#     description: "EVB-IT Erstellung, Fassung 2026: Open Source mit Bereitstellung auf openCoDE als Standard für neue Software (Bericht; Vertragstext nicht gelesen)"
#   - ref: https://www.zendis.de/en/newsroom/press/evb-it-open-source
#     description: "ZenDiS zu den überarbeiteten EVB-IT und den Lizenzlisten von openCoDE (2026)"
#   - ref: https://opencode.de/de/wissen/rechtssichere-nutzung/anforderungen-an-inhalte
#     description: "openCoDE, Anforderungen an Inhalte: Rechte für eine Veröffentlichung (Stand der Recherche: November 2026)"
#   - ref: https://www.gesetze-im-internet.de/egovg/__16a.html
#     description: "§ 16a EGovG: Vorrang von Open Source für Bundesbehörden (in Kraft seit 24. Juli 2024)"
# custom:
#   id: CE-08
#   kind: B
#   weight: 7
#   stage: stable
#   owner: policy owners
package policies.criteria.contract.open_source_publication

import data.policies.lib.deal
import data.policies.lib.due
import data.policies.lib.evb_it
import data.policies.lib.rate
import data.policies.lib.result
import data.policies.lib.topic

rating := rate.polarities(_polarities)

_polarities contains _polarity(hit) if some hit in _hits

# Who sells ready-made software may publish it or not: that promises nothing.
_hits contains hit if {
	some hit in topic.binding(input.topics.open_source_publication)
	not hit.optional
}

_hits contains hit if {
	some hit in topic.binding(input.topics.open_source_publication)
	due.made
}

_polarities contains "weak" if count(_by_template) > 0

# What may be published need not be.
_polarity(hit) := "weak" if {
	hit in _possible
} else := hit.polarity

_possible contains hit if some hit in topic.weak(input.topics.open_source_publication)

_possible contains hit if {
	some hit in topic.met(input.topics.open_source_publication)
	hit.modality == "may"
}

# Templates whose default is publication, where the dossier itself is silent and takes
# nothing out of them that may be that default.
_by_template contains template if {
	not _spoken_of
	count(evb_it.deviations) == 0
	some template in evb_it.defaulting("open_source_publication")
}

_spoken_of if some _ in topic.binding(input.topics.open_source_publication)

evidence contains hit.evidence if some hit in _hits

evidence contains template.evidence if some template in _by_template

not_applicable := "architecture" if {
	input.dossier.kind.value == "architecture"
} else := "no_custom_code" if {
	not rating
	not deal.custom_code
}

findings contains result.missing(rego.metadata.chain()) if {
	not rating
	not deal.no_parties
	not _privately
	deal.commissioned
}

# Publication is a custom of those who spend public money.
_privately if {
	some _ in topic.met(input.topics.private_buyer)
	not deal.complete
}

findings contains result.finding(rego.metadata.chain(), "weak", hit.evidence, {}) if {
	rating == "partly"
	not "met" in _polarities
	some hit in _possible
	not hit.optional
}

findings contains result.finding(rego.metadata.chain(), "optional", hit.evidence, {}) if {
	rating == "partly"
	not "met" in _polarities
	due.made
	some hit in topic.options(input.topics.open_source_publication)
}

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if {
	deal.custom_code
	some hit in topic.risk(input.topics.open_source_publication)
}

# The vendor of ready-made software may keep its code to itself.
findings contains result.unsure(rego.metadata.chain(), "risk", hit.evidence, {}) if {
	not deal.custom_code
	some hit in topic.risk(input.topics.open_source_publication)
}

# The text of the template was not read; the licence is to be named anyway.
findings contains result.unsure(rego.metadata.chain(), "template", template.evidence, {"name": template.name}) if {
	some template in _by_template
}
