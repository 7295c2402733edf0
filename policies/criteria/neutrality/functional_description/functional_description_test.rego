package policies.criteria.neutrality.functional_description_test

import data.policies.criteria.neutrality.functional_description
import data.policies.lib.fake
import data.policies.lib.fake_values

# _described is a description of as many sentences, some of which name a product.
_described(sentences, naming, changes) := object.union(fake.facts, {
	"documents": [{"path": "a.md", "format": "markdown", "role": "specification", "source": "declared", "clauses": sentences}],
	"mentions": {"product": [fake.mention(sprintf("p%d", [n]), object.union({"clause": sprintf("1.%d.1", [n])}, changes)) | some n in numbers.range(1, naming)]},
})

test_met_where_outcomes_are_described if {
	facts := fake.topics({"functional_description": [fake.hit(1, "met")], "product_neutral": [fake.hit(2, "met")]})
	functional_description.rating == "met" with input as facts
	count(functional_description.findings) == 0 with input as facts
	count(functional_description.evidence) == 2 with input as facts
}

test_met_where_hardly_any_sentence_prescribes if {
	functional_description.rating == "met" with input as _described(100, 5, {})
	count(functional_description.findings) == 0 with input as _described(100, 5, {})
}

test_partly_where_some_do if {
	facts := _described(100, 6, {})
	functional_description.rating == "partly" with input as facts
	fake_values.unsure(functional_description.findings) == {"technology"} with input as facts
	[[found.args.count, found.args.share] | some found in functional_description.findings] == [[6, 6]] with input as facts
}

test_missed_where_most_do if {
	facts := _described(20, 6, {})
	functional_description.rating == "not_met" with input as facts
	functional_description.rating == "partly" with input as fake.topic_in(facts, "functional_description", ["met"])
}

test_partly_where_the_way_to_build_is_prescribed if {
	facts := fake.topic("functional_description", ["risk", "met"])
	functional_description.rating == "partly" with input as facts
	fake_values.unsure(functional_description.findings) == {"risk"} with input as facts
	fake.codes(functional_description.findings) == {"risk"} with input as facts
}

test_partly_where_neutral_words_were_not_found if {
	functional_description.rating == "partly" with input as fake.topic("product_neutral", ["risk"])
}

test_silent_and_short_is_not_rated if {
	not functional_description.rating with input as fake.facts
	count(functional_description.findings) == 0 with input as fake.facts
	not functional_description.rating with input as _described(19, 6, {})
}

test_not_applicable_to_an_architecture if {
	functional_description.not_applicable == "architecture" with input as fake.dossier({"kind": fake.declared("architecture")})
	not functional_description.not_applicable with input as fake.facts
}

# Trap 7: equivalents leave the choice.
test_equivalents_leave_the_choice if {
	functional_description.rating == "met" with input as fake.topic_in(_described(20, 6, {"equivalent": true}), "functional_description", ["met", "met", "met"])
	facts := fake.topics({"functional_description": [fake.hit(1, "risk")], "equivalence_clause": [fake.hit(1, "met")]})
	not functional_description.rating with input as facts
}

# Trap 1: what is in use or to be connected prescribes nothing.
test_what_is_in_use_prescribes_nothing if {
	every role in ["existing_estate", "integration_target"] {
		functional_description.rating == "met" with input as _described(20, 6, {"role": role})
	}
	functional_description.rating == "met" with input as _described(20, 6, {"modality": "may"})
}

test_a_list_of_names_is_not_rated if {
	not functional_description.rating with input as _described(20, 6, {"modality": "none"})
	count(functional_description.findings) == 0 with input as _described(20, 6, {"modality": "none"})
}

test_reasons_count if {
	facts := fake.topic_in(_described(20, 6, {}), "product_justification", ["met", "met", "met", "met", "met", "met"])
	not functional_description.rating with input as facts
	count(functional_description.findings) == 0 with input as facts
}

test_the_law_is_that_of_the_start if {
	facts := fake.topic_in(fake.dossier({"started": fake.declared("2026-01-15")}), "functional_description", ["risk"])
	[found.args.former | some found in functional_description.findings] == [true] with input as facts
}

# Trap 10: what NE-01 says of a sentence is not said again.
test_a_product_demanded_outright_is_not_told_twice if {
	objection := object.union(fake.topic("functional_description", ["risk"]), {"mentions": {"product": [fake.mention("drupal", {})]}})
	objected := [hit.clause | some hit in objection.topics.functional_description][0]
	facts := object.union(objection, {"mentions": {"product": [fake.mention("drupal", {"clause": objected})]}, "clauses": {objected: {"text": "", "language": "en", "negated": false}}})
	not "risk" in fake.codes(functional_description.findings) with input as facts
	"risk" in fake.codes(functional_description.findings) with input as fake.topic("functional_description", ["risk"])
	language := {"product": [fake.mention("java", {"clause": objected, "tags": ["technology"]})]}
	not "risk" in fake.codes(functional_description.findings) with input as object.union(facts, {"mentions": language})
}

# Whoever develops for themselves chooses for themselves.
test_nothing_is_prescribed_where_nothing_is_awarded if {
	own := {"dossier": {"award": fake.inferred(false)}}
	facts := object.union(fake.topic("functional_description", ["risk"]), own)
	not functional_description.rating with input as facts
	count(functional_description.findings) == 0 with input as facts
	not functional_description.rating with input as object.union(_described(100, 6, {}), own)
}

test_a_lead_in_is_no_description_by_itself if {
	hit := fake.hit(1, "met")
	bare := object.union(hit, {"evidence": object.union(hit.evidence, {"quote": "Die Lösung muss insbesondere ermöglichen: "})})
	not functional_description.rating with input as fake.topics({"functional_description": [bare]})
	functional_description.rating == "met" with input as fake.topics({"functional_description": [bare, hit, fake.hit(2, "met"), fake.hit(3, "met")]})
	not functional_description.rating with input as fake.topics({"functional_description": [bare, hit, fake.hit(2, "met")]})
}

test_a_single_sentence_describes_only_itself if {
	not functional_description.rating with input as fake.topic("functional_description", ["met"])
	functional_description.rating == "met" with input as fake.topic("functional_description", ["met", "met", "met"])
	said := fake.topic_as("functional_description", ["met"], {"evidence": object.union(fake.evidence(1), {"quote": "Die Leistung wird funktional beschrieben."})})
	functional_description.rating == "met" with input as said
}

test_outcomes_of_a_thing_bought_by_its_name_are_not_enough if {
	named := _described(20, 6, {"modality": "none"})
	not functional_description.rating with input as fake.topic_in(named, "functional_description", ["met", "met", "met"])
}
