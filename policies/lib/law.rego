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

# version tells words which text governs. Both are false where nobody says when the
# procedure began.
version := {"former": _former, "reformed": _reformed}

default _former := false

_former if input.dossier.started.value < _reform

default _reformed := false

_reformed if input.dossier.started.value >= _reform
