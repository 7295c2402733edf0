package policies.lib.paragraph_test

import data.policies.lib.fake
import data.policies.lib.paragraph

test_sentences_of_a_paragraph_belong_together if {
	paragraph.of({"clause": "a.md#23.2"}) == paragraph.of({"clause": "a.md#23.3"})
	paragraph.of({"clause": "a.md#2.13"}) != paragraph.of({"clause": "a.md#21.3"})
	paragraph.of_each([fake.hit(1, "met"), fake.hit(2, "met")]) == {"1.1", "1.2"}
	paragraph.of_each([]) == set()
}
