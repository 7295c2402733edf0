package policies.criteria.interfaces.standard_identity_test

import data.policies.criteria.interfaces.standard_identity
import data.policies.lib.fake
import data.policies.lib.fake_graph
import data.policies.lib.fake_values

test_met_where_both_sides_are_named if {
	every pair in [["oidc", "scim"], ["saml", "ldap"]] {
		facts := _named(pair, {})
		standard_identity.rating == "met" with input as facts
		count(standard_identity.findings) == 0 with input as facts
		count(standard_identity.evidence) == 1 with input as facts
	}
}

# Names are listed as standards or as protocols.
test_met_whichever_list_holds_the_names if {
	facts := object.union(_spoken, {"mentions": {"protocol": [fake.mention("saml", {})], "standard": [fake.mention("scim", {})]}})
	standard_identity.rating == "met" with input as facts
}

test_partly_where_only_sign_in_is_named if {
	facts := _named(["oidc", "saml"], {})
	standard_identity.rating == "partly" with input as facts
	fake.codes(standard_identity.findings) == {"no_accounts"} with input as facts
}

# A directory that may be connected in another requirement is named.
test_no_accounts_are_asked_for_where_a_directory_is_named if {
	facts := _named(["oidc"], {})
	directory := fake.mention("ldap", {"clause": "7.1.1", "modality": "may"})
	beside := object.union(facts, {"mentions": object.union(facts.mentions, {"protocol": array.concat(facts.mentions.protocol, [directory])})})
	standard_identity.rating == "partly" with input as beside
	count(standard_identity.findings) == 0 with input as beside
}

# A standard of signing in is named, though in a section on what is there already.
test_sign_in_that_is_named_is_not_asked_for if {
	hit := {"standard_identity": [fake.hit(1, "met")]}
	oidc := fake.mention("oidc", {"clause": fake.hit(1, "met").clause, "role": "existing_estate"})
	facts := object.union(fake.topics(hit), {"mentions": {"protocol": [oidc]}})
	standard_identity.rating == "partly" with input as facts
	not "no_sign_in" in fake.codes(standard_identity.findings) with input as facts
	not "no_sign_in" in fake_values.unsure(standard_identity.findings) with input as facts
}

# People may sign in by the directory.
test_partly_where_only_the_directory_is_named if {
	every terms in [["ldap"], ["oauth2"]] {
		facts := _named(terms, {})
		standard_identity.rating == "partly" with input as facts
		fake_values.unsure(standard_identity.findings) == {"no_sign_in"} with input as facts
	}
}

test_partly_where_no_standard_is_named if {
	facts := fake.topic("standard_identity", ["weak"])
	standard_identity.rating == "partly" with input as facts
	fake.codes(standard_identity.findings) == {"weak"} with input as facts
}

# Single sign-on that is mentioned beside the standard needs no other one.
test_met_where_single_sign_on_is_mentioned_too if {
	facts := object.union(_named(["oidc", "scim"], {}), {"topics": {"standard_identity": [fake.hit(1, "met"), fake.hit(2, "weak")]}})
	standard_identity.rating == "met" with input as facts
	count(standard_identity.findings) == 0 with input as facts
}

test_missed_where_the_user_store_is_its_own if {
	every polarities in [["risk"], ["weak", "risk"]] {
		facts := fake.topic("standard_identity", polarities)
		standard_identity.rating == "not_met" with input as facts
		"risk" in fake.codes(standard_identity.findings) with input as facts
	}
}

test_partly_where_the_dossier_contradicts_itself if {
	facts := object.union(_named(["oidc", "scim"], {}), {"topics": {"standard_identity": [fake.hit(1, "met"), fake.hit(2, "risk")]}})
	standard_identity.rating == "partly" with input as facts
	fake.codes(standard_identity.findings) == {"risk"} with input as facts
}

test_silent_is_neither_rated_nor_asked_for if {
	not standard_identity.rating with input as fake.facts
	not standard_identity.not_applicable with input as fake.facts
	count(standard_identity.findings) == 0 with input as fake.facts
}

test_asked_for_where_people_sign_in if {
	facts := fake.topics({"user_accounts": [fake.hit(1, "met"), fake.hit(2, "met")]})
	not standard_identity.rating with input as facts
	fake.codes(standard_identity.findings) == {"unnamed"} with input as facts
	fake_values.places_of(standard_identity.findings) == {fake.evidence(1)} with input as facts
}

test_not_applicable_where_nobody_signs_in if {
	complete := fake.dossier({"complete": fake.declared(true)})
	standard_identity.not_applicable == "no_users" with input as complete
	every subject in ["user_accounts", "standard_identity"] {
		not standard_identity.not_applicable with input as fake.topic_in(complete, subject, ["met"])
	}
}

# Traps 1, 3 and 8: the directory in use, a standard that is ruled out, a definition.
test_names_that_demand_nothing_do_not_count if {
	every changes in [{"role": "existing_estate"}, {"role": "definition"}, {"negated": true}, {"clause": "1.9.1"}] {
		facts := _named(["oidc", "scim"], changes)
		standard_identity.rating == "partly" with input as facts
	}
}

_spoken := fake.topics({"standard_identity": [fake.hit(1, "met")]})

_named(terms, changes) := object.union(
	_spoken,
	{"mentions": {"protocol": [fake.mention(term, changes) | some term in terms]}},
)

# A program with accounts of its own, on one machine.
test_not_applicable_to_what_stands_alone if {
	alone := fake.topics({"user_accounts": [fake.hit(1, "met")], "standalone": [fake.hit(2, "met")]})
	standard_identity.not_applicable == "standalone" with input as alone
	every topic in ["interface_required", "interface_target"] {
		not standard_identity.not_applicable with input as fake.topic_in(alone, topic, ["met"])
	}
}

# The solution.
_identity(edges) := fake_graph.drawn([fake_graph.custom("app", {}), fake_graph.known("keycloak", true, {"kind": "identity"}), fake_graph.component("directory", {"external": true})], edges)

_sign_in := fake_graph.open("app", "keycloak", {"term": "oidc", "evidence": [{"path": "d.puml", "line": 1, "place": "d.puml, line 1", "quote": "OpenID Connect"}]})

# That the product signs people in by a standard tells nothing of what was meant here.
test_graph_asks_nothing_where_only_the_product_tells_it if {
	facts := _identity([fake_graph.open("app", "keycloak", {"term": "oidc"})])
	standard_identity.rating == "partly" with input as facts
	count(standard_identity.findings) == 0 with input as facts
}

test_graph_met_where_both_sides_are_drawn if {
	facts := _identity([_sign_in, fake_graph.open("keycloak", "directory", {"term": "ldap"})])
	standard_identity.rating == "met" with input as facts
	count(standard_identity.findings) == 0 with input as facts
	count(standard_identity.evidence) == 2 with input as facts
}

test_graph_partly_where_only_signing_in_is if {
	facts := _identity([_sign_in, fake_graph.edge("app", "directory", {})])
	standard_identity.rating == "partly" with input as facts
	fake_values.unsure(standard_identity.findings) == {"no_accounts"} with input as facts
}

test_graph_and_text_make_both_sides if {
	told := fake.topics({"standard_identity": [fake.hit(1, "met")]})
	facts := object.union(told, {"mentions": {"protocol": [fake.mention("scim", {})]}})
	offered := object.union(fake_graph.specified("app", {}), {"security": ["openIdConnect"]})
	standard_identity.rating == "met" with input as fake_graph.with_text(facts, [fake_graph.custom("app", {})], [offered])
}

test_graph_silent_where_no_protocol_is_drawn if {
	not standard_identity.rating with input as _identity([fake_graph.edge("app", "keycloak", {})])
}

# Whoever registers is in no directory of an authority.
test_users_who_register_are_not_asked_about if {
	facts := fake.topics({"user_accounts": [fake.hit(1, "met")], "self_registration": [fake.hit(2, "met")]})
	not standard_identity.rating with input as facts
	count(standard_identity.findings) == 0 with input as facts
	staff := fake.topics({"user_accounts": [fake.hit(1, "met"), fake.hit(3, "met")], "self_registration": [fake.hit(2, "met")], "staff_sign_in": [fake.hit(3, "met")]})
	{finding.evidence | some finding in standard_identity.findings} == {fake.evidence(3)} with input as staff
	complete := object.union(facts, {"dossier": {"complete": fake.declared(true)}})
	fake.codes(standard_identity.findings) == {"unnamed"} with input as complete
	bidders := fake.topics({"user_accounts": [fake.hit(1, "met")], "self_registration": [object.union(fake.hit(2, "met"), {"role": "existing_estate"})]})
	fake.codes(standard_identity.findings) == {"unnamed"} with input as bidders
}

test_a_section_that_names_the_second_factor_has_told_how if {
	section := {"evidence": {"section": "Sichere Authentifizierung"}}
	accounts := fake.topics({"user_accounts": [object.union(fake.hit(1, "met"), section)]})
	factor := fake.mention("fido2", {"clause": "1.2.1", "open": true, "tags": ["security", "sign_in"], "role": "example"})
	near := {"mentions": {"standard": [object.union(factor, section)]}}
	count(standard_identity.findings) == 0 with input as object.union(accounts, near)
	far := {"mentions": {"standard": [factor]}}
	fake.codes(standard_identity.findings) == {"unnamed"} with input as object.union(accounts, far)
}

# Accounts that come into being with the sign-in need no directory to send them.
test_no_accounts_are_asked_for_where_they_are_made_at_sign_in if {
	made := {"topics": {"accounts_at_sign_in": [fake.hit(1, "met")]}}
	facts := object.union(_named(["oidc", "saml"], {}), made)
	standard_identity.rating == "partly" with input as facts
	count(standard_identity.findings) == 0 with input as facts
	drawn := object.union(_identity([_sign_in, fake_graph.edge("app", "directory", {})]), made)
	count(standard_identity.findings) == 0 with input as drawn
}
