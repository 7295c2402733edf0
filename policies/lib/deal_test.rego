package policies.lib.deal_test

import data.policies.lib.deal
import data.policies.lib.fake
import data.policies.lib.kind

test_a_purchase_is_declared_or_told if {
	deal.bought with input as fake.contract("purchase")
	not deal.delivered_once with input as fake.contract("purchase")
	deal.delivered_once with input as fake.dossier({"contract": fake.inferred({"kind": "purchase"})})
	not deal.bought with input as fake.dossier({"contract": fake.inferred({"kind": "purchase"})})
	not deal.bought with input as fake.facts
}

test_software_made_for_the_buyer if {
	deal.made_for_the_buyer with input as fake.dossier({"service_model": fake.declared("custom"), "operator": fake.declared("supplier")})
	deal.made_for_the_buyer with input as fake.dossier({"service_model": fake.inferred("custom"), "operator": fake.inferred("buyer")})
	not deal.made_for_the_buyer with input as fake.dossier({"service_model": fake.inferred("custom"), "operator": fake.inferred("supplier")})
	not deal.made_for_the_buyer with input as fake.facts
}

test_own_code_needs_rights_without_limits if {
	made := fake.dossier({"service_model": fake.inferred("custom")})
	deal.own_code with input as fake.topic_in(made, "usage_rights", ["met"])
	deal.own_code with input as fake.topic_in(made, "open_source_publication", ["met"])
	not deal.own_code with input as fake.topic_in(made, "usage_rights", ["met", "risk"])
	not deal.own_code with input as fake.topic_in(made, "open_source_publication", ["risk"])
	not deal.own_code with input as made
	not deal.own_code with input as fake.topic("usage_rights", ["met"])
}

test_papers_are_lacking_where_only_a_description_was_read if {
	deal.award_papers_lacking with input as fake.facts
	deal.contract_papers_lacking with input as fake.facts
}

test_nothing_is_lacking_where_another_paper_was_read if {
	not deal.award_papers_lacking with input as fake.award_papers
	deal.award_papers_lacking with input as fake.papers
	not deal.contract_papers_lacking with input as fake.papers
	not deal.award_papers_lacking with input as object.union(fake.facts, {"documents": []})
}

test_nothing_is_lacking_in_a_complete_dossier if {
	not deal.award_papers_lacking with input as fake.dossier({"complete": fake.declared(true)})
}

test_nothing_is_lacking_where_the_award_is_spoken_of if {
	every id in ["award_weights", "award_scale", "exchangeability_award", "price_only", "sole_source"] {
		not deal.award_papers_lacking with input as fake.topic(id, ["met"])
	}
	deal.award_papers_lacking with input as fake.dossier({"award": fake.inferred(true)})
	not deal.award_papers_lacking with input as fake.dossier({"award": fake.declared(true)})
	deal.contract_papers_lacking with input as fake.dossier({"award": fake.inferred(true)})
	not deal.contract_papers_lacking with input as fake.dossier({"award": fake.declared(true)})
	not deal.award_papers_lacking with input as object.union(fake.facts, {"award_criteria": [{"name": "Preis", "evidence": fake.evidence(1)}]})
}

test_terms_may_be_spoken_of_without_an_award if {
	every id in ["contract_term", "renewal_option", "termination", "evb_it"] {
		deal.award_papers_lacking with input as fake.topic(id, ["met"])
		not deal.contract_papers_lacking with input as fake.topic(id, ["met"])
	}
	not deal.contract_papers_lacking with input as fake.contract("service")
	not deal.contract_papers_lacking with input as object.union(fake.facts, {"durations": [{"about": "contract_term"}]})
}

test_nobody_is_named if {
	deal.no_parties with input as fake.dossier({"award": fake.inferred(false)})
	not deal.no_parties with input as fake.facts
	not deal.no_parties with input as fake.topic_in(fake.dossier({"award": fake.inferred(false)}), "evb_it", ["met"])
}

test_own_projects_have_no_parties if {
	own := fake.dossier({"award": object.union(fake.inferred(false), {"evidence": [fake.evidence(0)]})})
	deal.no_parties with input as fake.topic_in(own, "contract_term", ["met"])
	not deal.no_parties with input as object.union(own, {"documents": fake.award_papers.documents})
	not deal.no_parties with input as fake.topic_in(fake.dossier({"award": fake.inferred(false)}), "contract_term", ["met"])
	deal.unasked("CE-07") with input as own
	deal.unasked("EX-02") with input as own
	not deal.unasked("EX-03") with input as own
	not deal.unasked("CE-07") with input as object.union(own, {"dossier": {"kind": fake.declared("architecture")}})
}

test_what_papers_alone_are if {
	every role in ["price_sheet", "form", "guidance", "module", "notice", "question"] {
		deal.papers == role with input as fake.read_as([role, role])
		deal.unasked("EX-03") with input as fake.read_as([role])
	}
	deal.papers == "guidance" with input as fake.read_as(["price_sheet", "form", "guidance"])
	deal.papers == "module" with input as fake.read_as(["price_sheet", "module"])
}

test_what_guides_and_questions_say_is_no_demand if {
	every role in ["guidance", "question"] {
		deal.set_aside("NE-01") == "no_demands" with input as fake.read_as([role])
		not deal.set_aside("EX-01") with input as fake.read_as([role])
		not deal.set_aside("NE-01") with input as fake.read_as([role, "specification"])
	}
	not deal.set_aside("NE-01") with input as fake.read_as(["form"])
}

test_what_procurement_law_asks_is_not_rated_without_an_award if {
	doubtful := fake.dossier({"award": {"value": false, "source": "inferred"}})
	every rating in ["partly", "not_met"] {
		deal.unrated("NE-01", rating) with input as doubtful
		not deal.unrated("EX-03", rating) with input as doubtful
		not deal.unrated("NE-01", rating) with input as fake.facts
		not deal.unrated("NE-01", rating) with input as object.union(doubtful, {"dossier": {"complete": fake.declared(true)}})
		not deal.unrated("NE-01", rating) with input as object.union(fake.award_papers, {"dossier": doubtful.dossier})
	}
	not deal.unrated("NE-01", "met") with input as doubtful
}

test_no_contract_is_agreed_in_a_project_of_ones_own if {
	own := fake.dossier({"award": {"value": false, "source": "inferred", "evidence": [fake.evidence(1)]}})
	every id in ["CE-04", "CE-06"] { deal.set_aside(id) == "own_project" with input as own }
	every id in ["CE-07", "EX-03"] { not deal.set_aside(id) with input as own }
	not deal.set_aside("CE-06") with input as fake.facts
	not deal.set_aside("CE-06") with input as object.union(own, {"dossier": {"kind": fake.declared("architecture")}})
	deal.set_aside("CE-06") == "no_demands" with input as object.union(own, {"documents": fake.read_as(["guidance"]).documents})
}

test_nobody_bids_for_a_project_of_ones_own if {
	own := fake.dossier({"award": {"value": false, "source": "inferred", "evidence": [fake.evidence(1)]}})
	every id in ["NE-02", "NE-09", "EX-09", "LI-04"] { deal.set_aside(id) == "own_project" with input as own }
	every id in ["NE-01", "NE-04", "NE-11"] { not deal.set_aside(id) with input as own }
	not deal.set_aside("NE-02") with input as fake.dossier({"award": fake.inferred(false)})
}

test_a_charter_has_no_solution if {
	charter := object.union(fake.read_as(["annex"]), {"dossier": {"order": object.union(fake.inferred("charter"), {"evidence": [fake.evidence(1)]})}})
	every id in ["EX-03", "LI-08", "NE-01", "CE-07"] { deal.set_aside(id) == "charter" with input as charter }
	not deal.set_aside("EX-01") with input as charter
}

test_of_own_software_only_the_weights_are_asked if {
	deal.asked_of_the_award == ["NE-09"] with input as fake.dossier({"order": fake.inferred("own_software")})
	deal.asked_of_the_award == ["NE-09"] with input as fake.dossier({"service_model": fake.inferred("services")})
	deal.asked_of_the_award == ["EX-01", "NE-09"] with input as fake.facts
}

test_papers_beside_a_description_are_none if {
	every role in ["specification", "contract", "criteria", "architecture", "annex"] {
		not deal.papers with input as fake.read_as(["price_sheet", "guidance", role])
		not deal.papers with input as fake.read_as([role])
	}
	not deal.papers with input as fake.read_as([])
	not deal.unasked("EX-03") with input as fake.read_as(["specification", "module"])
}

test_a_notice_for_programs_is_judged_by_its_fields if {
	facts := object.union(fake.read_as(["notice"]), {"notice": [{"field": "title", "value": "Portal", "evidence": fake.evidence(1)}]})
	not deal.papers with input as facts
	not deal.papers with input as fake.read_as(["notice", "specification"])
}

test_terms_alone_tell_nothing_of_the_solution if {
	every id in ["EX-02", "EX-03", "IF-01", "LI-08"] {
		deal.unasked(id) with input as fake.read_as(["contract", "contract"])
		not deal.unasked(id) with input as fake.read_as(["contract", "specification"])
		not deal.unasked(id) with input as object.union(fake.read_as(["contract"]), {"dossier": {"complete": fake.declared(true)}})
	}
	every id in ["CE-03", "CE-04", "CE-09"] { not deal.unasked(id) with input as fake.read_as(["contract"]) }
}

test_annexes_go_along_where_nothing_is_awarded if {
	facts := object.union(fake.read_as(["guidance", "annex"]), {"dossier": {"award": fake.inferred(false)}})
	deal.papers == "guidance" with input as facts
	not deal.papers with input as object.union(fake.read_as(["annex"]), {"dossier": {"award": fake.inferred(false)}})
}

# Who says that nothing is to come is asked for all of it.
test_complete_papers_are_judged_as_they_are if {
	every role in ["price_sheet", "form", "guidance", "module", "notice", "question"] {
		facts := object.union(fake.read_as([role]), {"dossier": {"complete": fake.declared(true)}})
		not deal.papers with input as facts
		not deal.unasked("EX-03") with input as facts
		not deal.unasked("CE-03") with input as facts
	}
}

test_the_contract_may_be_a_paper_that_is_named if {
	named := object.union(fake.topic("award_weights", ["met"]), {"attachments": [fake.attachment("Appendix 1", "contract")]})
	deal.contract_named with input as named
	deal.contract_paper.name == "Appendix 1" with input as named
	deal.unasked("CE-04") with input as named
	not deal.unasked("EX-02") with input as named
	not deal.contract_named with input as object.union(named, {"documents": fake.papers.documents})
	not deal.contract_named with input as object.union(named, {"attachments": [object.union(fake.attachment("Appendix 1", "contract"), {"present": true})]})
	not deal.contract_named with input as object.union(named, {"attachments": [fake.attachment("Appendix 1", "price_sheet")]})
	not deal.contract_named with input as object.union(named, {"dossier": {"kind": fake.declared("architecture")}})
	not deal.contract_named with input as object.union(named, fake.contract("purchase"))
	own := fake.dossier({"award": object.union(fake.inferred(false), {"evidence": [fake.evidence(0)]})})
	not deal.contract_named with input as object.union(own, {"attachments": named.attachments})
}

test_papers_of_an_award_without_terms_leave_the_contract_open if {
	award := fake.topic("award_weights", ["met"])
	deal.contract_untold with input as award
	deal.unasked("CE-03") with input as award
	not deal.contract_untold with input as fake.facts
	every id in ["termination", "renewal_option", "usage_rights", "data_rights", "transition_support", "insolvency", "evb_it"] {
		not deal.contract_untold with input as object.union(award, {"topics": {id: [fake.hit(2, "met")]}})
	}
	not deal.contract_untold with input as object.union(award, {"documents": fake.papers.documents})
	not deal.contract_untold with input as object.union(award, {"dossier": {"award": fake.declared(true)}})
}

test_where_the_award_criteria_stand if {
	deal.criteria_elsewhere.line == fake.evidence(0).line with input as fake.topic("award_weights_elsewhere", ["met"])
	deal.criteria_elsewhere.line == fake.evidence(9).line with input as object.union(fake.facts, {"attachments": [fake.attachment("Bewertungsmatrix", "criteria")]})
	not deal.criteria_elsewhere with input as object.union(fake.facts, {"attachments": [fake.attachment("Anlage 2", "contract")]})
	deal.asked_of_the_criteria == ["EX-01", "NE-09"] with input as fake.facts
	deal.asked_of_the_criteria == ["NE-09"] with input as fake.topic("exchangeability_award", ["met"])
}

test_code_is_commissioned if {
	deal.commissioned with input as fake.dossier({"service_model": fake.declared("custom")})
	deal.commissioned with input as object.union(fake.facts, {"templates": [fake.template("evb_it_erstellung", {})]})
	not deal.commissioned with input as object.union(fake.facts, {"templates": [fake.template("evb_it_pflege", {})]})
	not deal.commissioned with input as fake.facts
}

# Clauses on source code and on rights say that there may be some, not that any is ordered.
test_terms_of_results_alone_commission_nothing if {
	told := fake.dossier({"service_model": object.union(fake.inferred("custom"), {"evidence": [fake.evidence(0)]})})
	deal.commissioned with input as told
	not deal.commissioned with input as fake.topic_in(told, "source_code", ["met"])
	not deal.commissioned with input as fake.topic_in(told, "usage_rights", ["met"])
	deal.custom_code with input as fake.topic_in(told, "source_code", ["met"])
}

test_code_comes_to_the_buyer if {
	deal.custom_code with input as fake.topic("source_code", ["met"])
	deal.custom_code with input as fake.topic("source_code", ["weak"])
	deal.custom_code with input as fake.dossier({"service_model": fake.declared("custom")})
	not deal.custom_code with input as fake.topic("source_code", ["risk"])
	not deal.custom_code with input as fake.facts
}

test_data_stay_with_the_buyer if {
	deal.data_at_buyer with input as fake.dossier({"service_model": fake.inferred("on-prem")})
	deal.data_at_buyer with input as fake.dossier({"operator": fake.inferred("buyer")})
	not deal.data_at_buyer with input as fake.facts
}

test_the_contract_is_asked_for_what_is_not_said if {
	not "CE-02" in deal.asked_of_the_contract with input as fake.topic("renewal_option", ["met"])
	not "CE-03" in deal.asked_of_the_contract with input as fake.topic("termination", ["met"])
	every id in ["data_rights", "data_use"] {
		not "CE-10" in deal.asked_of_the_contract with input as fake.topic(id, ["met"])
	}
	every id in ["change_of_control", "insolvency", "product_end"] {
		not "CE-11" in deal.asked_of_the_contract with input as fake.topic(id, ["met"])
	}
	not "CE-10" in deal.asked_of_the_contract with input as fake.dossier({"operator": fake.inferred("buyer")})
	every id in ["data_retrieval", "erasure_proof"] {
		not "CE-05" in deal.asked_of_the_contract with input as fake.topic(id, ["met"])
	}
	not "CE-05" in deal.asked_of_the_contract with input as fake.dossier({"service_model": fake.declared("custom")})
	deal.asked_of_the_contract == ["CE-01", "CE-02", "CE-03", "CE-04", "CE-05", "CE-06", "CE-07", "CE-10", "CE-11", "LI-02", "LI-05", "LI-06"] with input as fake.facts
}

test_the_contract_is_not_asked_for_what_cannot_bind if {
	every id in ["LI-05", "LI-06"] {
		not id in deal.asked_of_the_contract with input as fake.dossier({"service_model": fake.declared("custom")})
	}
	every id in ["LI-02", "LI-06"] {
		not id in deal.asked_of_the_contract with input as fake.dossier({"service_model": fake.declared("on-prem")})
	}
	not "CE-06" in deal.asked_of_the_contract with input as fake.dossier({"service_model": fake.declared("saas")})
	not deal.left_to_the_contract with input as fake.dossier({"kind": fake.declared("architecture")})
	deal.left_to_the_contract with input as fake.facts
}

test_options_of_known_length_are_counted if {
	facts := object.union(fake.topic("renewal_option", ["met"]), {"terms": [{"base": 3, "options": [3], "total": 6}]})
	deal.short_term with input as facts
	not deal.short_term with input as object.union(facts, {"terms": [{"base": 3, "total": 3}]})
}

test_work_of_people_leaves_no_software if {
	rules := kind.ruled_out with input as fake.dossier({"service_model": fake.inferred("services")})
	rules["EX-03"] == "services"
	rules["MC-06"] == "services"
	not rules["CE-01"]
	count(kind.ruled_out) == 0 with input as fake.dossier({"service_model": fake.inferred("custom")})
	count(kind.ruled_out) == 0 with input as fake.facts
}

test_what_is_ruled_out_is_not_asked_of_the_contract if {
	asked := deal.asked_of_the_contract with input as fake.dossier({"service_model": fake.inferred("services")})
	"CE-01" in asked
	not "LI-02" in asked
	not "CE-05" in asked
}

test_a_term_of_a_part_is_none_of_the_contract if {
	term := {"path": "a.md", "part": "maintenance", "base": 36, "total": 36, "stated": false, "firm": true, "evidence": [fake.evidence(1)]}
	facts := object.union(fake.topic("contract_term", ["met"]), {"terms": [term]})
	deal.contract_papers_lacking with input as facts
	not deal.contract_papers_lacking with input as object.union(facts, {"terms": [object.remove(term, ["part"])]})
}

test_a_notice_that_tells_no_criteria_is_asked_once if {
	deal.award_papers_lacking with input as fake.read_as(["notice"])
	deal.award_papers_lacking with input as fake.read_as(["notice", "specification"])
	not deal.award_papers_lacking with input as fake.read_as(["notice", "criteria"])
	not deal.award_papers_lacking with input as fake.topic_in(fake.read_as(["notice"]), "price_only", ["risk"])
	not deal.contract_papers_lacking with input as fake.read_as(["notice"])
}

# Who owns the code and buys its hosting has the data elsewhere.
test_hosting_that_is_bought_is_not_in_own_hands if {
	own := object.union(fake.topic("usage_rights", ["met"]), {"dossier": {"service_model": fake.inferred("custom")}})
	deal.in_own_hands with input as own
	not deal.in_own_hands with input as fake.topic_in(own, "hosting_bought", ["met"])
}

test_a_licence_with_the_code_gives_the_code if {
	granted := {"dossier": {"order": fake.inferred("licence_grant")}}
	both := fake.topics({"usage_rights": [fake.hit(1, "met")], "source_code": [fake.hit(2, "met")]})
	deal.own_code with input as object.union(both, granted)
	not deal.own_code with input as both
	not deal.own_code with input as object.union(fake.topic("usage_rights", ["met"]), granted)
	limited := fake.topics({"usage_rights": [fake.hit(1, "met"), fake.hit(3, "risk")], "source_code": [fake.hit(2, "met")]})
	not deal.own_code with input as object.union(limited, granted)
}
