package policies.criteria.exchangeability.data_export_test

import data.policies.criteria.exchangeability.data_export
import data.policies.lib.fake

_complete := {
	"data_export": [fake.hit(1, "met")],
	"export_scope": [fake.hit(2, "met")],
	"export_format": [fake.hit(3, "met")],
	"export_cost": [fake.hit(4, "met")],
	"export_availability": [fake.hit(8, "met")],
}

test_met_with_scope_format_time_and_cost if {
	facts := fake.topics(_complete)
	data_export.rating == "met" with input as facts
	count(data_export.findings) == 0 with input as facts
	count(data_export.evidence) == 5 with input as facts
}

test_met_without_a_general_demand if {
	data_export.rating == "met" with input as fake.topics(object.remove(_complete, ["data_export"]))
}

test_partly_without_scope if {
	facts := fake.topics(object.remove(_complete, ["export_scope"]))
	data_export.rating == "partly" with input as facts
	fake.codes(data_export.findings) == {"no_scope"} with input as facts
	{finding.evidence | some finding in data_export.findings} == {fake.evidence(1)} with input as facts
}

test_partly_without_format if {
	facts := fake.topics(object.remove(_complete, ["export_format"]))
	data_export.rating == "partly" with input as facts
	fake.codes(data_export.findings) == {"no_format"} with input as facts
}

test_partly_without_cost if {
	facts := fake.topics(object.remove(_complete, ["export_cost"]))
	data_export.rating == "partly" with input as facts
	fake.codes(data_export.findings) == {"no_cost"} with input as facts
}

test_partly_where_the_time_is_left_open if {
	facts := fake.topics(object.remove(_complete, ["export_availability"]))
	data_export.rating == "partly" with input as facts
	fake.codes(data_export.findings) == {"no_availability"} with input as facts
}

test_partly_where_the_export_is_only_named if {
	facts := fake.topics({"data_export": [fake.hit(1, "weak")]})
	data_export.rating == "partly" with input as facts
	fake.codes(data_export.findings) == {"unspecified"} with input as facts
}

test_a_half_hearted_element_is_pointed_at if {
	facts := fake.topics(object.union(_complete, {
		"export_scope": [fake.hit(5, "weak")],
		"export_format": [fake.hit(6, "weak")],
		"export_cost": [fake.hit(7, "weak")],
		"export_availability": [fake.hit(8, "weak")],
	}))
	data_export.rating == "partly" with input as facts
	places := {[finding.code, finding.evidence.line] | some finding in data_export.findings} with input as facts
	places == {["no_scope", 5], ["no_format", 6], ["no_cost", 7], ["no_availability", 8]}
}

test_any_element_shows_where_the_export_is_demanded if {
	every element in ["export_scope", "export_format", "export_cost", "export_availability"] {
		facts := fake.topics({element: [fake.hit(3, "met")]})
		data_export.rating == "partly" with input as facts
		{finding.evidence | some finding in data_export.findings} == {fake.evidence(3)} with input as facts
		fake.codes(data_export.findings) == {"incomplete"} with input as facts
	}
}

_with_format(changes) := object.union(
	fake.topics(object.remove(_complete, ["export_format"])),
	{"mentions": {"format": [fake.mention("csv", object.union({"clause": "1.1.1", "open": true}, changes))]}},
)

test_met_where_the_demand_names_an_open_format if {
	data_export.rating == "met" with input as _with_format({})
	data_export.rating == "partly" with input as _with_format({"open": false})
	data_export.rating == "partly" with input as _with_format({"negated": true})
	data_export.rating == "partly" with input as _with_format({"clause": "1.9.1"})
}

test_pdf_is_no_format_for_data if {
	data_export.rating == "partly" with input as _with_format({"term": "pdf"})
}

# The dossier contradicts itself.
test_partly_with_one_bad_passage if {
	facts := fake.topics(object.union(_complete, {"data_export": [fake.hit(1, "met"), fake.hit(9, "risk")]}))
	data_export.rating == "partly" with input as facts
	fake.codes(data_export.findings) == {"risk"} with input as facts
}

test_partly_without_metadata if {
	facts := fake.topics(object.union(_complete, {"export_scope": [fake.hit(2, "risk")]}))
	data_export.rating == "partly" with input as facts
	fake.codes(data_export.findings) == {"partial"} with input as facts
}

test_partly_where_the_format_is_left_open if {
	undecided := {"export_format_undecided": [fake.hit(3, "risk")]}
	facts := fake.topics(object.union(object.remove(_complete, ["export_format"]), undecided))
	data_export.rating == "partly" with input as facts
	fake.codes(data_export.findings) == {"undecided_format"} with input as facts
	data_export.rating == "not_met" with input as fake.topics(undecided)
}

test_partly_where_the_format_is_hard_to_read if {
	facts := fake.topics(object.union(_complete, {"export_format": [fake.hit(3, "risk")]}))
	data_export.rating == "partly" with input as facts
	fake.codes(data_export.findings) == {"closed_format"} with input as facts
}

test_missed_where_only_pdf_comes_out if {
	topics := fake.topics(object.union(_complete, {"export_format": [fake.hit(3, "risk")]}))
	facts := object.union(topics, {"mentions": {"format": [fake.mention("pdf", {"clause": "1.3.1", "open": true})]}})
	data_export.rating == "not_met" with input as facts
	fake.codes(data_export.findings) == {"closed_format"} with input as facts
}

test_missed_where_the_format_belongs_to_the_product if {
	closed := {"export_format": [fake.hit(3, "risk")], "proprietary_format": [fake.hit(3, "risk")]}
	data_export.rating == "not_met" with input as fake.topics(object.union(_complete, closed))
}

test_missed_where_the_supplier_sets_the_price if {
	facts := fake.topics(object.union(_complete, {"export_cost": [fake.hit(4, "risk")]}))
	data_export.rating == "not_met" with input as facts
	fake.codes(data_export.findings) == {"charged"} with input as facts
}

# Trap 3: "ein Export ist nicht geschuldet".
test_missed_where_it_is_ruled_out if {
	facts := fake.topic("data_export", ["risk"])
	data_export.rating == "not_met" with input as facts
	fake.codes(data_export.findings) == {"risk"} with input as facts
	count(data_export.evidence) == 1 with input as facts
}

test_silent_is_not_rated_and_asked_for if {
	not data_export.rating with input as fake.facts
	fake.codes(data_export.findings) == {"missing"} with input as fake.facts
}

# Trap 8: a question to bidders is no demand.
test_a_question_demands_nothing if {
	facts := fake.topic_as("data_export", ["met", "weak"], {"role": "question"})
	not data_export.rating with input as facts
	fake.codes(data_export.findings) == {"missing"} with input as facts
}

test_not_applicable_where_the_supplier_holds_no_data if {
	own := fake.topic_in(fake.dossier({"service_model": fake.inferred("custom")}), "usage_rights", ["met"])
	operated := object.union(own, {"dossier": {"operator": fake.inferred("buyer")}})
	data_export.not_applicable == "no_data_held" with input as operated
	data_export.not_applicable == "no_data_held" with input as fake.topic_in(operated, "data_export", ["weak"])
	data_export.not_applicable == "no_data_held" with input as own
	data_export.not_applicable == "own_data" with input as object.union(own, {"dossier": {"kind": fake.declared("architecture")}})
	not data_export.not_applicable with input as fake.dossier({"service_model": fake.inferred("custom")})
	hosted := object.union(own, {"dossier": {"operator": fake.inferred("supplier")}})
	not data_export.not_applicable with input as hosted
	not data_export.not_applicable with input as fake.dossier({"service_model": fake.inferred("on-prem"), "operator": fake.inferred("buyer")})
	not data_export.not_applicable with input as fake.topic_in(operated, "data_export", ["met"])
	every id in ["data_export", "export_scope", "export_cost"] {
		not data_export.not_applicable with input as fake.topic_in(operated, id, ["risk"])
	}
	undecided := {"data_export": [fake.hit(1, "weak")], "export_format_undecided": [fake.hit(2, "risk")]}
	not data_export.not_applicable with input as object.union(operated, {"topics": undecided})
	complete := {id: [fake.hit(1, "met")] | some id in ["export_scope", "export_format", "export_cost", "export_availability"]}
	not data_export.not_applicable with input as object.union(operated, {"topics": complete})
}

# Whoever runs the solution itself exports when it likes, and pays nobody for it.
test_the_buyers_own_machine_needs_no_price_and_no_date if {
	there := fake.dossier({"service_model": fake.inferred("on-prem")})
	facts := object.union(there, {"topics": {id: [fake.hit(1, "met")] | some id in ["data_export", "export_format", "export_scope"]}})
	data_export.rating == "met" with input as facts
	half := object.union(there, {"topics": {id: [fake.hit(1, "met")] | some id in ["data_export", "export_format"]}})
	fake.codes(data_export.findings) == {"no_scope"} with input as half
	unbound := object.union(half, {"dossier": {"award": fake.inferred(false), "service_model": fake.inferred("")}})
	fake.codes(data_export.findings) == {"no_scope"} with input as unbound
	elsewhere := object.union(half, fake.dossier({"service_model": fake.inferred("saas")}))
	fake.codes(data_export.findings) == {"incomplete"} with input as elsewhere
}

# What users take out for themselves is no export for the buyer.
test_silent_where_only_users_export if {
	facts := fake.topic("user_export", ["met"])
	not data_export.rating with input as facts
	fake.codes(data_export.findings) == {"missing"} with input as facts
}

# Free reading of all data through an interface is asked about, not missed.
test_asked_where_an_interface_reaches_all_data if {
	reached := {"api_coverage": [fake.hit(1, "met")], "interface_fees": [fake.hit(2, "met")]}
	facts := fake.topics(reached)
	data_export.rating == "partly" with input as facts
	fake.codes(data_export.findings) == {"by_interface"} with input as facts
	count(data_export.evidence) == 1 with input as facts
	fake.codes(data_export.findings) == {"missing"} with input as fake.topic("api_coverage", ["met"])
}

test_an_architecture_sets_neither_price_nor_time if {
	kind := {"dossier": {"kind": fake.declared("architecture")}}
	drawn := object.union(fake.topics(object.remove(_complete, ["export_cost", "export_availability"])), kind)
	data_export.rating == "met" with input as drawn
	count(data_export.findings) == 0 with input as drawn

	named := object.union(fake.topics({"data_export": [fake.hit(1, "met")], "export_format": [fake.hit(3, "met")]}), kind)
	data_export.rating == "partly" with input as named
	fake.codes(data_export.findings) == {"no_scope"} with input as named
}

# What only a text tells, EX-02 asks for all.
test_files_for_programs_are_not_searched_for_texts if {
	facts := object.union(fake.dossier({"kind": fake.declared("architecture")}), {"documents": [{"path": "a", "format": "compose", "role": "architecture", "source": "inferred", "clauses": 0}]})
	not data_export.rating with input as facts
	count(data_export.findings) == 0 with input as facts
}

test_what_one_sentence_leaves_open_is_one_finding if {
	facts := fake.topics(object.remove(_complete, ["export_scope", "export_cost"]))
	args := [finding.args | some finding in data_export.findings] with input as facts
	args == [{"scope": true, "format": false, "cost": true, "availability": false}]
}

# A function of the software is at its users' hands, at no charge.
test_a_function_needs_scope_and_format if {
	facts := fake.topics({"data_export": [fake.hit(1, "met")], "export_function": [fake.hit(1, "met")]})
	found := data_export.findings with input as facts
	[missed.args | some missed in found] == [{"scope": true, "format": true, "cost": false, "availability": false}]
}

test_whoever_has_the_code_needs_scope_and_format if {
	own := {"dossier": {"service_model": fake.declared("custom")}, "topics": {"usage_rights": [fake.hit(9, "met")]}}
	found := data_export.findings with input as object.union(fake.topic("data_export", ["met"]), own)
	[missed.args | some missed in found] == [{"scope": true, "format": true, "cost": false, "availability": false}]
}

# What users take out for themselves is a part by its nature.
test_the_scope_of_a_part_is_not_asked_beside_its_format if {
	facts := fake.topics({"data_export": [fake.hit(1, "weak")], "part_export": [fake.hit(1, "met")], "export_format_undecided": [fake.hit(1, "risk")]})
	not "no_scope" in fake.codes(data_export.findings) with input as facts
	"undecided_format" in fake.codes(data_export.findings) with input as facts
}

# "An export of all data is optional": what else is open would be an option, too.
test_an_export_that_is_an_option_is_told_as_one if {
	facts := _worded("optional mindestens eine Exportmöglichkeit", {})
	data_export.rating == "partly" with input as facts
	fake.codes(data_export.findings) == {"optional"} with input as facts
	every_element := {id: [object.union(fake.hit(n + 1, "met"), {"modality": "must"})] | some n, id in ["export_scope", "export_format", "export_cost", "export_availability"]}
	settled := _worded("The export is provided optionally", every_element)
	data_export.rating == "partly" with input as settled
	fake.codes(data_export.findings) == {"optional"} with input as settled
	fake.codes(data_export.findings) == {"optional"} with input as json.patch(facts, [{"op": "replace", "path": "/topics/data_export/0", "value": _firm("Ein Export ist optional umzusetzen.")}])
	fake.codes(data_export.findings) == {"unspecified"} with input as _worded("Users may export the data", {})
	fake.codes(data_export.findings) == {"unspecified"} with input as _worded("Optionen werden exportiert", {})
}

_firm(quote) := object.union(hit, {"evidence": object.union(hit.evidence, {"quote": quote})}) if {
	hit := fake.hit(0, "met")
}

_worded(quote, others) := fake.topics(object.union(
	{"data_export": [object.union(hit, {"modality": "may", "evidence": object.union(hit.evidence, {"quote": quote})})]},
	others,
)) if {
	hit := fake.hit(0, "met")
}

# "Berichte können nach Excel exportiert werden."
test_reports_are_no_export_of_the_data if {
	reports := fake.topics({"data_export": [fake.hit(1, "weak")], "part_export": [fake.hit(1, "met")]})
	not data_export.rating with input as reports
	fake.codes(data_export.findings) == {"parts"} with input as reports
	both := fake.topics({"data_export": [fake.hit(1, "weak"), fake.hit(2, "met")], "part_export": [fake.hit(1, "met")]})
	data_export.rating == "partly" with input as both
	not "parts" in fake.codes(data_export.findings) with input as both
	closed := fake.topics({"data_export": [fake.hit(1, "weak")], "export_format": [fake.hit(1, "risk")], "part_export": [fake.hit(1, "met")]})
	not "parts" in fake.codes(data_export.findings) with input as closed
}

# "Grundsätzlich sind alle Daten exportierbar." settles the scope, but for what the word leaves.
test_a_word_that_leaves_exceptions_is_said if {
	hedge := {"hedge": "grundsätzlich"}
	every element in ["export_scope", "export_format", "export_availability"] {
		facts := fake.topics(object.union(_complete, {element: [object.union(fake.hit(9, "weak"), hedge)]}))
		data_export.rating == "partly" with input as facts
		fake.codes(data_export.findings) == {"hedged"} with input as facts
		[found.args.word | some found in data_export.findings] == ["grundsätzlich"] with input as facts
	}
}

test_of_a_program_of_ones_own_neither_price_nor_date_is_asked if {
	facts := object.union(fake.topic("data_export", ["met"]), {"dossier": {"form": fake.inferred("local_program")}})
	fake.codes(data_export.findings) == {"incomplete"} with input as facts
	{finding.args | some finding in data_export.findings} == {{"scope": true, "format": true, "cost": false, "availability": false}} with input as facts
}
