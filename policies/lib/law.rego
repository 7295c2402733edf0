# METADATA
# title: State of the law
# description: >-
#   Which version of procurement law governs a procedure. Those begun before 1 July
#   2026 stay under the former text, § 187 (2) GWB.
# scope: package
# schemas:
#   - input: schema.facts
package policies.lib.law

_reform := "2026-07-01"

# version is "new", "former", or "open" where nobody says when the procedure began.
version := "new" if {
	input.dossier.started.value >= _reform
} else := "former" if {
	input.dossier.started.value
} else := "open"
