# METADATA
# title: Machine-readable specification
# description: Every interface comes with a specification that programs can read, such as OpenAPI, AsyncAPI, WSDL, XSD or a GraphQL schema.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://www.gesetze-im-internet.de/ozg/__6.html
#     description: "§ 6 Abs. 4 OZG, Spezifikationen und Dokumentation der Schnittstellen von IT-Komponenten sollen veröffentlicht werden"
#   - ref: https://github.com/od-ms/datennutzungsklauseln-muster
#     description: "Musterklauseln zur Datennutzung der Städte Bonn und Münster (CC BY 4.0)"
# custom:
#   id: IF-02
#   kind: B
#   weight: 7
#   stage: stable
#   owner: policy owners
package policies.criteria.interfaces.machine_readable_specification

import data.policies.criteria.interfaces.open_standards
import data.policies.lib.interface
import data.policies.lib.passage
import data.policies.lib.rate
import data.policies.lib.result
import data.policies.lib.solution
import data.policies.lib.statement
import data.policies.lib.topic

# Undefined where no specification is spoken of: not evidenced, never a pass.
# The worse of what text and graph show; where one is silent, the other counts.
rating := rate.worst(_ratings)

_ratings contains _told

_ratings contains _drawn

_told := "partly" if {
	_announced
} else := rate.topic(_hits)

# That a text on an architecture says so is no file yet.
_announced if {
	rate.topic(_hits) == "met"
	input.dossier.kind.value == "architecture"
	count(solution.specifications) == 0
}

findings contains result.unsure(rego.metadata.chain(), "file", [hit.evidence | some hit in topic.met(_hits)][0], {}) if {
	_announced
	count(_offering) == 0
}

# A specification that is not here may be elsewhere: with none at all, nothing is shown.
_drawn := "met" if {
	count(solution.specifications) > 0
	count(_unspecified) == 0
} else := "partly" if {
	count(solution.specifications) > 0
}

evidence contains solution.place(specification) if some specification in solution.specifications

# Components built for this solution that others call, without a specification. Those of
# ready-made products are published with them.
_unspecified := [component |
	some component in solution.custom
	component.id in _called
	not component.id in solution.specified
	not solution.screen(component)
	not _ready_made(component)
	not _discovered(component)
]

# OpenID Connect has a server describe itself at a place of its own.
_discovered(component) if {
	regex.match(`(?i)auth|identity|login|oidc|openid|sign[- ]?(in|on)|token`, component.name)
	some other in solution.custom
	_beside(component, other)
	regex.match(`(?i)(openid|oidc|oauth).*(well-?known|configuration|discovery)`, other.name)
}

_beside(component, other) if other.id == component.id

_beside(component, other) if other.within == component.within

# An image built anew of a product that is bought or found ("opensearch-node", with
# extensions) still speaks as the product does.
_ready_made(component) if regex.match(
	`^(opensearch|elasticsearch|solr|postgres|postgresql|mysql|mariadb|mongo|mongodb|redis|valkey|memcached|rabbitmq|kafka|zookeeper|keycloak|nginx|traefik|caddy|haproxy|minio|clamav|grafana|prometheus|kibana|logstash|fluentd|jaeger|vault|varnish|geoserver|fuseki|mailhog)([._-]?(node|server|db|database|master|data|cluster|broker|service|[0-9]+))*$`,
	lower(component.name),
)

_called := {edge.to | some edge in solution.edges; edge.kind in {"api", "events"}}

# Which component a specification describes, its file may leave open.
_unassigned if {
	some specification in solution.specifications
	not specification.to
}

_certain if {
	count(solution.specifications) > 0
	not _unassigned
}

# The parts of an application offer one interface, its own: it is asked about once.
_offering := [solution.own[id] | some id in {_outermost(component).id | some component in _unspecified}]

_outermost(component) := outer if {
	outer := solution.own[component.within]
	outer.custom
	outer.kind == component.kind
} else := component

findings contains result.finding(rego.metadata.chain(), "unspecified", solution.place(_offering[0]), solution.listed(_offering)) if {
	count(_offering) > 0
	_certain
}

findings contains result.unsure(rego.metadata.chain(), "unspecified", solution.place(_offering[0]), solution.listed(_offering)) if {
	count(_offering) > 0
	not _certain
	not _told
}

evidence contains hit.evidence if some hit in topic.binding(_hits)

# What the authority tells of another system's interface is no deliverable.
_hits := [_graded(hit) | some hit in interface.owed(input.topics.interface_specification); not _follows_a_standard(hit)]

# "OpenAPI (optional)", "B. Documentation (to come)": what may come is not promised.
_graded(hit) := object.union(hit, {"polarity": "weak", "optional": true}) if {
	hit.polarity == "met"
	hit.modality != "must"
	some words in [hit.evidence.quote, object.get(hit.evidence, "section", "")]
	regex.match(`(?i)\b(optional(ly)?|geplant|planned|perspektivisch|tbd|nice[- ]to[- ]have)\b|\((kommt|folgt|später|coming soon|to come|to follow|later)\)`, words)
} else := hit

# "All API specifications" are those of the standard for interfaces that the same paragraph
# of a text on an architecture names: whoever publishes that publishes them.
_follows_a_standard(hit) if {
	hit.polarity == "weak"
	input.dossier.kind.value == "architecture"
	some mention in input.mentions.standard
	mention.open
	not mention.negated
	"api" in mention.tags
	statement.paragraph(mention.clause) == statement.paragraph(hit.clause)
}

# Whether anything is exchanged at all, IF-01 asks; in a complete dossier silence counts.
findings contains result.missing(rego.metadata.chain()) if {
	not rating
	not interface.delivered[0]
	not interface.endpoints[0]
	input.dossier.complete.value
}

# Where IF-01 asks about the interface, it asks for this as well.
findings contains passage.missing_at(rego.metadata.chain(), interface.delivered[0].evidence) if {
	not rating
	"IF-02" in interface.unsettled
	not interface.delivered[0].clause in open_standards.asked
}

# So it does of an interface whose calls are listed: the list is for readers only.
findings contains passage.missing_at(rego.metadata.chain(), interface.endpoints[0].evidence) if {
	not rating
	not interface.delivered[0]
}

findings contains result.finding(rego.metadata.chain(), "weak", hit.evidence, {}) if {
	_told == "partly"
	some hit in topic.half_hearted(_hits)
}

findings contains result.finding(rego.metadata.chain(), "optional", hit.evidence, {}) if {
	_told == "partly"
	some hit in topic.options(_hits)
}

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if some hit in topic.risk(_hits)
