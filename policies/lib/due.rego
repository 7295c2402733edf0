# METADATA
# title: What is due
# description: >-
#   Which points the documents at hand have to settle, since the contract is here or since
#   the deal calls for them. Of all others silence tells nothing, and nothing is asked.
# scope: package
# schemas:
#   - input: schema.facts
package policies.lib.due

import data.policies.lib.deal

# made says that somebody makes code for the buyer. Where nobody is spoken of who would be
# bound, its makers have it themselves.
made if {
	deal.commissioned
	_somebody_bound
}

# operated says that somebody else operates the solution.
operated if input.dossier.service_model.value in {"saas", "paas", "iaas"}

operated if {
	input.dossier.operator.value == "supplier"
	not input.dossier.service_model.value == "services"
}

# delivered says that software comes to the buyer: made for it, or to run on its machines.
delivered if made

delivered if {
	input.dossier.service_model.value == "on-prem"
	_somebody_bound
}

_somebody_bound if {
	object.get(input.dossier, ["award", "value"], true)
	object.get(input.dossier, ["kind", "value"], "tender") != "architecture"
}
