# METADATA
# title: Paragraphs
# description: >-
#   Which sentences belong together: what one leaves open, the next one may settle.
# scope: package
package policies.lib.paragraph

# of names the paragraph, list item or table row in which a fact's sentence stands.
of(fact) := regex.replace(fact.clause, `\.\d+$`, "")

# of_each names those of several facts.
of_each(facts) := {of(fact) | some fact in facts}
