package policies.criteria.neutrality.product_mentions_test

import data.policies.criteria.neutrality.product_mentions
import data.policies.lib.fake
import data.policies.lib.fake_values
import data.policies.lib.result

_named(changes) := fake.mentions({"product": [fake.mention("oracle_database", changes)]})

_reasoned(polarity, clause, changes) := object.union(
	_named(changes),
	{"topics": {"product_justification": [object.union(fake.hit(1, polarity), {"clause": clause, "evidence": {"path": "b.md"}})]}},
)

_no_award(facts) := object.union(facts, {"dossier": {"award": fake.inferred(false)}})

# Whoever develops for themselves shuts nobody out.
test_names_where_nothing_is_awarded_are_not_asked_about if {
	facts := fake.mentions({"product": [fake.mention("java", {"tags": ["technology"]}), fake.mention("x", {"modality": "none", "clause": "1.2.1"})]})
	count(product_mentions.findings) == 1 with input as facts
	count(product_mentions.findings) == 0 with input as _no_award(facts)
	not product_mentions.rating with input as _no_award(facts)
	product_mentions.rating == "not_met" with input as _no_award(_named({}))
}

# A stack: database, framework and host in one list are one question.
test_products_among_technologies_are_one_question if {
	stack := {"evidence": {"path": "a.md", "section": "Technologischer Stack", "place": "a.md, line 1"}}
	technology := fake.mention("react", object.union(stack, {"name": "React", "tags": ["technology"], "modality": "none"}))
	database := fake.mention("mongodb", object.union(stack, {"name": "MongoDB", "clause": "1.2.1", "modality": "none"}))
	facts := fake.mentions({"product": [technology, database]})
	fake.codes(product_mentions.findings) == {"technology"} with input as facts
	{found.args.products | some found in product_mentions.findings} == {["MongoDB", "React"]} with input as facts
	elsewhere := object.union(database, {"evidence": {"path": "a.md", "section": "Betrieb", "place": "a.md, line 9"}})
	fake.codes(product_mentions.findings) == {"mentioned"} with input as fake.mentions({"product": [technology, elsewhere]})
}

# A product that is demanded, and a language in the same sentence.
test_the_gravest_of_a_sentence_is_told if {
	technology := fake.mention("java", {"tags": ["technology"]})
	facts := fake.mentions({"product": [fake.mention("x", {}), technology]})
	fake.codes(product_mentions.findings) == {"named"} with input as facts
	apart := fake.mentions({"product": [fake.mention("x", {}), object.union(technology, {"clause": "1.2.1"})]})
	fake.codes(product_mentions.findings) == {"named", "technology"} with input as apart
}

# "C#, AngularJS, TypeScript, Db2, Jenkins"
test_a_product_in_a_list_of_technologies_is_part_of_its_question if {
	technologies := [fake.mention(name, {"tags": ["technology"]}) | some name in ["a", "b", "c", "d"]]
	facts := fake.mentions({"product": array.concat(technologies, [fake.mention("x", {})])})
	fake.codes(product_mentions.findings) == {"technology"} with input as facts
	few := fake.mentions({"product": array.concat(array.slice(technologies, 0, 3), [fake.mention("x", {})])})
	fake.codes(product_mentions.findings) == {"named"} with input as few
}

# "Weekly report: Microsoft Word", "Chat: Slack", "Microsoft Project / Jira"
test_tools_of_work_in_bare_words_are_not_asked_about if {
	every tag in ["conferencing", "dev_tool", "messenger", "office", "saas_development"] {
		facts := fake.mentions({"product": [fake.mention("x", {"tags": [tag], "modality": "none"}), fake.mention("jira", {"modality": "none"})]})
		count(product_mentions.findings) == 0 with input as facts
		not product_mentions.rating with input as facts
	}
	count(product_mentions.findings) == 1 with input as _named({"tags": ["messenger"]})
}

# Software of a list that is not among the papers.
test_a_list_of_software_is_asked_about if {
	facts := fake.topic("prescribed_list", ["weak", "weak"])
	product_mentions.rating == "partly" with input as facts
	fake_values.unsure(product_mentions.findings) == {"listed_elsewhere"} with input as facts
	{found.args.count | some found in product_mentions.findings} == {2} with input as facts
	listed := object.union(_named({}), {"topics": {"prescribed_list": [fake.hit(1, "weak")]}})
	fake.codes(product_mentions.findings) == {"named"} with input as listed
}

test_a_list_with_its_reasons_is_not_asked_about if {
	facts := fake.topics({"prescribed_list": [fake.hit(1, "weak")], "list_reason": [fake.hit(2, "met")]})
	product_mentions.rating == "partly" with input as facts
	count(product_mentions.findings) == 0 with input as facts
	asked := fake.topics({"prescribed_list": [fake.hit(1, "weak")], "list_reason": [object.union(fake.hit(2, "met"), {"role": "question"})]})
	fake.codes(product_mentions.findings) == {"listed_elsewhere"} with input as asked
}

test_met_where_no_product_is_named if {
	product_mentions.rating == "met" with input as fake.facts
	count(product_mentions.findings) == 0 with input as fake.facts
}

test_a_choice_of_the_way_of_operation_is_none if {
	facts := fake.topics({"product_neutral": [fake.hit(1, "met")], "operating_model_choice": [fake.hit(1, "met")]})
	count(product_mentions.evidence) == 0 with input as facts
}

test_a_technology_with_an_alternative_is_not_asked_about if {
	linux := fake.mention("linux", {"clause": "1.1.1", "modality": "none", "tags": ["technology"]})
	facts := object.union(fake.topics({"technology_alternative": [fake.hit(1, "met")]}), {"mentions": {"product": [linux]}})
	count(product_mentions.findings) == 0 with input as facts
	fake.codes(product_mentions.findings) == {"technology"} with input as fake.mentions({"product": [object.union(linux, {"modality": "must"})]})
}

test_one_technology_in_bare_words_is_not_asked_about if {
	count(product_mentions.findings) == 0 with input as fake.mentions({"product": [fake.mention("javascript", {"modality": "none", "tags": ["technology"]})]})
}

# "It runs on Apache with MySQL to fit the environment."
test_one_sentence_with_one_reason_is_one_question if {
	facts := object.union(fake.topics({"product_justification": [fake.hit(1, "weak")]}), {"mentions": {"product": [fake.mention("apache", {}), fake.mention("mysql", {})]}})
	fake_values.unsure(product_mentions.findings) == {"thin_reason"} with input as facts
	{found.args.name | some found in product_mentions.findings with input as facts} == {"apache, mysql"}
}

test_a_neutral_description_is_evidence if {
	facts := fake.topic("product_neutral", ["met"])
	product_mentions.rating == "met" with input as facts
	product_mentions.evidence == {fake.evidence(0)} with input as facts
}

test_missed_where_a_product_is_named if {
	facts := _named({"name": "Oracle Database"})
	product_mentions.rating == "not_met" with input as facts
	product_mentions.evidence == {fake.evidence(1)} with input as facts
	product_mentions.findings == {{
		"criterion": "NE-01",
		"code": "named",
		"certainty": "sure",
		"confidence": result.confidence("NE-01", "named", "sure"),
		"evidence": fake.evidence(1),
		"args": {
			"name": "Oracle Database",
			"open": false,
			"count": 1,
			"places": ["a.md, line 1"],
			"language": "",
			"function": "",
			"frame": {},
		},
	}} with input as facts
}

test_each_product_of_a_document_once if {
	facts := fake.mentions({"product": [
		fake.mention("x", {"evidence": fake.evidence(7)}),
		fake.mention("y", {"evidence": fake.evidence(8)}),
		fake.mention("x", {"evidence": fake.evidence(12)}),
		fake.mention("x", {"evidence": {"path": "b.md", "place": "b.md"}}),
	]})
	{[finding.args.name, finding.evidence.path, finding.args.count] | some finding in product_mentions.findings} == {["x", "a.md", 2], ["x", "b.md", 1], ["y", "a.md", 1]} with input as facts
	some finding in product_mentions.findings with input as facts
	finding.args.places == ["a.md, line 7", "a.md, line 12"]
	finding.evidence == fake.evidence(7)
}

test_cloud_services_and_models_are_products if {
	product_mentions.rating == "not_met" with input as fake.mentions({"cloud_service": [fake.mention("aks", {})]})
	product_mentions.rating == "not_met" with input as fake.mentions({"ai_model": [fake.mention("gpt", {})]})
}

# Trap 5: open-source products are named like any other.
test_open_source_is_treated_alike if {
	facts := _named({"open": true})
	product_mentions.rating == "not_met" with input as facts
	some finding in product_mentions.findings with input as facts
	finding.certainty == "sure"
	finding.args.open == true
}

# Trap 1: what is there or has to be connected is no specification.
test_estate_and_integration_targets_are_no_demands if {
	every role in ["existing_estate", "integration_target", "example", "staff_skill", "citation", "definition", "question"] {
		product_mentions.rating == "met" with input as _named({"role": role})
		count(product_mentions.findings) == 0 with input as _named({"role": role})
	}
}

# Trap 3
test_an_excluded_product_is_no_demand if {
	product_mentions.rating == "met" with input as _named({"negated": true})
}

test_met_with_reasons_in_the_same_sentence if {
	facts := _reasoned("met", "1.1.1", {})
	product_mentions.rating == "met" with input as facts
	count(product_mentions.findings) == 0 with input as facts
}

test_met_with_reasons_in_the_same_section if {
	section := {"evidence": {"path": "a.md", "section": "3 Datenbank"}}
	facts := object.union(_named(section), {"topics": {"product_justification": [object.union(fake.hit(9, "met"), section)]}})
	product_mentions.rating == "met" with input as facts
}

test_reasons_beside_another_mention_of_it_count if {
	facts := object.union(
		fake.mentions({"product": [fake.mention("x", {}), fake.mention("x", {"clause": "2.5.1", "role": "citation"})]}),
		{"topics": {"product_justification": [object.union(fake.hit(1, "met"), {"clause": "2.5.1"})]}},
	)
	product_mentions.rating == "met" with input as facts
}

test_reasons_in_a_file_of_their_own_are_asked_about if {
	facts := _reasoned("met", "2.5.1", {})
	product_mentions.rating == "partly" with input as facts
	fake_values.unsure(product_mentions.findings) == {"reason_elsewhere"} with input as facts
}

test_reasons_in_a_section_of_another_file_are_asked_about if {
	hit := object.union(fake.hit(9, "met"), {"evidence": {"path": "b.md", "section": "1 Vermerk"}})
	facts := object.union(_named({}), {"topics": {"product_justification": [hit]}})
	fake_values.unsure(product_mentions.findings) == {"reason_elsewhere"} with input as facts
}

# Reasons in another section speak of another product.
test_reasons_for_something_else_count_for_nothing if {
	hit := object.union(fake.hit(9, "met"), {"evidence": {"section": "4 Scanner"}})
	facts := object.union(_named({"evidence": {"section": "3 Datenbank"}}), {"topics": {"product_justification": [hit]}})
	product_mentions.rating == "not_met" with input as facts
}

test_thin_reasons_are_asked_about if {
	facts := _reasoned("weak", "1.1.1", {})
	product_mentions.rating == "partly" with input as facts
	fake_values.unsure(product_mentions.findings) == {"thin_reason"} with input as facts
}

test_thin_reasons_in_the_same_section_are_asked_about if {
	section := {"evidence": {"path": "a.md", "section": "3 Datenbank"}}
	facts := object.union(_named(section), {"topics": {"product_justification": [object.union(fake.hit(9, "weak"), section)]}})
	fake_values.unsure(product_mentions.findings) == {"thin_reason"} with input as facts
}

test_a_question_for_reasons_gives_none if {
	hit := object.union(fake.hit(1, "met"), {"role": "question"})
	facts := object.union(_named({}), {"topics": {"product_justification": [hit]}})
	product_mentions.rating == "not_met" with input as facts
}

# Trap 7: "or equivalent" leaves the reasons open.
test_equivalents_are_asked_for_reasons if {
	facts := _named({"equivalent": true})
	product_mentions.rating == "partly" with input as facts
	fake_values.unsure(product_mentions.findings) == {"equivalent_only"} with input as facts
}

test_one_product_without_equivalents_is_enough if {
	facts := fake.mentions({"product": [fake.mention("x", {"equivalent": true}), fake.mention("y", {})]})
	product_mentions.rating == "not_met" with input as facts
	fake.codes(product_mentions.findings) == {"equivalent_only", "named"} with input as facts
	fake_values.unsure(product_mentions.findings) == {"equivalent_only"} with input as facts
}

test_technologies_are_asked_about_together if {
	facts := fake.mentions({"product": [
		fake.mention("java", {"name": "Java", "tags": ["language", "technology"]}),
		fake.mention("git", {"name": "Git", "tags": ["technology"], "evidence": fake.evidence(5)}),
		fake.mention("php", {"tags": ["technology"], "equivalent": true}),
	]})
	product_mentions.rating == "partly" with input as facts
	product_mentions.findings == {{
		"criterion": "NE-01",
		"code": "technology",
		"certainty": "unsure",
		"confidence": result.confidence("NE-01", "technology", "unsure"),
		"evidence": fake.evidence(1),
		"args": {"products": ["Git", "Java"], "count": 2, "places": ["a.md, line 1", "a.md, line 5"]},
	}} with input as facts
}

test_doubtful_demands_are_asked_about if {
	product_mentions.rating == "partly" with input as _named({"modality": "none"})
	fake_values.unsure(product_mentions.findings) == {"mentioned"} with input as _named({"modality": "none"})
}

test_doubtful_demands_are_listed_by_document if {
	facts := fake.mentions({"product": [
		fake.mention("y", {"modality": "none"}),
		fake.mention("x", {"modality": "none", "evidence": fake.evidence(3)}),
		fake.mention("z", {"modality": "none", "evidence": {"path": "b.md"}}),
	]})
	{[finding.evidence.path, finding.args.products, finding.args.count] | some finding in product_mentions.findings} == {["a.md", ["x", "y"], 2], ["b.md", ["z"], 1]} with input as facts
}

test_what_may_be_used_is_no_demand if {
	product_mentions.rating == "met" with input as _named({"modality": "may"})
}

test_names_of_formats_are_asked_about if {
	every topic in ["proprietary_format", "open_formats", "export_format"] {
		facts := object.union(_named({}), {"topics": {topic: [fake.hit(1, "met")]}})
		fake_values.unsure(product_mentions.findings) == {"mentioned"} with input as facts
	}
}

# Browsers, operating systems and the project's own tools are no purchase.
test_platforms_and_tools_are_asked_about if {
	every tag in ["browser", "operating_system", "mobile", "dev_tool", "saas_development"] {
		fake.codes(product_mentions.findings) == {"technology"} with input as _named({"tags": [tag]})
	}
}

test_one_certain_place_is_enough if {
	facts := fake.mentions({"product": [fake.mention("x", {"modality": "none"}), fake.mention("x", {"evidence": fake.evidence(4)})]})
	product_mentions.rating == "not_met" with input as facts
	count(product_mentions.findings) == 1 with input as facts
	fake_values.places_of(product_mentions.findings) == {fake.evidence(4)} with input as facts
}

# Trap 3: "not dependent on X"
test_a_sentence_that_denies_is_asked_about if {
	facts := object.union(_named({}), {"clauses": {"1.1.1": {"negated": true}}})
	fake_values.unsure(product_mentions.findings) == {"mentioned"} with input as facts
}

_vendor(changes) := fake.mention("acme", object.union({"name": "ACME"}, changes))

test_a_vendor_is_asked_about if {
	facts := fake.mentions({"vendor": [_vendor({})]})
	product_mentions.rating == "partly" with input as facts
	fake_values.unsure(product_mentions.findings) == {"vendor"} with input as facts
	{finding.args.products | some finding in product_mentions.findings} == {["ACME"]} with input as facts
}

# Trap 11: companies that act are no makes; nor is a vendor beside its product a second finding.
test_other_vendors_are_no_findings if {
	every changes in [{"tags": ["integrator"]}, {"tags": ["public_it_provider"]}, {"modality": "none"}, {"equivalent": true}, {"role": "existing_estate"}] {
		product_mentions.rating == "met" with input as fake.mentions({"vendor": [_vendor(changes)]})
	}
	every kind in ["product", "cloud_service", "ai_model"] {
		fake.codes(product_mentions.findings) == {"named"} with input as fake.mentions({"vendor": [_vendor({})], kind: [fake.mention("x", {})]})
	}
	product_mentions.rating == "met" with input as fake.mentions({"vendor": [_vendor({})], "certificate": [fake.mention("x", {})]})
	partner := object.union(fake.mentions({"vendor": [_vendor({})]}), {"topics": {"partner_status": [fake.hit(1, "risk")]}})
	product_mentions.rating == "met" with input as partner
}

test_nothing_read_is_not_rated if {
	every documents in [[], [{"path": "a.md", "role": "architecture", "clauses": 9}], [{"path": "a.md", "role": "annex", "clauses": 0}]] {
		not product_mentions.rating with input as object.union(fake.facts, {"documents": documents})
	}
}

# Several platforms of users in one sentence leave them the choice.
test_several_platforms_are_a_choice if {
	facts := fake.mentions({"product": [
		fake.mention("chrome", {"tags": ["browser"]}),
		fake.mention("firefox", {"tags": ["browser"]}),
	]})
	product_mentions.rating == "met" with input as facts
	count(product_mentions.findings) == 0 with input as facts
}

test_one_platform_is_asked_about if {
	facts := fake.mentions({"product": [fake.mention("windows", {"tags": ["operating_system"]})]})
	fake_values.unsure(product_mentions.findings) == {"technology"} with input as facts
}

test_independence_of_clients_is_no_demand if {
	facts := object.union(
		fake.mentions({"product": [fake.mention("windows", {"tags": ["operating_system"]})]}),
		{"topics": {"client_independence": [object.union(fake.hit(1, "met"), {"clause": "1.1.1"})]}},
	)
	count(product_mentions.findings) == 0 with input as facts
}

test_services_that_the_state_runs_are_no_products if {
	facts := _named({"tags": ["online_service", "public"]})
	not product_mentions.rating with input as facts
	count(product_mentions.findings) == 0 with input as facts
	product_mentions.rating == "met" with input as _named({"tags": ["online_service", "public"], "modality": "none"})
}

test_formats_of_office_programs_are_no_products if {
	facts := object.union(
		_named({"tags": ["office"]}),
		{"topics": {"proprietary_format": [object.union(fake.hit(1, "risk"), {"clause": "1.1.1"})]}},
	)
	product_mentions.rating == "met" with input as facts
}

test_systems_that_the_catalogue_does_not_know_are_asked_about if {
	facts := fake.mentions({"product": [fake.mention("", {"name": "SchulAkte 9"})]})
	product_mentions.rating == "partly" with input as facts
	fake_values.unsure(product_mentions.findings) == {"unknown"} with input as facts
}

test_unknown_systems_to_be_connected_are_not_asked_about if {
	facts := fake.mentions({"product": [fake.mention("", {"name": "SchulAkte 9", "role": "integration_target"})]})
	product_mentions.rating == "met" with input as facts
	count(product_mentions.findings) == 0 with input as facts
}

# "Dadurch sollen Umstellungsaufwand und Migrationsrisiken begrenzt werden."
test_unknown_systems_with_reasons_are_not_asked_about if {
	section := {"evidence": {"path": "a.md", "section": "1 Ziel", "place": "a.md, line 4"}}
	kept := fake.mention("", object.union(section, {"name": "SchulAkte 9"}))
	again := fake.mention("", {"name": "SchulAkte 9", "clause": "1.7.1"})
	facts := fake.mentions({"product": [kept, again]})
	count(product_mentions.findings) == 1 with input as facts
	reason := object.union(fake.hit(5, "weak"), section)
	count(product_mentions.findings) == 0 with input as object.union(facts, {"topics": {"product_justification": [reason]}})
	beside := {"topics": {"product_justification": [object.union(fake.hit(1, "met"), {"clause": "1.7.1"})]}}
	count(product_mentions.findings) == 0 with input as object.union(facts, beside)
}

# A reason given once holds for the product wherever it is named.
test_thin_reasons_beside_another_mention_count if {
	facts := object.union(
		fake.mentions({"product": [fake.mention("x", {}), fake.mention("x", {"clause": "2.5.1", "role": "citation"})]}),
		{"topics": {"product_justification": [object.union(fake.hit(1, "weak"), {"clause": "2.5.1"})]}},
	)
	product_mentions.rating == "partly" with input as facts
	fake_values.unsure(product_mentions.findings) == {"thin_reason"} with input as facts
}

# A line that names a product twice is one place.
test_one_line_is_one_place if {
	facts := fake.mentions({"product": [fake.mention("x", {"evidence": fake.evidence(7)}), fake.mention("x", {"evidence": fake.evidence(7)}), fake.mention("x", {"evidence": fake.evidence(9)})]})
	[[found.args.count, found.args.places] | some found in product_mentions.findings] == [[2, ["a.md, line 7", "a.md, line 9"]]] with input as facts
}

# The title names the product first; the sentence that obliges is what is shown.
test_the_sentence_that_obliges_is_shown if {
	facts := fake.mentions({"product": [fake.mention("x", {"modality": "none"}), fake.mention("x", {"evidence": fake.evidence(9)})]})
	facts_with_reasons := object.union(facts, {"topics": {"product_justification": [object.union(fake.hit(1, "weak"), {"clause": "1.1.1"})]}})
	fake_values.places_of(product_mentions.findings) == {fake.evidence(9)} with input as facts_with_reasons
}

# "a public repository (such as Git)"
test_a_technology_that_is_an_example_is_left_open if {
	example := fake.mention("git", {"tags": ["technology"], "role": "example"})
	named := fake.mention("git", {"tags": ["technology"], "clause": "1.2.1"})
	count(product_mentions.findings) == 0 with input as fake.mentions({"product": [example, named]})
	count(product_mentions.findings) == 1 with input as fake.mentions({"product": [object.union(example, {"modality": "none"}), named]})
}

# What is in use and is kept up bears its name, in sentences on that work and in bare words.
test_what_is_there_and_kept_up_is_no_demand if {
	facts := object.union(fake.topics({"upkeep": [fake.hit(2, "met")]}), {"mentions": {"product": [
		fake.mention("ckan", {"role": "existing_estate", "clause": "1.9.1"}),
		fake.mention("ckan", {"clause": "1.2.1"}),
		fake.mention("ckan", {"clause": "1.3.1", "modality": "none"}),
	]}})
	count(product_mentions.findings) == 0 with input as facts
	anew := object.union(facts, {"mentions": {"product": array.concat(facts.mentions.product, [fake.mention("ckan", {"clause": "1.4.1", "evidence": fake.evidence(4)})])}})
	{[found.code, found.evidence] | some found in product_mentions.findings with input as anew} == {["named", fake.evidence(4)]}
}

# Upkeep of what is made here does not say that the product is there.
test_upkeep_alone_is_no_reason if {
	facts := object.union(fake.topics({"upkeep": [fake.hit(1, "met")]}), {"mentions": {"product": [fake.mention("ckan", {})]}})
	fake.codes(product_mentions.findings) == {"named"} with input as facts
}

# Titles and names of forms are no places of a demand that sentences make.
test_places_are_those_of_sentences_that_oblige if {
	facts := object.union(fake.topics({"product_justification": [fake.hit(1, "weak")]}), {"mentions": {"product": [
		fake.mention("ckan", {"modality": "none", "clause": "1.5.1"}),
		fake.mention("ckan", {}),
	]}})
	{found.args.count | some found in product_mentions.findings with input as facts} == {1}
}

_named_with_reason(place, changes) := object.union(
	fake.topics({"product_reason": [object.union(fake.hit(1, "met"), {"clause": place})]}),
	{"mentions": {"product": [fake.mention("sqlite", changes)]}, "clauses": {"1.1.1": {"negated": false}, "1.2.1": {"negated": false}}},
)

# A reason in the next sentence is one; a section away it is not.
test_a_reason_close_by_is_asked_about if {
	fake.codes(product_mentions.findings) == {"thin_reason"} with input as _named_with_reason("1.1.2", {})
	fake.codes(product_mentions.findings) == {"named"} with input as _named_with_reason("1.2.1", {})
}

# Bare names with a reason are nobody's demand, nor is what the makers themselves chose.
test_a_reason_close_by_settles_what_nobody_demands if {
	count(product_mentions.findings) == 0 with input as _named_with_reason("1.1.2", {"modality": "none"})
	fake.codes(product_mentions.findings) == {"mentioned"} with input as _named_with_reason("1.2.1", {"modality": "none"})
	doubtful := {"dossier": {"award": {"value": false, "source": "inferred"}}}
	count(product_mentions.findings) == 0 with input as object.union(_named_with_reason("1.1.2", {}), doubtful)
	fake.codes(product_mentions.findings) == {"named"} with input as object.union(_named_with_reason("1.2.1", {}), doubtful)
}

test_a_reason_close_by_settles_technologies if {
	technology := {"tags": ["technology"]}
	count(product_mentions.findings) == 0 with input as _named_with_reason("1.1.2", technology)
	fake.codes(product_mentions.findings) == {"technology"} with input as _named_with_reason("1.2.1", technology)
}

# What the catalogue does not know is asked about unless a reason stands beside it.
test_a_reason_close_by_settles_unknown_names if {
	unknown := {"term": "", "name": "FachKern"}
	count(product_mentions.findings) == 0 with input as _named_with_reason("1.1.2", unknown)
	fake.codes(product_mentions.findings) == {"unknown"} with input as _named_with_reason("1.2.1", unknown)
}
