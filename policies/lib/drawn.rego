# METADATA
# title: What is drawn
# description: What drawings and files for programs leave untold where no text was read beside them.
# scope: package
# schemas:
#   - input: schema.facts
package policies.lib.drawn

import data.policies.lib.ai
import data.policies.lib.solution
import data.policies.lib.texts

# alone says that an architecture is told by drawings and files for programs alone:
# what stands in texts is not to be looked for there.
alone if {
	input.dossier.kind.value == "architecture"
	not input.dossier.complete.value
	count(input.documents) > 0
	every document in input.documents { not document.format in _texts }
}

_texts := {"asciidoc", "csv", "docx", "eml", "html", "markdown", "ods", "odt", "pdf", "rst", "rtf", "text", "xlsx"}

# asked_of_texts are the criteria that no drawing and no file for programs answers, with
# those that these files might have answered and did not.
asked_of_texts := sort([criterion | some criterion in (({"EX-02", "EX-03", "EX-08", "LI-08"} | _unanswered) - texts.told)])

_unanswered contains "IF-06" if not formats_told

_unanswered contains "IF-01" if exchange_untold

# Which models were compared, and what they were trained with, files do not tell.
_unanswered contains "AI-02" if ai.known

_unanswered contains "AI-05" if {
	some model in ai.models
	not model.parts.data == "open"
}

_unanswered contains "LI-02" if {
	not solution.startable
	not solution.in_own_data_centre
	count(solution.concentrated) == 0
}

# formats_told says that interfaces tell open formats of data.
formats_told if {
	some offered in input.interfaces
	some format in offered.formats
	regex.match(`(?i)(^|[^a-z])(json|geojson|xml|csv|opendocument)([^a-z]|$)`, format)
}

# exchange_untold says that files for operation show nothing but what runs beside each
# other: other systems, and how data are exchanged with them, such files need not name.
exchange_untold if {
	alone
	every document in input.documents { document.format in _operating }
	((count(solution.open) + count(solution.closed)) + count(solution.untold)) + count(solution.specifications) == 0
}

_operating := {"compose", "cyclonedx", "dockerfile", "helm", "kubernetes", "kustomize", "llmconfig", "packages", "spdx", "terraform"}
