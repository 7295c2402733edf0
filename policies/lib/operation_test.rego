package policies.lib.operation_test

import data.policies.lib.fake
import data.policies.lib.operation

test_a_supplier_operates if {
	every values in [{"operator": fake.inferred("supplier")}, {"service_model": fake.inferred("saas")}] {
		operation.by_supplier with input as fake.dossier(values)
	}
	every values in [{}, {"operator": fake.inferred("buyer")}, {"service_model": fake.inferred("on-prem")}] {
		not operation.by_supplier with input as fake.dossier(values)
	}
}

_said_of_the_buyer(quote) := fake.dossier({"operator": object.union(fake.inferred("buyer"), {"evidence": [object.union(fake.evidence(3), {"quote": quote})]})})

# An environment by name comes before what is said of who operates.
test_named if {
	operator := {"operator": object.union(fake.inferred("buyer"), {"evidence": [fake.evidence(9)]})}
	operation.named == fake.evidence(9) with input as fake.dossier(operator)
	environment := object.union(fake.topics({"operating_environment": [fake.hit(1, "weak")], "cloud_operation": [fake.hit(2, "weak")]}), {"dossier": operator})
	operation.named == fake.evidence(1) with input as environment
	on_premises := {"service_model": object.union(fake.inferred("on-prem"), {"evidence": [fake.evidence(3)]})}
	operation.named == fake.evidence(3) with input as fake.dossier(on_premises)
	heading := object.union(fake.evidence(3), {"section": "Betrieb", "quote": "Betrieb"})
	not operation.named with input as fake.dossier({"operator": object.union(fake.inferred("buyer"), {"evidence": [heading]})})
	every quote in ["Der laufende Betrieb ist nicht Bestandteil des Projekts.", "Hosting is out of scope."] {
		not operation.named with input as _said_of_the_buyer(quote)
	}
	every quote in ["Betrieb im Rechenzentrum der Stadt, nicht in einer Cloud", "It is hosted by the agency, not in a public cloud."] {
		operation.named.quote == quote with input as _said_of_the_buyer(quote)
	}
	not operation.named with input as fake.topic("cloud_operation", ["weak"])
	not operation.named with input as fake.dossier({"service_model": fake.declared("saas")})
	not operation.named with input as fake.facts
}

test_clouds if {
	count(operation.clouds) == 1 with input as fake.topic("cloud_operation", ["weak"])
	hosted := fake.topic("operating_environment", ["weak"])
	at_provider := fake.mention("aws", {"clause": "1.0.1", "tags": ["hyperscaler"]})
	count(operation.clouds) == 1 with input as object.union(hosted, {"mentions": {"cloud_service": [at_provider]}})
	every changes in [{"negated": true}, {"clause": "1.9.1"}, {"tags": ["managed_storage"]}] {
		count(operation.clouds) == 0 with input as object.union(hosted, {"mentions": {"cloud_service": [object.union(at_provider, changes)]}})
	}
}

test_a_choice_is_no_cloud if {
	count(operation.clouds) == 0 with input as fake.topics({"cloud_operation": [fake.hit(1, "weak")], "choice_left_open": [fake.hit(1, "met")]})
}

test_touched if {
	every subject in ["operating_environment", "cloud_operation"] {
		operation.touched with input as fake.topic_as(subject, ["weak"], {"role": "question"})
	}
	not operation.touched with input as fake.facts
}
