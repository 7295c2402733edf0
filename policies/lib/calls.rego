# METADATA
# title: Calls
# description: What the protocol or the name of an edge tells of how one component calls another.
# scope: package
package policies.lib.calls

# names_hosts says that an edge only asks under which name something is reached.
names_hosts(edge) if object.get(edge, "term", "") == "dns"

# over_http says that an edge is a call over HTTP, by its protocol or by how it is written.
over_http(edge) if object.get(edge, "term", "") in {"http_standard", "http3"}

over_http(edge) if {
	some written in [object.get(edge, "protocol", ""), object.get(edge, "standard", ""), object.get(edge, "name", "")]
	regex.match(`(?i)\brest([- ]?(ful|apis?|/.*))?\b|^(get|post|put|patch|delete) /|^https?\b`, written)
}
