package policies.lib.law_test

import data.policies.lib.fake
import data.policies.lib.law

test_the_start_of_the_procedure_decides if {
	law.version == "new" with input as fake.dossier({"started": fake.declared("2026-07-01")})
	law.version == "former" with input as fake.dossier({"started": fake.declared("2026-06-30")})
	law.version == "open" with input as fake.facts
}
