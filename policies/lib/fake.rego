# METADATA
# title: Made-up facts
# description: Builds the facts that tests need, and reads findings.
package policies.lib.fake

# facts of a dossier in which nothing was recognised.
facts := {
	"dossier": {},
	"today": "2026-11-23",
	"documents": [{"path": "a.md", "format": "markdown", "role": "specification", "source": "declared", "clauses": 1}],
	"gaps": [],
	"clauses": {},
	"topics": {},
	"mentions": {},
	"durations": [],
	"amounts": [],
	"percentages": [],
	"dates": [],
	"award_criteria": [],
	"terms": [],
	"templates": [],
	"attachments": [],
	"contradictions": [],
	"notice": [],
	"waivers": [],
	"repositories": [],
	"components": [],
	"interfaces": [],
	"models": [],
	"packages": [],
	"resources": [],
	"environments": [],
}

# papers are facts of a dossier that holds its contract beside the description.
papers := object.union(facts, {"documents": array.concat(facts.documents, [{"path": "b.md", "format": "markdown", "role": "contract", "source": "declared", "clauses": 1}])})

# award_papers are facts of a dossier that holds its award criteria beside these.
award_papers := object.union(papers, {"documents": array.concat(papers.documents, [{"path": "c.md", "format": "markdown", "role": "criteria", "source": "declared", "clauses": 1}])})

# read_as are facts of a dossier with one document of each of these roles.
read_as(roles) := object.union(facts, {"documents": [
{"path": sprintf("%d.md", [i]), "format": "markdown", "role": role, "source": "inferred", "clauses": 1} |
	some i, role in roles
]})

# general_terms are facts of a dossier that holds nothing but terms that go into many contracts.
general_terms := object.union(facts, {"documents": [{"path": "b.md", "format": "markdown", "role": "contract", "source": "inferred", "clauses": 9, "general": true}]})

# attachment is a paper that a document names and that was not here.
attachment(name, about) := {"name": name, "about": about, "present": false, "evidence": evidence(9)}

# inferred is a value that the documents tell.
inferred(value) := {"value": value, "source": "inferred"}

# topic gives facts with one hit of each polarity for a topic.
topic(id, polarities) := topic_as(id, polarities, {})

# topic_as does the same, with other values for the hits' keys.
topic_as(id, polarities, changes) := topics({id: [object.union(hit(i, polarity), changes) | some i, polarity in polarities]})

# option gives facts with one hit of a topic that leaves it to the supplier.
option(id) := topic_as(id, ["weak"], {"modality": "may", "optional": true})

# topic_in adds hits of a topic to facts.
topic_in(known, id, polarities) := object.union(known, {"topics": {id: [hit(i, polarity) | some i, polarity in polarities]}})

# topics gives facts with hits by topic: {"data_export": [fake.hit(1, "met")]}.
topics(hits) := object.union(facts, {"topics": hits})

# hit is a hit in clause number n, which demands.
hit(n, polarity) := {
	"clause": sprintf("1.%d.1", [n]),
	"polarity": polarity,
	"kind": "",
	"modality": "must",
	"role": "requirement",
	"evidence": evidence(n),
}

# evidence is a place in line n.
evidence(n) := {"path": "a.md", "line": n, "place": sprintf("a.md, line %d", [n]), "quote": sprintf("quote %d", [n])}

# mention is a name that is demanded, with other values for some keys.
mention(term, changes) := object.union(
	{
		"term": term,
		"name": term,
		"clause": "1.1.1",
		"equivalent": false,
		"yardstick": false,
		"open": false,
		"role": "requirement",
		"modality": "must",
		"negated": false,
		"evidence": evidence(1),
	},
	changes,
)

# template is one of the EVB-IT that line 1 takes in, with other values for some keys.
template(id, changes) := object.union(
	{
		"id": id,
		"name": id,
		"taken_in": true,
		"clause": "1.1.1",
		"evidence": evidence(1),
		"deviations": [],
	},
	changes,
)

# deviation is a clause in line n that sets a template's number aside.
deviation(n, number, topics) := {"number": number, "topics": topics, "clause": sprintf("1.%d.1", [n]), "evidence": evidence(n)}

# mentions gives facts with mentions by kind: {"product": [fake.mention("oracle", {})]}.
mentions(found) := object.union(facts, {"mentions": found})

# contract gives facts with a declared kind of contract.
contract(kind) := dossier({"contract": {"value": {"kind": kind}, "source": "declared"}})

# dossier gives facts with values of the manifest.
dossier(values) := object.union(facts, {"dossier": values})

# declared is a value of the manifest.
declared(value) := {"value": value, "source": "declared"}

# codes lists the codes of findings.
codes(findings) := {finding.code | some finding in findings}
