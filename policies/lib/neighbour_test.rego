package policies.lib.neighbour_test

import data.policies.lib.fake
import data.policies.lib.neighbour

_joined(kind, changes) := fake.mentions({kind: [fake.mention("register", object.union({"role": "integration_target", "open": false}, changes))]})

test_systems_that_are_joined if {
	count(neighbour.named) == 1 with input as _joined("product", {})
	count(neighbour.named) == 1 with input as _joined("cloud_service", {"tags": ["maps"]})
	count(neighbour.named) == 0 with input as _joined("product", {"role": "requirement"})
	count(neighbour.named) == 0 with input as _joined("product", {"negated": true})
	count(neighbour.named) == 0 with input as _joined("product", {"tags": ["office"]})
	count(neighbour.named) == 0 with input as _joined("cloud_service", {"tags": ["saas_development"]})
	count(neighbour.named) == 0 with input as fake.facts
}

test_those_that_nobody_describes if {
	count(neighbour.undescribed) == 1 with input as _joined("product", {})
	count(neighbour.undescribed) == 0 with input as _joined("product", {"open": true})
	count(neighbour.undescribed) == 0 with input as _joined("product", {"tags": ["dev_tool"]})
	count(neighbour.undescribed) == 0 with input as _joined("cloud_service", {})
}

# "Single sign-on must support SecureAuth"
test_where_one_signs_on_is_asked_by_itself if {
	facts := object.union(_joined("product", {}), {"topics": {"standard_identity": [fake.hit(1, "weak")]}})
	count(neighbour.undescribed) == 0 with input as facts
	count(neighbour.named) == 1 with input as facts
	elsewhere := object.union(_joined("product", {}), {"topics": {"standard_identity": [fake.hit(2, "weak")]}})
	count(neighbour.undescribed) == 1 with input as elsewhere
}
