package policies.criteria.interfaces.documentation_test

import data.policies.criteria.interfaces.documentation
import data.policies.lib.fake
import data.policies.lib.fake_graph
import data.policies.lib.fake_values

test_met_where_third_parties_may_have_it if {
	facts := fake.topic("interface_documentation", ["met"])
	documentation.rating == "met" with input as facts
	count(documentation.findings) == 0 with input as facts
	count(documentation.evidence) == 1 with input as facts
}

test_partly_where_only_the_authority_gets_it if {
	facts := fake.topic("interface_documentation", ["weak"])
	documentation.rating == "partly" with input as facts
	fake.codes(documentation.findings) == {"weak"} with input as facts
}

# Whoever has the rights in the code may hand on what describes it.
test_met_where_the_code_is_the_buyers_own if {
	own := fake.topic_in(fake.dossier({"service_model": fake.inferred("custom")}), "usage_rights", ["met"])
	facts := fake.topic_in(own, "interface_documentation", ["weak"])
	documentation.rating == "met" with input as facts
	count(documentation.findings) == 0 with input as facts
	not documentation.rating with input as own
}

# "the right to pass the software on to third parties"
test_met_where_what_is_described_may_be_passed_on if {
	every quote in ["das Recht zur Weitergabe an Dritte", "a perpetual licence with the right to sublicense", "ein einfaches, übertragbares Nutzungsrecht"] {
		documentation.rating == "met" with input as _granted(quote, "met")
		count(documentation.findings) == 0 with input as _granted(quote, "met")
	}
	every granted in [["das Recht zur Bearbeitung", "met"], ["das nicht übertragbare Nutzungsrecht", "risk"], ["Eine Weitergabe an Dritte ist ausgeschlossen.", "risk"]] {
		fake.codes(documentation.findings) == {"weak"} with input as _granted(granted[0], granted[1])
	}
}

_granted(quote, polarity) := fake.topics({
	"interface_documentation": [fake.hit(1, "weak")],
	"usage_rights": [object.union(fake.hit(2, polarity), {"evidence": {"quote": quote}})],
})

test_partly_where_the_dossier_contradicts_itself if {
	facts := fake.topic("interface_documentation", ["met", "risk"])
	documentation.rating == "partly" with input as facts
	fake.codes(documentation.findings) == {"risk"} with input as facts
}

test_missed_where_it_is_secret_or_sold if {
	facts := fake.topic("interface_documentation", ["risk"])
	documentation.rating == "not_met" with input as facts
	fake.codes(documentation.findings) == {"risk"} with input as facts
}

test_silent_is_missing_in_a_complete_dossier if {
	facts := fake.dossier({"complete": fake.declared(true)})
	fake.codes(documentation.findings) == {"missing"} with input as facts
}

# Where no interface is read that somebody has to deliver, there is nothing to ask.
test_silent_is_not_rated if {
	every hits in [{}, {"interface_required": [fake.hit(1, "met")]}, {"interface_required": [fake.hit(1, "weak")], "interface_duty": [fake.hit(1, "met")]}] {
		facts := fake.topics(hits)
		not documentation.rating with input as facts
		count(documentation.findings) == 0 with input as facts
	}
}

test_silent_is_asked_for_where_an_interface_is_to_be_delivered if {
	facts := fake.topics({
		"open_standards": [fake.hit(9, "met")],
		"interface_documentation": [],
		"interface_required": [fake.hit(1, "weak"), fake.hit(2, "met"), fake.hit(3, "met"), fake.hit(4, "met")],
		"interface_duty": [fake.hit(1, "met"), fake.hit(3, "met"), fake.hit(4, "met")],
	})
	not documentation.rating with input as facts
	fake.codes(documentation.findings) == {"missing"} with input as facts
	{finding.evidence | some finding in documentation.findings} == {fake.evidence(3)} with input as facts
}

# Trap 1: nobody delivers the interface of another system.
test_interfaces_of_other_systems_are_not_asked_about if {
	every polarity in ["met", "weak"] {
		facts := fake.topics({
			"interface_required": [fake.hit(1, "met")],
			"interface_duty": [fake.hit(1, "met")],
			"interface_target": [fake.hit(1, polarity)],
		})
		count(documentation.findings) == 0 with input as facts
	}
}

# Trap 8: a question of a bidder is no demand.
test_a_question_demands_nothing if {
	not documentation.rating with input as fake.topic_as("interface_documentation", ["met"], {"role": "question"})
}

# Half-hearted wording does not make up for a tie.
test_missed_where_a_tie_stands_beside_half_hearted_wording if {
	facts := fake.topic("interface_documentation", ["weak", "risk"])
	documentation.rating == "not_met" with input as facts
	fake.codes(documentation.findings) == {"risk"} with input as facts
}

_rights(polarity) := fake.topics({
	"interface_required": [fake.hit(1, "met")],
	"interface_duty": [fake.hit(1, "met")],
	"documentation_rights": [fake.hit(2, polarity)],
})

# Rights in all documents tell of none: whether the interface has any, is not said.
test_met_by_rights_in_all_documents if {
	described := object.union(_rights("met"), {"topics": object.union(_rights("met").topics, {"interface_documentation": [fake.hit(3, "weak")]})})
	documentation.rating == "met" with input as described
	count(documentation.findings) == 0 with input as described
	documentation.evidence == {fake.evidence(2), fake.evidence(3)} with input as described
	not documentation.rating with input as _rights("met")
	count(documentation.findings) == 0 with input as _rights("met")
}

# That all documents may be passed on does not say that an interface has any.
test_rights_in_all_documents_are_met_where_all_papers_are_here if {
	not documentation.rating with input as _rights("met")
	count(documentation.findings) == 0 with input as _rights("met")
	complete := object.union(_rights("met"), {"dossier": {"complete": fake.declared(true)}})
	documentation.rating == "met" with input as complete
	count(documentation.findings) == 0 with input as complete
	documentation.evidence == {fake.evidence(2)} with input as complete
}

test_missed_where_all_documents_are_confidential if {
	documentation.rating == "not_met" with input as _rights("risk")
	fake.codes(documentation.findings) == {"risk"} with input as _rights("risk")
}

test_rights_say_nothing_of_interfaces_where_there_is_none if {
	not documentation.rating with input as fake.topic("documentation_rights", ["met"])
}

test_partly_where_it_is_an_option if {
	facts := fake.option("interface_documentation")
	documentation.rating == "partly" with input as facts
	fake.codes(documentation.findings) == {"optional"} with input as facts
}

# The solution.
_described(changes) := fake_graph.drawn([fake_graph.custom("app", {})], [fake_graph.specified("app", changes)])

test_graph_met_where_a_described_interface_has_terms if {
	documentation.rating == "met" with input as _described({"licence": "EUPL-1.2"})
	count(documentation.findings) == 0 with input as _described({"terms": "https://example.org/terms"})
	documentation.evidence == {fake_graph.place("app")} with input as _described({"licence": "EUPL-1.2"})
}

test_graph_partly_where_terms_are_open if {
	facts := _described({})
	documentation.rating == "partly" with input as facts
	fake_values.unsure(documentation.findings) == {"terms"} with input as facts
}

test_graph_silent_where_operations_are_but_named if {
	facts := _described({"licence": "EUPL-1.2", "described": 2})
	not documentation.rating with input as facts
	fake.codes(documentation.findings) == {"undescribed"} with input as facts
}

test_graph_partly_where_one_of_two_is_described if {
	bare := object.union(fake_graph.specified("app", {"described": 0, "path": "bare.yaml"}), {"id": "bare"})
	facts := fake_graph.drawn([fake_graph.custom("app", {})], [fake_graph.specified("app", {"licence": "EUPL-1.2"}), bare])
	documentation.rating == "partly" with input as facts
	{finding.args.names | some finding in documentation.findings} == {["bare.yaml"]} with input as facts
}

test_text_settles_what_a_file_leaves_open if {
	facts := fake_graph.with_text(fake.topics({"interface_required": [fake.hit(1, "met")], "interface_documentation": [fake.hit(2, "met")]}), [fake_graph.custom("app", {})], [fake_graph.specified("app", {"licence": "EUPL-1.2"})])
	documentation.rating == "met" with input as facts
}

# IF-01 asks at the same sentence and names what else is open.
test_silent_beside_a_question_on_the_interface_itself if {
	facts := fake.topics({"interface_required": [fake.hit(1, "met")], "interface_duty": [fake.hit(1, "met")]})
	count(documentation.findings) == 0 with input as facts
	complete := object.union(facts, {"dossier": {"complete": fake.declared(true)}})
	fake.codes(documentation.findings) == {"missing"} with input as complete
}

# An architecture binds nobody.
test_an_architecture_is_not_asked_for_rights if {
	facts := object.union(
		fake.topics({"open_standards": [fake.hit(9, "met")], "interface_required": [fake.hit(1, "met")], "interface_duty": [fake.hit(1, "met")]}),
		{"dossier": {"kind": fake.declared("architecture")}},
	)
	count(documentation.findings) == 0 with input as facts
	complete := object.union(facts, {"dossier": {"complete": fake.declared(true)}})
	fake.codes(documentation.findings) == {"missing"} with input as complete
}

# The documentation of what is published as a whole is passed on with it.
test_open_source_passes_its_documentation_on if {
	said := {"interface_required": [fake.hit(1, "met")], "interface_documentation": [fake.hit(2, "weak")]}
	architecture := {"dossier": {"kind": fake.declared("architecture")}}
	fake.codes(documentation.findings) == {"weak"} with input as object.union(fake.topics(said), architecture)
	open := fake.topics(object.union(said, {"own_open_source": [fake.hit(3, "met")]}))
	count(documentation.findings) == 0 with input as object.union(open, architecture)
	fake.codes(documentation.findings) == {"weak"} with input as open
}
