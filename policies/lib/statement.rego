# METADATA
# title: Statements
# description: >-
#   What clauses say together: those of one row, an item and what is listed under it, a
#   sentence and those that go on from it. What one of them leaves open the others may settle.
# scope: package
# schemas:
#   - input: schema.facts
package policies.lib.statement

# of names the statement that a fact is part of: the clause itself where it stands alone.
of(fact) := object.get(input.clauses, [fact.clause, "statement"], fact.clause)

# of_each names the statements of facts. Keep it in a rule of its own: it goes through all of them.
of_each(facts) := {of(fact) | some fact in facts}
