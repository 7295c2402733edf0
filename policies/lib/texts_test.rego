package policies.lib.texts_test

import data.policies.lib.fake
import data.policies.lib.texts

test_a_sentence_settles_its_subject if {
	texts.told == {"LI-02"} with input as fake.topics({"self_operation": [fake.hit(1, "met")], "data_export": [fake.hit(2, "risk")]})
	count(texts.told) == 0 with input as fake.facts
}
