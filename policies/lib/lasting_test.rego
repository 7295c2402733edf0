package policies.lib.lasting_test

import data.policies.lib.fake
import data.policies.lib.lasting

_hit(polarity, quote) := object.union(fake.hit(1, polarity), {"evidence": {"quote": quote}})

test_without_an_end if {
	every quote in ["Der Vertrag läuft unbefristet.", "Auf unbestimmte Zeit", "The rights are perpetual."] {
		lasting.endless(_hit("weak", quote))
	}
}

test_with_an_end if {
	not lasting.endless(_hit("weak", "Die Laufzeit wird im Vertrag festgelegt."))
}

# What rules itself as a risk is told by that.
test_a_risk_is_judged_as_such if {
	not lasting.endless(_hit("risk", "Der Vertrag läuft unbefristet."))
}
