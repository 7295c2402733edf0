# METADATA
# title: Leaving
# description: >-
#   Whether a component holds data, how these leave it as a whole, and what secures that it
#   can be left. That programs can call it says nothing of either.
# scope: package
# schemas:
#   - input: schema.facts
package policies.lock_in_map.leaving

import data.policies.lib.solution
import data.policies.lock_in_map.reach

default holds(_) := false

# holds says that a component keeps data, by what it is. Drawings show what watches the
# others as a store, too.
holds(component) if {
	component.kind in {"database", "storage", "search", "identity"}
	not "monitoring" in object.get(component, "tags", [])
	not passing(component)
}

holds(component) if {
	component.hosting == "service"
	component.kind in {"application", "system"}
}

# What people write and file is kept by what they do it with.
holds(component) if {
	component.kind in {"application", "other", "system"}
	some tag in object.get(component, "tags", [])
	tag in _contents
	not passing(component)
	not _edits_elsewhere(component)
	not _shows_elsewhere(component)
}

# So is what bears the name of it where nobody knows the product.
holds(component) if {
	not component.term
	not component.custom
	component.licence
	regex.match(`(?i)^((collaborative |shared )?(notes|files|documents|calendar|mail|wiki|drive)|notizen|dateien|kalender|dokumente)$`, component.name)
}

# A messenger's server beside it keeps what it shows.
_shows_elsewhere(component) if {
	_messenger(component)
	not _server(component)
	some other in solution.own
	_messenger(other)
	_server(other)
}

_messenger(component) if "messenger" in component.tags

_server(component) if {
	some interface in reach.offered[component.id]
	interface.term == "matrix_protocol"
}

# An editor that nothing but a store of files opens them with leaves them there.
_edits_elsewhere(component) if {
	reaching := object.get(reach.callers, component.id, set())
	count(reaching) == 1
	some store in reaching
	some tag in object.get(solution.own[store], "tags", [])
	tag in _contents
	some interface in input.interfaces
	interface.from == store
	interface.to == component.id
	regex.match(`(?i)(^|[^a-z])(edit(ing|or|s)?|bearbeite(n|t)|bearbeitung)([^a-z]|$)`, object.get(interface, "name", ""))
}

_contents := {
	"case_management", "cms", "collaboration", "council", "crm", "dms", "erp", "facility", "finance",
	"groupware", "hr", "itsm", "learning", "messenger", "participation", "procurement", "social_media",
}

# passing says that what goes through a component is elsewhere too.
passing(component) if component.kind in {"cache", "client", "gateway", "monitoring"}

# Mail that is on its way, and what looks at it.
passing(component) if {
	protocols := {interface.term | some interface in object.get(reach.offered, component.id, [])}
	"smtp" in protocols
	count(protocols & _reading) == 0
}

passing(component) if regex.match(`^(signing|scanning|filter|metasearch|coordination)`, object.get(component, ["function", "en"], ""))

# data_out lists how data leave a component.
data_out(component) := [{"way": way, "names": sort(names)} |
	some way in _ways(component)
	names := _leaves(way, component)
	count(names) > 0
]

# What passes on may yet hold how it is set up: dashboards.
_ways(component) := [] if {
	_shows_elsewhere(component)
} else := ["product"] if {
	passing(component)
} else := ["protocol", "format", "interface", "product"]

_leaves("protocol", component) := {reach.standard(interface) |
	some interface in object.get(reach.offered, component.id, [])
	interface.term in _reading
}

# Protocols over which all that is there can be read. Those for messages on their way, for
# signing on and for calls bring nothing out.
_reading := {
	"bolt", "caldav", "carddav", "clickhouse_protocol", "cmis", "cql", "fhir", "ftp", "ftps", "imap", "jdbc", "jmap",
	"kafka_protocol", "ldap", "matrix_protocol", "mongodb_protocol", "mysql_protocol", "nfs", "oai_pmh", "odata", "odbc", "ogc_api",
	"oracle_net", "postgresql_protocol", "s3_api", "scim", "sftp", "smb", "tds", "webdav", "wfs", "wfs_t",
}

# What an interface for calls answers in says nothing of whether all can be asked for.
_leaves("format", component) := {format_ |
	some interface in object.get(reach.offered, component.id, [])
	_gives_out(component, interface)
	some format_ in interface.formats
	_readable(format_)
}

_leaves("interface", component) := {object.get(interface, "name", interface.specification.path) |
	some interface in object.get(reach.offered, component.id, [])
	interface.specification
	_gives_out(component, interface)
}

# A description names an operation that gives out all, or what it describes is somebody's
# store.
_gives_out(_, interface) if interface.exports

_gives_out(component, _) if {
	holds(component)
	not component.custom
}

_leaves("product", component) := {name | some name in component.exports}

# Formats that anybody can read.
_readable(format) if regex.match(`(json|xml|csv|yaml|parquet|avro|calendar|vcard|opendocument)`, lower(format))

# exits lists what secures the way out of one component: a protocol that brings its data out
# or that others speak, an export of its own, an adapter between it and the rest.
exits(component) := array.flatten([
	[{"kind": "protocol", "evidence": evidence} |
		evidence := [interface.evidence[0] | some interface in reach.offered[component.id]; _secures(component, interface)][0]
	],
	[{"kind": "export", "evidence": component.evidence[0]} | some out in data_out(component); out.way == "product"],
	[{"kind": "adapter", "evidence": evidence} |
		reach.adapted(component.id)
		evidence := solution.own[min(reach.callers[component.id])].evidence[0]
	],
])

# What is built here is left with its sources, not over what it speaks.
_secures(component, interface) if {
	not component.custom
	interface.open
	not interface.term in _calling
	_brings_out(component, interface)
	reach.of_others(component, interface)
}

_calling := {"graphql", "grpc", "http3", "http_standard", "json_rpc", "soap", "tls", "websocket", "xml_rpc"}

_brings_out(component, _) if not holds(component)

_brings_out(_, interface) if interface.term in _reading
