# METADATA
# title: The kind of order and of solution
# description: >-
#   Which questions do not fit what is ordered: work on software that the buyer has, devices,
#   licences that are renewed, accounts that are sold on, programs without a server, prototypes.
# scope: package
# schemas:
#   - input: schema.facts
package policies.lib.kind

import data.policies.lib.topic

# own_software says that the order is work on software whose code the buyer has, and that
# nobody else runs it.
own_software if input.dossier.order.value == "own_software"

# charter is where the only paper tells that it sets up a committee; undefined where all papers
# are here.
charter := input.dossier.order.evidence[0] if {
	input.dossier.order.value == "charter"
	not input.dossier.complete.value
	count(input.documents) == 1
}

# resold is where the documents tell that accounts at a provider are bought through somebody
# who sells them on.
resold := input.dossier.order.evidence[0] if input.dossier.order.value == "resale"

# awarded says that the contractor is chosen already: how bids are weighed is past.
awarded if {
	input.dossier.order.value == "awarded"
	not input.dossier.complete.value
}

# granted says that nothing but a licence for good or free of charge is agreed: nobody bids,
# serves or is paid.
granted if input.dossier.order.value == "licence_grant"

# let says that only the terms were read on which standard software is sold or let: it runs
# where the buyer puts it.
let if input.dossier.order.value == "standard_software"

# maintained says that only the terms were read on which software is maintained: it runs at
# the buyer's, and whoever maintains it holds none of its data.
maintained if input.dossier.order.value == "software_upkeep"

# standard says that only terms on standard software were read: it is let, or what was got
# already is maintained.
standard if let

standard if maintained

# with_code says that the buyer has the code: it is made for it, or comes with a licence.
with_code if input.dossier.service_model.value == "custom"

with_code if {
	granted
	some _ in topic.met(input.topics.source_code)
}

# beside_the_point gives the reason why a criterion, by its id, does not apply whatever was
# found: what only the maker of a product shapes, and what tells bids on one product apart;
# how a service ends, where none is rendered.
beside_the_point[id] := "licences" if {
	sold_on
	some id in {"EX-01", "IF-01", "IF-07", "LI-08"}
}

beside_the_point[id] := "licence_grant" if {
	granted
	some id in {"EX-01", "NE-09", "CE-01", "CE-02", "CE-03", "CE-04", "CE-11", "LI-06"}
}

# on_files says that the solution works on the files of whoever starts it, or within another
# program or device, and keeps nothing of its own.
on_files if input.dossier.form.value in {"editor_extension", "command_line", "library", "embedded_software"}

# without_software says why an order leaves no software behind; undefined for all others.
without_software := "services" if {
	input.dossier.service_model.value == "services"
} else := "hardware" if {
	input.dossier.order.value == "hardware"
}

# nothing_chosen says that no solution is chosen that could be more or less exchangeable.
nothing_chosen if without_software

nothing_chosen if own_software

nothing_chosen if sold_on

# sold_on says that standard licences are ordered: whoever sells them shapes nothing of what
# they are for.
sold_on if input.dossier.order.value == "licences"

# ruled_out gives the reason why a criterion, by its id, does not apply where it found
# nothing: work of people and devices leave no software to take along, to connect or to
# operate, and of some solutions there are no data to take out.
ruled_out[id] := without_software if some id in _of_software

ruled_out[id] := _nothing_held if {
	not without_software
	not without_service
	id := "EX-03"
}

# What somebody else runs or keeps for the buyer is not the subject of such contracts.
ruled_out[id] := without_service if {
	not without_software
	some id in {"EX-02", "EX-03", "EX-05", "EX-07", "EX-09", "CE-04", "CE-05", "CE-09", "CE-10", "LI-02", "MC-06"}
	not _asked_of_terms(id)
}

# without_service says why a contract binds nobody to serve; undefined for all others.
without_service := "licence_grant" if {
	granted
} else := "standard_software" if {
	let
} else := "software_upkeep" if {
	maintained
}

# What is let or maintained may be deposited, moved and looked into.
_asked_of_terms(id) if {
	not granted
	id in {"CE-09", "EX-05", "MC-06"}
}

_of_software := {
	"EX-02", "EX-03", "EX-04", "EX-05", "EX-06", "EX-07", "EX-08", "EX-09",
	"IF-01", "IF-02", "IF-03", "IF-04", "IF-05", "IF-07", "IF-08", "IF-09",
	"LI-01", "LI-02", "LI-03", "LI-05", "LI-06", "LI-07", "LI-08", "LI-09",
	"CE-05", "CE-06", "CE-08", "CE-09",
	"MC-04", "MC-05", "MC-06", "MC-07", "MC-08",
}

_nothing_held := "own_software" if {
	own_software
} else := "keeps_no_data" if {
	on_files
} else := "keeps_no_data" if {
	input.dossier.form.value in {"static_site", "stateless"}
}

# unfit says of a criterion, by its id, that what documents do not say on it is not asked of
# such an order. Of a complete dossier everything is asked.
unfit(id) if {
	not input.dossier.complete.value
	id in _unfit
}

# What runs already has its place, its language, its neighbours and its users; what is left of the exit is
# the handover (CE-04), and no solution is chosen that could be more or less exchangeable.
_unfit contains id if {
	own_software
	some id in {"EX-01", "EX-02", "EX-05", "IF-01", "LI-03", "LI-09"}
}

# What runs in accounts that are sold on is the buyer's own; what is left of the exit is that
# the accounts go over, which EX-02 asks in words of its own.
_unfit contains id if {
	resold
	some id in {"EX-02", "EX-03", "EX-05", "IF-01", "LI-08", "LI-09"}
}

# Nobody runs such a program for its users, so that there is nobody to leave.
_unfit contains "EX-02" if input.dossier.form.value == "local_program"

# An app without a server shows what its buyer gives it, and keeps nothing of that buyer's.
_unfit contains id if {
	input.dossier.form.value == "mobile_app"
	some id in {"EX-02", "EX-03"}
}

# What it keeps in a file that many programs read, its users take along.
_unfit contains "EX-03" if {
	input.dossier.form.value == "local_program"
	some mention in input.mentions.product
	mention.term in {"duckdb", "sqlite"}
	not mention.negated
}

# What licences are for has its maker's terms, whoever sells them.
_unfit contains id if {
	sold_on
	some id in {"EX-02", "EX-03", "EX-05", "LI-09"}
}

# The rights in what is maintained were agreed on when it was got.
_unfit contains "CE-07" if maintained

# Whoever grants a licence gives what is there.
_unfit contains id if {
	granted
	some id in {"IF-01", "LI-08", "LI-09"}
}

# Devices that are bought are delivered once; what is leased goes back one day.
_unfit contains "CE-01" if {
	input.dossier.order.value == "hardware"
	every evidence in input.dossier.order.evidence {
		not regex.match(`(?i)leas|\bmiet|\brent`, evidence.quote)
	}
}

# Users of such programs see what these run in.
_unfit contains id if {
	on_files
	some id in {"EX-02", "EX-05", "IF-01", "LI-09"}
}

_unfit contains id if {
	input.dossier.form.value == "prototype"
	some id in {"EX-02", "EX-03", "EX-05", "IF-01"}
}

# What is still to be filled in has no data, neighbours and users to ask about.
_unfit contains id if {
	input.dossier.form.value == "blank"
	some id in {"EX-03", "IF-01", "LI-09"}
}

_unfit contains id if {
	awarded
	some id in {"EX-01", "NE-09"}
}

# Pages that hold nothing of their visitors exchange nothing.
_unfit contains "IF-01" if input.dossier.form.value == "static_site"
