package policies.criteria.neutrality.partner_status_test

import data.policies.criteria.neutrality.partner_status
import data.policies.lib.fake
import data.policies.lib.fake_values

_gold(changes) := fake.mentions({"certificate": [fake.mention("gold", object.union({"name": "Gold Partner", "tags": ["vendor_partner_level"]}, changes))]})

# "Total small business set-aside" says nothing of certificates.
test_other_conditions_tell_nothing if {
	facts := fake.topic("bidder_restriction", ["risk"])
	not partner_status.rating with input as facts
	not partner_status.not_applicable with input as facts
	count(partner_status.evidence) == 0 with input as facts
}

test_the_same_demand_of_several_roles_is_one_finding if {
	facts := fake.topic("partner_status", ["risk", "risk", "risk"])
	some finding in partner_status.findings with input as facts
	finding.evidence == fake.evidence(0)
	finding.args.count == 3
	count(partner_status.findings) == 1 with input as facts
}

test_met_with_equivalent_proof if {
	facts := fake.topic("partner_status", ["met"])
	partner_status.rating == "met" with input as facts
	partner_status.evidence == {fake.evidence(0)} with input as facts
	partner_status.rating == "met" with input as _gold({"equivalent": true})
}

test_partly_where_it_is_scored if {
	facts := fake.topic("partner_status", ["weak"])
	partner_status.rating == "partly" with input as facts
	fake.codes(partner_status.findings) == {"weak"} with input as facts
	count(fake_values.unsure(partner_status.findings)) == 0 with input as facts
}

# Each demand stands for itself: a lenient one does not mend a strict one.
test_the_strictest_demand_counts if {
	partner_status.rating == "not_met" with input as fake.topic("partner_status", ["met", "risk"])
}

test_a_bare_partner_level_of_a_maker_counts if {
	facts := object.union(_gold({}), {"topics": {"partner_status": [object.union(fake.hit(1, "risk"), {"modality": "none"})]}})
	partner_status.rating == "not_met" with input as facts
}

test_a_bare_certificate_is_asked_about if {
	facts := fake.topic_as("partner_status", ["weak"], {"modality": "none"})
	fake_values.unsure(partner_status.findings) == {"weak"} with input as facts
}

test_missed_where_it_is_mandatory if {
	facts := fake.topic("partner_status", ["risk"])
	partner_status.rating == "not_met" with input as facts
	fake.codes(partner_status.findings) == {"risk"} with input as facts
}

test_a_partner_in_passing_is_asked_about if {
	facts := fake.topic_as("partner_status", ["risk"], {"modality": "none"})
	partner_status.rating == "partly" with input as facts
	fake_values.unsure(partner_status.findings) == {"risk"} with input as facts
}

test_bare_conditions_among_skills_count if {
	facts := fake.topic_as("partner_status", ["risk"], {"modality": "none", "role": "staff_skill"})
	partner_status.rating == "not_met" with input as facts
}

test_conditions_among_skills_count if {
	partner_status.rating == "not_met" with input as fake.topic_as("partner_status", ["risk"], {"role": "staff_skill"})
	partner_status.rating == "not_met" with input as _gold({"role": "staff_skill"})
}

test_a_named_partner_level_is_missed if {
	facts := _gold({})
	partner_status.rating == "not_met" with input as facts
	some finding in partner_status.findings with input as facts
	finding.code == "certificate"
	finding.args == {"certificate": "Gold Partner"}
	partner_status.evidence == {fake.evidence(1)} with input as facts
}

test_a_wished_for_certificate_is_asked_about if {
	facts := _gold({"modality": "should", "tags": ["vendor_certificate"]})
	partner_status.rating == "partly" with input as facts
	fake_values.unsure(partner_status.findings) == {"certificate"} with input as facts
}

test_one_finding_for_topic_and_name if {
	facts := object.union(_gold({}), {"topics": {"partner_status": [fake.hit(1, "risk")]}})
	fake.codes(partner_status.findings) == {"risk"} with input as facts
}

# ISO 27001 and the like are open to every bidder.
test_neutral_certificates_are_no_partner_status if {
	hits := {"topics": {"partner_status": [fake.hit(1, "risk")]}}
	norm := object.union(fake.mentions({"standard": [fake.mention("iso_27001", {})]}), hits)
	not partner_status.rating with input as norm
	count(partner_status.evidence) == 0 with input as norm
	neutral := object.union(fake.mentions({"certificate": [fake.mention("c5", {"tags": ["organisation_certificate"]})]}), hits)
	not partner_status.rating with input as neutral
	both := object.union(neutral, {"mentions": {"standard": [], "certificate": [
		fake.mention("c5", {"tags": ["organisation_certificate"]}),
		fake.mention("gold", {"tags": ["vendor_partner_level"]}),
	]}})
	partner_status.rating == "not_met" with input as both
}

# Traps 3 and 8
test_excluded_and_quoted_levels_are_no_demands if {
	every changes in [{"negated": true}, {"role": "definition"}, {"role": "question"}, {"role": "existing_estate"}] {
		not partner_status.rating with input as _gold(changes)
	}
}

test_not_applicable_where_no_conditions_were_read if {
	partner_status.not_applicable == "no_conditions" with input as fake.facts
	not partner_status.rating with input as fake.facts
}

# That others of the same worth are shut out is a matter of norms.
test_a_certificate_by_a_norm_alone_tells_nothing if {
	not partner_status.rating with input as fake.topic("neutral_certificate", ["weak"])
	count(partner_status.evidence) == 0 with input as fake.topic("neutral_certificate", ["weak"])
}
