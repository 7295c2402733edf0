package policies.criteria.exchangeability.alternatives_test

import data.policies.criteria.exchangeability.alternatives
import data.policies.lib.fake
import data.policies.lib.fake_graph
import data.policies.lib.fake_values

test_met_where_alternatives_were_compared if {
	facts := _told(["met"])
	alternatives.rating == "met" with input as facts
	count(alternatives.findings) == 0 with input as facts
	count(alternatives.evidence) == 1 with input as facts
	not alternatives.not_applicable with input as facts
}

# Which ones were compared, the procurement file may tell.
test_partly_where_the_market_was_looked_at if {
	facts := object.union(_told(["weak"]), {"dossier": {"kind": fake.declared("architecture")}})
	alternatives.rating == "partly" with input as facts
	fake_values.unsure(alternatives.findings) == {"weak"} with input as facts
	fake.codes(alternatives.findings) == {"weak"} with input as facts
}

test_missed_where_none_were_considered if {
	facts := _told(["risk"])
	alternatives.rating == "not_met" with input as facts
	fake.codes(alternatives.findings) == {"risk"} with input as facts
}

test_partly_where_the_dossier_contradicts_itself if {
	facts := _told(["met", "risk"])
	alternatives.rating == "partly" with input as facts
	fake.codes(alternatives.findings) == {"risk"} with input as facts
}

test_a_word_in_a_tender_is_no_comparison if {
	facts := _told(["weak"])
	not alternatives.rating with input as facts
	alternatives.not_applicable == "procurement_file" with input as facts
	count(alternatives.findings) == 0 with input as facts
}

# What is still to be compared has not been.
test_a_demand_is_no_comparison if {
	every modality in ["must", "should"] {
		not alternatives.rating with input as fake.topic_as("alternatives_considered", ["met"], {"modality": modality})
	}
}

# Documents for tenderers do not tell of it, complete or not.
test_silent_is_not_asked_for_in_a_tender if {
	every facts in [fake.facts, fake.dossier({"complete": fake.declared(true)})] {
		not alternatives.rating with input as facts
		alternatives.not_applicable == "procurement_file" with input as facts
		count(alternatives.findings) == 0 with input as facts
	}
}

test_silent_is_asked_for_in_an_architecture_that_is_complete if {
	every kind in ["architecture", "both"] {
		facts := fake.dossier({"kind": fake.declared(kind), "complete": fake.declared(true)})
		not alternatives.rating with input as facts
		not alternatives.not_applicable with input as facts
		fake.codes(alternatives.findings) == {"missing"} with input as facts
		count(alternatives.findings) == 0 with input as fake.dossier({"kind": fake.declared(kind)})
	}
}

test_not_applicable_where_a_market_check_found_one_supplier if {
	facts := fake.topic("sole_source", ["met"])
	alternatives.not_applicable == "sole_source" with input as facts
	asserted := fake.topic_in(_told(["risk"]), "sole_source", ["risk"])
	not alternatives.not_applicable with input as asserted
}

# Trap 8: what bidders ask tells nothing of what the authority considered.
test_a_question_tells_nothing if {
	facts := fake.topic_as("alternatives_considered", ["risk"], {"modality": "none", "role": "question"})
	not alternatives.rating with input as facts
	count(alternatives.findings) == 0 with input as facts
}

_told(polarities) := fake.topic_as("alternatives_considered", polarities, {"modality": "none"})

# The solution.
_second := {"alternatives": [{"term": "b", "name": "B", "open": true}]}

_drawn := [fake_graph.known("alone", false, {}), fake_graph.known("one", false, _second), fake_graph.known("free", true, {}), fake_graph.component("unknown", {})]

_architecture := {"dossier": {"kind": fake.declared("architecture")}}

test_graph_asks_what_could_stand_in if {
	facts := object.union(fake_graph.drawn(_drawn, []), _architecture)
	not alternatives.rating with input as facts
	{finding.args.names | some finding in alternatives.findings; finding.code == "no_second"} == {["ALONE"]} with input as facts
	fake_values.unsure(alternatives.findings) == {"no_second"} with input as facts
}

test_graph_asks_nobody_who_has_compared if {
	facts := fake_graph.with_text(object.union(fake.topic_as("alternatives_considered", ["met"], {"modality": "is"}), _architecture), _drawn, [])
	alternatives.rating == "met" with input as facts
	count(alternatives.findings) == 0 with input as facts
}

test_graph_of_a_tender_is_not_asked if count(alternatives.findings) == 0 with input as fake_graph.drawn(_drawn, [])

_listed(heading, role, count_) := object.union(fake.dossier({"kind": fake.declared("architecture")}), {
	"documents": [{"path": "adr.md", "format": "markdown", "role": role, "source": "inferred", "clauses": count_}],
	"clauses": {sprintf("%d", [n]): {"text": "PostgreSQL", "headings": ["1. Database", heading], "evidence": {"path": "adr.md", "line": n}} | some n in numbers.range(1, count_)},
})

test_met_where_a_decision_lists_alternatives if {
	every heading in ["Betrachtete Alternativen", "2. Considered Options", "Alternatives considered"] {
		facts := _listed(heading, "architecture", 2)
		alternatives.rating == "met" with input as facts
		count(alternatives.findings) == 0 with input as facts
		count(alternatives.evidence) == 1 with input as facts
	}
}

test_a_list_that_compares_nothing_counts_for_nothing if {
	every facts in [_listed("Betrachtete Alternativen", "architecture", 1), _listed("Options for users", "architecture", 2), _listed("Alternativen", "specification", 2)] {
		not alternatives.rating with input as facts
	}
}

# Those who make a thing themselves write it into its description.
test_met_where_the_makers_list_what_they_did_not_take if {
	own := {"dossier": {"kind": fake.declared("tender"), "award": {"value": false, "source": "inferred"}}}
	every heading in ["Nicht verwendet (bewusste Entscheidung)", "2.3 Verworfene Alternativen", "Not chosen"] {
		facts := object.union(_listed(heading, "specification", 2), own)
		alternatives.rating == "met" with input as facts
		not alternatives.not_applicable with input as facts
		not alternatives.rating with input as _listed(heading, "specification", 2)
	}
}

# What only a text tells, EX-02 asks for all.
test_files_for_programs_are_not_searched_for_texts if {
	facts := object.union(fake.dossier({"kind": fake.declared("architecture")}), {"documents": [{"path": "a", "format": "compose", "role": "architecture", "source": "inferred", "clauses": 0}]})
	not alternatives.rating with input as facts
	count(alternatives.findings) == 0 with input as facts
}

test_to_compare_is_what_people_are_ordered_for if {
	facts := object.union(_told(["met", "risk"]), {"dossier": {"service_model": fake.inferred("services")}})
	not alternatives.rating with input as facts
	count(alternatives.findings) == 0 with input as facts
}
