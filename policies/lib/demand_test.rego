package policies.lib.demand_test

import data.policies.lib.demand
import data.policies.lib.fake

# Browsers that stand below each other, one an item, leave a choice.
test_browsers_in_a_list_are_a_choice if {
	count(demand.products) == 0 with input as _browsers(true, ["chrome", "firefox"])
	count(demand.products) == 1 with input as _browsers(true, ["chrome"])
	count(demand.products) == 2 with input as _browsers(false, ["chrome", "firefox"])
}

_browsers(bare, terms) := fake.mentions({"product": [mention |
	some number, term in terms
	mention := fake.mention(term, {"tags": ["browser"], "clause": sprintf("1.%d.1", [number]), "frame": {"bare": bare}})
]})

# "No applications will be approved that rely on it."
test_what_nothing_may_depend_on_is_no_demand if {
	every quote in [
		"Specifically, no desktop applications will be approved that rely on the Java client.",
		"No plug-ins are allowed that require Java.",
		"Keine Anwendungen werden zugelassen, die Java benötigen.",
		"Kein Client ist erlaubt, der Java voraussetzt.",
	] {
		count(demand.products) == 0 with input as _quoted("java", quote)
	}
	every quote in [
		"The application shall rely on Java.",
		"No deviation: Java is required.",
		"Keine Abweichung. Java ist zulässig.",
		"Es sind nur Clients in Java zulässig.",
	] {
		count(demand.products) == 1 with input as _quoted("java", quote)
	}
}

_quoted(term, quote) := fake.mentions({"product": [fake.mention(term, {"evidence": {"path": "a.md", "line": 1, "quote": quote}})]})

# Whoever looks after software that is there does so with what that is made of.
test_tools_of_software_that_is_looked_after_are_no_demand if {
	own := {"dossier": {"order": fake.inferred("own_software")}}
	every quote in ["Supplier will provide development support for reports (i.e., X).", "Maintenance of the reports in X", "Pflege der Berichte in X"] {
		count(demand.products) == 0 with input as object.union(_quoted("x", quote), own)
		count(demand.products) == 1 with input as _quoted("x", quote)
	}
	count(demand.products) == 1 with input as object.union(_quoted("x", "The reports shall be made in X."), own)
}
