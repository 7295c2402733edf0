package policies.lib.statement_test

import data.policies.lib.fake
import data.policies.lib.statement

# _row is a dossier whose clauses 1 and 2 are cells of one row.
_row := object.union(fake.facts, {"clauses": {
	"1.1.1": {"statement": "1.1.0"},
	"1.2.1": {"statement": "1.1.0"},
	"1.3.1": {},
}})

test_cells_of_a_row_are_one_statement if {
	statement.of(fake.hit(1, "met")) == statement.of(fake.hit(2, "met")) with input as _row
	statement.of_each([fake.hit(1, "met"), fake.hit(2, "met")]) == {"1.1.0"} with input as _row
}

test_a_clause_alone_is_its_own if {
	statement.of(fake.hit(3, "met")) == "1.3.1" with input as _row
	statement.of(fake.hit(4, "met")) == "1.4.1" with input as _row
	statement.of_each([]) == set() with input as _row
}

test_beside_what_the_same_row_or_paragraph_says if {
	row := statement.around([fake.hit(1, "met")]) with input as _row
	statement.beside(fake.hit(2, "met"), row) with input as _row
	not statement.beside(fake.hit(3, "met"), row) with input as _row
	sentence := statement.around([{"clause": "a.md#23.2"}]) with input as fake.facts
	statement.beside({"clause": "a.md#23.3"}, sentence) with input as fake.facts
	not statement.beside({"clause": "a.md#2.13"}, sentence) with input as fake.facts
	statement.around([]) == set() with input as fake.facts
}

test_items_next_to_each_other if {
	statement.next_to("a.md#12.1") == {"a.md#10", "a.md#11", "a.md#13", "a.md#14"}
	statement.next_to("1.7.1") == {"1.5", "1.6", "1.8", "1.9"}
}
