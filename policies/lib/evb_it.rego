# METADATA
# title: EVB-IT
# description: >-
#   Which EVB-IT contract templates a dossier takes in, what these regulate where the
#   tender is silent, and what the dossier takes out of them again.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: http://www.it-rechts-praxis.de/vertraege/EVB-IT-System-3/17
#     description: "EVB-IT System Ziffer 17: Quellcode der Individualsoftware mit der Abnahme und jedem neuen Programmstand (undatierte Abschrift)"
#   - ref: https://lawinsider.com/de/clause/quellcodeübergabe-und-quellcodehinterlegung/_1
#     description: "EVB-IT Erstellung Ziffer 17: ebenso; Hinterlegung nur, wenn vereinbart (undatierte Abschrift)"
#   - ref: https://heise.de/-11219712
#     description: "EVB-IT Erstellung, Fassung 2026: Open Source und openCoDE als Standard für neue Software (Bericht; Vertragstext nicht gelesen)"
#   - ref: https://www.sipoch.com/en/article/300330021269717
#     description: "Überarbeitete EVB-IT, bekannt gemacht am 20. März 2026 (Bericht)"
#   - ref: http://www.it-rechts-praxis.de/vertraege/EVB-IT-Systemlieferungs-AGB-2/16
#     description: "EVB-IT Systemlieferung Ziffer 16: Hinterlegung nur, wenn vereinbart (undatierte Abschrift)"
package policies.lib.evb_it

import data.policies.lib.topic

# defaults is what an unmodified template says, by its id and topic: "met" where it
# obliges by itself, "if_agreed" where the parties must still choose, "reported" where
# it is said to oblige by itself and its text was not read. Number is its clause, from
# the day on which the version that says so was published; left out where not known. The copies that were read are older than the versions of 2026: check number
# and text before adding one. A template or topic that is left out says nothing here.
defaults := {
	"evb_it_erstellung": {
		"source_code": {"says": "met", "number": "17"},
		"escrow": {"says": "if_agreed", "number": "17"},
		"open_source_publication": {"says": "reported", "from": "2026-03-20"},
	},
	"evb_it_system": {
		"source_code": {"says": "met", "number": "17"},
		"escrow": {"says": "if_agreed", "number": "17"},
	},
	"evb_it_systemlieferung": {"escrow": {"says": "if_agreed", "number": "16"}},
}

# incorporated lists the hits that take in any EVB-IT template.
incorporated := topic.met(input.topics.evb_it)

# settled lists the templates taken in that oblige by themselves on a topic.
settled(subject) := _saying(subject, "met")

# if_agreed lists the templates taken in that leave a topic to the parties.
if_agreed(subject) := _saying(subject, "if_agreed")

# defaulting lists the templates taken in that are said to oblige by themselves on a
# topic in the version of today.
defaulting(subject) := {template |
	some template in _saying(subject, "reported")
	input.today >= defaults[template.id][subject].from
}

_saying(subject, what) := {template |
	some template in input.templates
	template.taken_in
	defaults[template.id][subject].says == what
}

# deviations lists the clauses that deviate from a template or rule it out, with the
# numbers that they set aside and the topics that they speak of.
deviations contains _deviation(hit) if some hit in topic.risk(input.topics.evb_it)

deviations contains _deviation(found) if {
	some template in input.templates
	some found in template.deviations
	not found.clause in {hit.clause | some hit in topic.risk(input.topics.evb_it)}
}

# touches says that a deviation sets aside what a template taken in regulates on a topic.
touches(deviation, subject) if {
	some template in settled(subject)
	some number in deviation.numbers
	split(number, ".")[0] == defaults[template.id][subject].number
}

_deviation(found) := {
	"clause": found.clause,
	"evidence": found.evidence,
	"numbers": {deviation.number | some deviation in _set_aside[found.clause]},
	"topics": {subject | some deviation in _set_aside[found.clause]; some subject in deviation.topics},
}

_set_aside[deviation.clause] contains deviation if {
	some template in input.templates
	some deviation in template.deviations
}
