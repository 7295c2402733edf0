package policies.situation_test

import data.policies.lib.fake
import data.policies.lib.fake_ai
import data.policies.situation

_case(id) := [found | some found in situation.review.situations; found.id == id][0]

_dossier(values) := fake.dossier(object.union({"ai": fake.declared(true)}, values))

test_none_without_ai if {
	situation.review == {"ai": false, "situations": []} with input as fake.facts
}

test_none_before_it_is_told_whether_ai_is_meant if {
	situation.review == {"ai": true, "situations": []} with input as fake.topic("ai_component", ["weak"])
}

test_all_are_open_where_nothing_is_told if {
	situation.review.ai with input as fake_ai.facts
	[found.id | some found in situation.review.situations] == ["poc", "cloud", "protection", "data", "readiness"] with input as fake_ai.facts
	{found.applies | some found in situation.review.situations} == {"open"} with input as fake_ai.facts
	{count(found.evidence) | some found in situation.review.situations} == {0} with input as fake_ai.facts
	{count(found.matters) | some found in situation.review.situations} == {3} with input as fake_ai.facts
}

test_a_trial if {
	_case("poc").applies == "yes" with input as fake_ai.trial(fake_ai.facts)
	_case("poc").applies == "no" with input as _dossier({"phase": fake.declared("production")})
	count(_case("poc").matters) == 0 with input as _dossier({"phase": fake.declared("production")})
	pilot := fake_ai.topic("poc_limit", ["met"])
	_case("poc").applies == "open" with input as pilot
	_case("poc").evidence == [fake.evidence(0)] with input as pilot
}

test_the_cloud if {
	remote := fake_ai.drawn([fake_ai.vendors(n, {}) | some n in [1, 2, 3, 4]])
	_case("cloud").applies == "yes" with input as remote
	_case("cloud").evidence == [fake_ai.place(n) | some n in [1, 2, 3]] with input as remote
	service := _dossier({"service_model": {"value": "saas", "source": "inferred", "evidence": [fake.evidence(1)]}})
	_case("cloud").applies == "yes" with input as service
	_case("cloud").evidence == [fake.evidence(1)] with input as service
	every polarity in ["weak", "risk"] {
		_case("cloud").applies == "yes" with input as fake_ai.topic("self_hosted_inference", [polarity])
		_case("cloud").evidence == [fake.evidence(0)] with input as fake_ai.topic("self_hosted_inference", [polarity])
	}
	_case("cloud").applies == "no" with input as fake_ai.drawn([fake_ai.local(1, {})])
	_case("cloud").applies == "no" with input as _dossier({"operator": fake.inferred("buyer")})
}

test_what_passages_say if {
	every id, expected in {
		"protection": {"topic": "high_protection", "met": "yes", "risk": "no"},
		"data": {"topic": "own_data", "met": "no", "risk": "yes"},
		"readiness": {"topic": "ai_competence", "met": "yes", "risk": "no"},
	} {
		every polarity in ["met", "risk"] {
			facts := fake_ai.topic_as(expected.topic, [polarity], {"role": "existing_estate"})
			_case(id).applies == expected[polarity] with input as facts
			_case(id).evidence == [fake.evidence(0)] with input as facts
		}
		_case(id).applies == "open" with input as fake_ai.topic(expected.topic, ["met", "risk"])
		_case(id).applies == "open" with input as fake_ai.topic_as(expected.topic, ["met"], {"role": "question"})
	}
}
