# METADATA
# title: Statements
# description: >-
#   What clauses say together: those of one row, an item and what is listed under it, a
#   sentence and those that go on from it, sentences of one paragraph. What one of them
#   leaves open the others may settle.
# scope: package
# schemas:
#   - input: schema.facts
package policies.lib.statement

# of names the statement that a fact is part of: the clause itself where it stands alone.
of(fact) := object.get(input.clauses, [fact.clause, "statement"], fact.clause)

# of_each names the statements of facts. Keep it in a rule of its own: it goes through all of them.
of_each(facts) := {of(fact) | some fact in facts}

# around names what facts stand in: their statements, and their paragraphs, items or rows.
# Keep it in a rule of its own, too.
around(facts) := of_each(facts) | {paragraph(fact.clause) | some fact in facts}

# beside says that a fact stands in one of the places that around names.
beside(fact, places) if of(fact) in places

beside(fact, places) if paragraph(fact.clause) in places

# paragraph names the paragraph, item or row in which a clause, by its id, stands.
paragraph(clause) := regex.replace(clause, `\.\d+$`, "")

# next_to names the two paragraphs, items or rows before and the two behind that of a clause.
next_to(clause) := {sprintf("%s%d", [parts[1], to_number(parts[2]) + step]) |
	some parts in regex.find_all_string_submatch_n(`^(.*?)(\d+)$`, paragraph(clause), 1)
	some step in [-2, -1, 1, 2]
}
