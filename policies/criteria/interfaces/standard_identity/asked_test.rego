package policies.criteria.interfaces.standard_identity_test

import data.policies.criteria.interfaces.standard_identity
import data.policies.lib.fake
import data.policies.lib.fake_graph

_over_oidc := object.union(
	fake.topic("standard_identity", ["met"]),
	{"mentions": {"protocol": [fake.mention("oidc", {"clause": fake.hit(0, "met").clause})]}},
)

test_accounts_that_are_made_at_sign_in_need_no_standard if {
	fake.codes(standard_identity.findings) == {"no_accounts"} with input as _over_oidc
	told := fake.topic_in(_over_oidc, "accounts_at_sign_in", ["met"])
	count(standard_identity.findings) == 0 with input as told
	drawn := object.union(_over_oidc, {"interfaces": [fake_graph.edge("portal", "store", {"kind": "dependency", "name": "Create / update user record"})]})
	count(standard_identity.findings) == 0 with input as drawn
	other := object.union(_over_oidc, {"interfaces": [fake_graph.edge("portal", "store", {"kind": "dependency", "name": "Create invoice"})]})
	fake.codes(standard_identity.findings) == {"no_accounts"} with input as other
}

test_asked_where_the_way_of_signing_in_is_told if {
	accounts := fake.topic("user_accounts", ["met"])
	{found.evidence.line | some found in standard_identity.findings} == {fake.evidence(0).line} with input as accounts
	method := object.union(fake.hit(7, "met"), {"evidence": fake.evidence(7)})
	told := object.union(accounts, {"topics": object.union(accounts.topics, {"sign_in_method": [method]})})
	{found.evidence.line | some found in standard_identity.findings} == {fake.evidence(7).line} with input as told
	chapter := object.union(fake.hit(8, "met"), {"evidence": object.union(fake.evidence(8), {"section": "8.1 Authentifizierung"})})
	both := object.union(accounts, {"topics": object.union(accounts.topics, {"sign_in_method": [method, chapter]})})
	{found.evidence.line | some found in standard_identity.findings} == {fake.evidence(8).line} with input as both
}

test_one_providers_service_is_asked_for if {
	service := fake_graph.service("tenant", ["managed_identity"], {"kind": "identity", "product": "Auth0"})
	queue := fake_graph.service("line", ["managed_queue"], {})
	facts := fake_graph.drawn([service, queue, fake_graph.custom("portal", {})], [])
	fake.codes(standard_identity.findings) == {"service"} with input as facts
	count(standard_identity.findings) == 0 with input as fake_graph.drawn([service, fake_graph.custom("portal", {})], [])
	secrets := fake_graph.service("keys", ["managed_secrets"], {})
	count(standard_identity.findings) == 0 with input as fake_graph.drawn([secrets], [])
	over := fake_graph.open("portal", "tenant", {"term": "oidc"})
	not "service" in fake.codes(standard_identity.findings) with input as fake_graph.drawn([service, fake_graph.custom("portal", {})], [over])
}
