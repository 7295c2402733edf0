package policies.criteria.neutrality.product_mentions_test

import data.policies.criteria.neutrality.product_mentions
import data.policies.lib.fake

_licences := {
	"dossier": {"order": object.union(fake.inferred("licences"), {"evidence": [object.union(fake.evidence(1), {"quote": "Bezug von Lizenzen"})]})},
	"clauses": {
		"1.1.1": {"text": "Gegenstand ist der Bezug von Lizenzen der ACME.", "negated": false},
		"1.2.1": {"text": "Sollten neue Lizenzen durch ACME angeboten werden, kommen sie hinzu.", "negated": false},
	},
}

test_whose_licences_are_ordered_is_asked_where_they_are if {
	ordered := _vendor({"modality": "may", "evidence": fake.evidence(1)})
	later := _vendor({"clause": "1.2.1", "modality": "should", "evidence": fake.evidence(2)})
	facts := object.union(fake.mentions({"vendor": [ordered, later]}), _licences)
	{finding.evidence.line | some finding in product_mentions.findings} == {1} with input as facts
	only_later := object.union(fake.mentions({"vendor": [later]}), _licences)
	{finding.evidence.line | some finding in product_mentions.findings} == {2} with input as only_later
	single := object.union(facts, {"topics": {"sole_source": [fake.hit(3, "risk")]}})
	count(product_mentions.findings) == 0 with input as single
}

# "Supply of licences of ACME by a qualified partner": NE-05 is about the partner.
test_a_partner_in_the_order_does_not_tell_whose_licences_these_are if {
	ordered := _vendor({"modality": "may", "evidence": fake.evidence(1)})
	partner := {"topics": {"partner_status": [fake.hit(1, "risk")]}}
	fake.codes(product_mentions.findings) == {"vendor"} with input as object.union_n([fake.mentions({"vendor": [ordered]}), _licences, partner])
	other := _vendor({"modality": "must", "evidence": fake.evidence(1)})
	count(product_mentions.findings) == 0 with input as object.union(fake.mentions({"vendor": [other]}), partner)
	sold := {"vendor": [ordered], "product": [fake.mention("x", {"equivalent": true})]}
	not "vendor" in fake.codes(product_mentions.findings) with input as object.union(fake.mentions(sold), _licences)
}

test_what_a_product_can_do_is_no_demand if {
	every quote in ["Atlas and Google Maps allow tracks to be assembled.", "Google Maps ermöglicht das Zeichnen von Routen."] {
		count(product_mentions.findings) == 0 with input as _told(quote, "none")
		not product_mentions.rating == "not_met" with input as _told(quote, "none")
	}
	every quote in ["Tracks drawn in Google Maps", "The tool allows tracks to be drawn in Google Maps."] {
		fake.codes(product_mentions.findings) == {"mentioned"} with input as _told(quote, "none")
	}
	fake.codes(product_mentions.findings) == {"named"} with input as _told("Google Maps must be used, which allows tracks to be drawn.", "must")
}

_told(quote, modality) := fake.mentions({"product": [fake.mention("google_maps", {
	"name": "Google Maps",
	"modality": modality,
	"evidence": object.union(fake.evidence(1), {"quote": quote}),
})]})

test_what_one_firm_is_asked_for_is_no_question if {
	bare := fake.mentions({"product": [fake.mention("x", {"modality": "none"})]})
	count(product_mentions.findings) == 1 with input as bare
	count(product_mentions.findings) == 0 with input as object.union(bare, {"topics": {"sole_source": [fake.hit(3, "risk")]}})
}

# "das vorhandene System Atlas der ACME GmbH": one cause, and one question.
test_the_maker_of_a_demanded_product_is_not_asked_about if {
	maker := _vendor({"clause": "1.1.1", "evidence": fake.evidence(1)})
	again := _vendor({"clause": "1.2.1", "evidence": fake.evidence(2)})
	atlas := fake.mention("atlas", {})
	fake.codes(product_mentions.findings) == {"named"} with input as fake.mentions({"product": [atlas], "vendor": [maker, again]})
	two := fake.mentions({"product": [atlas, fake.mention("borea", {})], "vendor": [maker, again]})
	fake.codes(product_mentions.findings) == {"named", "vendor"} with input as two
	apart := fake.mentions({"product": [atlas], "vendor": [again]})
	fake.codes(product_mentions.findings) == {"named", "vendor"} with input as apart
}

# An exception is invoked for what its sentence names.
test_an_exception_beside_a_product_is_a_reason_to_be_shown if {
	every subject in ["limited_sources", "additional_supplies"] {
		here := object.union(fake.mentions({"product": [fake.mention("atlas", {})]}), fake.topic_as(subject, ["met"], {"clause": "1.1.1"}))
		fake.codes(product_mentions.findings) == {"thin_reason"} with input as here
		there := object.union(fake.mentions({"product": [fake.mention("atlas", {})]}), fake.topic_as(subject, ["met"], {"clause": "1.9.1"}))
		fake.codes(product_mentions.findings) == {"reason_elsewhere"} with input as there
	}
}
