package policies.criteria.contract.usage_rights_test

import data.policies.criteria.contract.usage_rights
import data.policies.lib.fake
import data.policies.lib.fake_values

test_met_with_lasting_rights if {
	facts := fake.topic("usage_rights", ["met"])
	usage_rights.rating == "met" with input as facts
	count(usage_rights.findings) == 0 with input as facts
	count(usage_rights.evidence) == 1 with input as facts
}

test_partly_with_a_simple_right if {
	facts := fake.topic("usage_rights", ["weak"])
	usage_rights.rating == "partly" with input as facts
	fake.codes(usage_rights.findings) == {"weak"} with input as facts
}

test_partly_where_one_passage_limits_them if {
	facts := fake.topic("usage_rights", ["met", "risk"])
	usage_rights.rating == "partly" with input as facts
	fake.codes(usage_rights.findings) == {"risk"} with input as facts
}

test_missed_with_rights_for_the_term_only if {
	facts := fake.topic("usage_rights", ["risk"])
	usage_rights.rating == "not_met" with input as facts
	fake.codes(usage_rights.findings) == {"risk"} with input as facts
}

test_asked_where_the_software_is_a_service if {
	facts := fake_values.with_values({"usage_rights": [fake.hit(1, "risk")]}, {"dossier": {"service_model": fake.declared("saas")}})
	usage_rights.rating == "partly" with input as facts
	fake_values.unsure(usage_rights.findings) == {"risk"} with input as facts
}

# Trap 12: a template says something on rights, but leaves a choice.
test_partly_by_a_template_alone if {
	facts := fake.topics({"evb_it": [fake.hit(1, "met")], "usage_rights": []})
	usage_rights.rating == "partly" with input as facts
	fake.codes(usage_rights.findings) == {"template_only"} with input as facts
	usage_rights.evidence == {fake.evidence(1)} with input as facts
	every role in ["form", "notice"] {
		count(usage_rights.findings) == 0 with input as object.union(fake.read_as([role]), {"topics": facts.topics})
	}
}

# A form names it, or terms on standard software: nothing is made.
test_silent_on_a_template_alone_where_nothing_is_made if {
	facts := fake.topics({"evb_it": [fake.hit(1, "met")], "usage_rights": []})
	form := {"documents": [{"path": "a.md", "format": "markdown", "role": "form", "source": "inferred", "clauses": 9}]}
	not usage_rights.rating with input as object.union(facts, form)
	count(usage_rights.findings) == 0 with input as object.union(facts, form)
	every order in ["standard_software", "software_upkeep"] {
		terms := object.union(facts, {"dossier": {"order": fake.inferred(order)}})
		not usage_rights.rating with input as terms
		not "template_only" in fake.codes(usage_rights.findings) with input as terms
	}
}

test_met_by_a_template_with_rights_of_its_own if {
	facts := fake.topics({"evb_it": [fake.hit(1, "met")], "usage_rights": [fake.hit(2, "met")]})
	usage_rights.rating == "met" with input as facts
	count(usage_rights.findings) == 0 with input as facts
}

test_missed_where_the_tender_limits_what_a_template_grants if {
	facts := fake.topics({"evb_it": [fake.hit(1, "met")], "usage_rights": [fake.hit(2, "risk")]})
	usage_rights.rating == "not_met" with input as facts
	fake.codes(usage_rights.findings) == {"risk"} with input as facts
}

test_silent_is_not_rated_and_asked_for if {
	not usage_rights.rating with input as fake.facts
	fake.codes(usage_rights.findings) == {"missing"} with input as fake.papers
}

# Where only descriptions are here, CE-01 asks for the contract.
test_asked_with_the_contract_where_it_is_not_here if {
	count(usage_rights.findings) == 0 with input as fake.facts
}

# Trap 8: a definition grants nothing.
test_a_definition_grants_nothing if {
	not usage_rights.rating with input as fake.topic_as("usage_rights", ["met"], {"role": "definition"})
}

test_asked_where_code_is_made_and_the_award_is_here if {
	made := fake.dossier({"award": fake.declared(true), "service_model": fake.declared("custom")})
	fake.codes(usage_rights.findings) == {"missing"} with input as made
	count(usage_rights.findings) == 0 with input as fake.dossier({"award": fake.declared(true)})
	count(usage_rights.findings) == 0 with input as object.union(made, {"dossier": {"award": fake.inferred(false)}})
}

test_partly_where_the_results_are_published if {
	facts := fake.topic("open_source_publication", ["met"])
	usage_rights.rating == "partly" with input as facts
	fake.codes(usage_rights.findings) == {"published"} with input as facts
	both := fake.topics({"open_source_publication": [fake.hit(1, "met")], "usage_rights": [fake.hit(2, "met")]})
	usage_rights.rating == "met" with input as both
}

test_met_where_they_are_published_under_an_open_licence if {
	facts := object.union(fake.topic("open_source_publication", ["met"]), {"mentions": {"licence": [fake.mention("eupl", {"clause": "1.0.2", "tags": ["open_source"]})]}})
	usage_rights.rating == "met" with input as facts
	count(usage_rights.findings) == 0 with input as facts
	every changes in [{"tags": ["content"]}, {"negated": true}, {"clause": "1.7.1"}] {
		other := object.union(facts, {"mentions": {"licence": [object.union(facts.mentions.licence[0], changes)]}})
		fake.codes(usage_rights.findings) == {"published"} with input as other
	}
}

# "Products remain in the government domain"
test_asked_where_results_stay_without_a_right if {
	facts := object.union(fake.papers, {"topics": {"results_kept": [fake.hit(4, "met")]}})
	not usage_rights.rating with input as facts
	fake_values.unsure(usage_rights.findings) == {"kept"} with input as facts
	fake.codes(usage_rights.findings) == {"kept"} with input as facts
	granted := object.union(facts, {"topics": {"usage_rights": [fake.hit(5, "met")]}})
	count(usage_rights.findings) == 0 with input as granted
}

test_partly_where_it_is_an_option if {
	facts := fake.option("usage_rights")
	usage_rights.rating == "partly" with input as facts
	"optional" in fake.codes(usage_rights.findings) with input as facts
	not "weak" in fake.codes(usage_rights.findings) with input as facts
}

# Whose data these are, CE-10 asks.
_in_one_sentence(quote) := fake.topics({"data_rights": [hit], "usage_rights": [hit]}) if {
	hit := object.union(fake.hit(1, "met"), {"evidence": {"quote": quote}})
}

test_rights_in_data_alone_are_none_in_results if {
	data_alone := _in_one_sentence("The agency has unlimited rights in the data that are generated.")
	not usage_rights.rating with input as data_alone
	not "missing" in fake.codes(usage_rights.findings) with input as object.union(data_alone, {"dossier": {"complete": fake.declared(true)}})
	usage_rights.rating == "met" with input as _in_one_sentence("The agency has unlimited rights in software and data.")
}

test_rights_in_data_by_their_words_are_no_rights_in_results if {
	every quote in ["das unbefristete Nutzungsrecht der Stadt an den erzeugten und verarbeiteten Daten", "a perpetual right to use in the agency's own data"] {
		not usage_rights.rating with input as _quoted(quote)
	}
	every quote in ["das unbefristete Nutzungsrecht an der Software und den Daten", "unlimited rights in data first produced", "unbefristetes Nutzungsrecht"] {
		usage_rights.rating == "met" with input as _quoted(quote)
	}
}

_quoted(quote) := fake.topics({"usage_rights": [object.union(hit, {"evidence": object.union(hit.evidence, {"quote": quote})})]}) if {
	hit := fake.hit(1, "met")
}

_let(quote) := object.union(
	fake.dossier({"order": fake.inferred("standard_software")}),
	{"topics": {"usage_rights": [object.union(fake.hit(1, "risk"), {"evidence": {"quote": quote}})]}},
)

test_asked_whether_software_that_is_let_may_pass_on if {
	every quote in ["das nicht übertragbare Nutzungsrecht", "Any transfer to others is excluded."] {
		usage_rights.rating == "partly" with input as _let(quote)
		fake.codes(usage_rights.findings) == {"not_transferable"} with input as _let(quote)
	}
}

test_software_that_is_let_is_let_for_a_time if {
	count(usage_rights.findings) == 0 with input as _let("das zeitlich befristete Nutzungsrecht")
	let := {"dossier": {"order": fake.inferred("standard_software")}}
	count(usage_rights.findings) == 0 with input as object.union(fake.topic("usage_rights", ["weak"]), let)
}

# What limits the right stands behind the semicolon.
test_half_a_sentence_limits_nothing if {
	half := {"usage_rights": [_risk("Dieses Nutzungsrecht ist zeitlich begrenzt;"), fake.hit(2, "met")]}
	usage_rights.rating == "met" with input as fake.topics(half)
	count(usage_rights.findings) == 0 with input as fake.topics({"usage_rights": [_risk("This licence is limited in time;"), fake.hit(2, "met")]})
	every quote in ["Dieses Nutzungsrecht ist auf die Dauer des Vertrags befristet.", "Das Nutzungsrecht ist zeitlich begrenzt;"] {
		fake.codes(usage_rights.findings) == {"risk"} with input as fake.topics({"usage_rights": [_risk(quote)]})
	}
}

_risk(quote) := object.union(hit, {"evidence": object.union(hit.evidence, {"quote": quote})}) if hit := fake.hit(1, "risk")

test_the_rights_in_what_is_maintained_are_agreed_on if {
	maintained := {"dossier": {"order": fake.inferred("software_upkeep")}}
	count(usage_rights.findings) == 0 with input as object.union(fake.topic("usage_rights", ["weak"]), maintained)
	count(usage_rights.findings) == 0 with input as object.union(fake.papers, maintained)
	fake.codes(usage_rights.findings) == {"risk"} with input as object.union(fake.topic("usage_rights", ["risk"]), maintained)
}

# "dauerhafte Überlassung einer Standardsoftware"
test_a_purchase_for_good_brings_up_no_rights_in_results if {
	bought := {"usage_rights": [fake.hit(1, "weak")], "bought_for_good": [fake.hit(1, "met")]}
	count(usage_rights.findings) == 0 with input as fake.topics(bought)
	fake.codes(usage_rights.findings) == {"weak"} with input as object.union(fake.papers, {"topics": bought})
	fake.codes(usage_rights.findings) == {"weak"} with input as fake.topic("usage_rights", ["weak"])
}
