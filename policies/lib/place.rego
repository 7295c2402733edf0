# METADATA
# title: Places
# description: Whether two facts stand together.
package policies.lib.place

# of gives a fact's sentence and, where there are headings, its section. Two facts
# stand together where they share one of them.
of(fact) := {["clause", fact.clause]} | {["section", fact.evidence.path, section] | section := fact.evidence.section}
