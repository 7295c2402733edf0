package policies.lib.law_test

import data.policies.lib.fake
import data.policies.lib.law

test_the_start_of_the_procedure_decides if {
	law.version == {"former": false, "reformed": true} with input as fake.dossier({"started": fake.declared("2026-07-01")})
	law.version == {"former": true, "reformed": false} with input as fake.dossier({"started": fake.declared("2026-06-30")})
	law.version == {"former": false, "reformed": false} with input as fake.facts
}
