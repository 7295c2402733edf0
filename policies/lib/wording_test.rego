package policies.lib.wording_test

import data.policies.lib.fake
import data.policies.lib.wording

_mention := fake.mention("x", {
	"function": {"de": "Datenbanksystem"},
	"frame": {"before": "", "name": "X", "after": ".", "bare": true},
})

_clause(language) := object.union(fake.facts, {"clauses": {"1.1.1": {"language": language}}})

test_in_the_passage_s_language if {
	wording.about(_mention) == {"language": "de", "function": "Datenbanksystem", "frame": _mention.frame} with input as _clause("de")
}

test_no_word_for_the_function if {
	wording.about(_mention).function == "" with input as _clause("en")
}

test_nothing_known if {
	wording.about(fake.mention("x", {})) == {"language": "", "function": "", "frame": {}} with input as fake.facts
}

test_several_are_listed if {
	mentions := [fake.mention("b", {"evidence": fake.evidence(2)}), fake.mention("a", {}), fake.mention("b", {})]
	wording.listed(mentions) == {"products": ["a", "b"], "count": 2, "places": ["a.md, line 2", "a.md, line 1"]}
	wording.listed([]) == {"products": [], "count": 0, "places": []}
}
