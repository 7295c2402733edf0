package policies.criteria.interfaces.open_formats_test

import data.policies.criteria.interfaces.open_formats
import data.policies.lib.fake
import data.policies.lib.fake_graph
import data.policies.lib.fake_values

test_met_where_open_formats_are_demanded if {
	facts := fake.topic("open_formats", ["met"])
	open_formats.rating == "met" with input as facts
	count(open_formats.findings) == 0 with input as facts
	count(open_formats.evidence) == 1 with input as facts
}

test_met_where_proprietary_formats_are_ruled_out if {
	open_formats.rating == "met" with input as fake.topic("proprietary_format", ["met"])
}

test_office_files_beside_open_formats_do_no_harm if {
	facts := fake.topics({"open_formats": [fake.hit(1, "met")], "proprietary_format": [fake.hit(2, "weak")]})
	open_formats.rating == "met" with input as facts
}

test_formats_of_one_vendor_alone_are_asked_about if {
	facts := fake.topic("proprietary_format", ["weak"])
	not open_formats.rating with input as facts
	fake.codes(open_formats.findings) == {"office_only"} with input as facts
	format := {"mentions": {"format": [fake.mention("odf", {"open": true, "tags": ["document"]})]}}
	kept := {"topics": {"documents_kept": [fake.hit(1, "met")]}}
	fake.codes(open_formats.findings) == {"mentioned"} with input as object.union_n([facts, format, kept])
	in_bids := object.union(facts, {"documents": [
		{"path": "a.md", "format": "markdown", "role": "price_sheet", "source": "declared", "clauses": 1},
		{"path": "b.md", "format": "markdown", "role": "specification", "source": "declared", "clauses": 1},
	]})
	count(open_formats.findings) == 0 with input as in_bids
	every heading in ["Deadlines and response formats", "6.2 Price", "Angebotsabgabe"] {
		section := object.union(facts, {"clauses": {"1.0.1": {"headings": [heading]}}})
		count(open_formats.findings) == 0 with input as section
	}
	count(open_formats.findings) == 0 with input as fake.topic_as("proprietary_format", ["weak"], {"role": "procedure"})
	deliverables := object.union(facts, {"clauses": {"1.0.1": {"headings": ["Deliverables"]}}})
	fake.codes(open_formats.findings) == {"office_only"} with input as deliverables
}

# EX-03 asks for the format where the text leaves it open.
test_silent_where_the_format_of_the_export_is_asked_for if {
	facts := fake.topic("export_format_undecided", ["risk"])
	not open_formats.rating with input as facts
	count(open_formats.findings) == 0 with input as facts
}

test_partly_where_open_formats_are_an_extra if {
	facts := fake.topic("open_formats", ["weak"])
	open_formats.rating == "partly" with input as facts
	fake.codes(open_formats.findings) == {"weak"} with input as facts
}

test_partly_where_open_formats_are_a_choice if {
	facts := fake.topic_as("open_formats", ["met"], {"modality": "may"})
	open_formats.rating == "partly" with input as facts
	fake.codes(open_formats.findings) == {"weak"} with input as facts
}

test_met_where_the_buyer_may_export_in_open_formats if {
	facts := fake.topics({
		"open_formats": [object.union(fake.hit(1, "met"), {"modality": "may"})],
		"export_format": [object.union(fake.hit(1, "met"), {"modality": "may"})],
	})
	open_formats.rating == "met" with input as facts
	count(open_formats.findings) == 0 with input as facts
}

test_partly_where_the_dossier_contradicts_itself if {
	facts := fake.topics({"open_formats": [fake.hit(1, "met")], "proprietary_format": [fake.hit(2, "risk")]})
	open_formats.rating == "partly" with input as facts
	fake.codes(open_formats.findings) == {"risk"} with input as facts
}

_exchanged(topic, changes) := object.union(fake.topics({topic: [fake.hit(1, "met")], "documents_kept": [fake.hit(7, "met")]}), {"mentions": {"format": [
	fake.mention("json", object.union({"name": "JSON", "open": true}, changes)),
	fake.mention("csv", object.union({"name": "CSV", "open": true}, changes)),
]}})

test_partly_where_open_formats_serve_exchange_only if {
	every topic in ["data_export", "interface_required", "data_retrieval", "data_migration_in"] {
		facts := _exchanged(topic, {})
		open_formats.rating == "partly" with input as facts
		count(open_formats.findings) == 1 with input as facts
		{finding.code | some finding in open_formats.findings} == {"exchange_only"} with input as facts
		{finding.args | some finding in open_formats.findings} == {{"formats": ["CSV", "JSON"]}} with input as facts
	}
}

# Import, feeds for readers, proofs for auditors: the formats are named, nothing is kept in them.
test_partly_where_open_formats_are_only_taken_in if {
	facts := object.union(fake.topic("open_formats", ["weak"]), {"mentions": {"format": [fake.mention("csv", {"name": "CSV", "open": true, "clause": "1.0.1"})]}})
	open_formats.rating == "partly" with input as facts
	count(open_formats.findings) == 0 with input as facts
	complete := object.union(facts, {"dossier": {"complete": fake.declared(true)}})
	fake.codes(open_formats.findings) == {"exchange_only"} with input as complete
	kept := object.union(facts, {"topics": object.union(facts.topics, {"documents_kept": [fake.hit(3, "met")]})})
	fake.codes(open_formats.findings) == {"exchange_only"} with input as kept
}

# An import beside an export whose format is left open is not asked about as well.
test_one_question_on_what_is_taken_in_and_out if {
	taken := _exchanged("data_export", {}).mentions
	facts := object.union(fake.topics({"data_export": [fake.hit(1, "met")], "documents_kept": [fake.hit(7, "met")], "open_formats": [fake.hit(2, "weak")]}), {"mentions": taken})
	fake.codes(open_formats.findings) == {"weak"} with input as facts
}

test_one_finding_for_a_document if {
	facts := object.union(
		fake.topics({"data_export": [fake.hit(1, "met"), fake.hit(2, "met")], "documents_kept": [fake.hit(7, "met")]}),
		{"mentions": {"format": [
			fake.mention("json", {"name": "JSON", "open": true}),
			fake.mention("csv", {"name": "CSV", "open": true, "clause": "1.2.1", "evidence": fake.evidence(2)}),
		]}},
	)
	{finding.args.formats | some finding in open_formats.findings} == {["CSV", "JSON"]} with input as facts
	{finding.evidence | some finding in open_formats.findings} == {fake.evidence(1)} with input as facts
}

# Traps 1, 4 and 8: a format's name alone says nothing.
test_other_mentions_do_not_count if {
	every changes in [{"open": false}, {"negated": true}, {"role": "example"}, {"term": "pdf"}, {"clause": "1.9.1"}] {
		facts := _exchanged("data_export", changes)
		not open_formats.rating with input as facts
	}
}

test_missed_with_vendor_formats_only if {
	facts := fake.topic("proprietary_format", ["risk"])
	open_formats.rating == "not_met" with input as facts
	fake.codes(open_formats.findings) == {"risk"} with input as facts
	count(open_formats.evidence) == 1 with input as facts
}

# Trap 3: "unterstützt keine offenen Formate".
test_missed_where_open_formats_are_ruled_out if {
	open_formats.rating == "not_met" with input as fake.topic("open_formats", ["risk"])
}

test_formats_of_bids_do_not_count if {
	every role in ["price_sheet", "notice", "criteria"] {
		every said in [{"open_formats": [fake.hit(1, "met"), fake.hit(2, "weak")]}, {"proprietary_format": [fake.hit(1, "risk")]}] {
			facts := object.union(fake.topics(said), {"documents": [{"path": "a.md", "format": "markdown", "role": role, "source": "declared", "clauses": 1}]})
			not open_formats.rating with input as facts
		}
	}
}

# In which format data go out, EX-03 and IF-01 ask.
test_silent_is_asked_for_where_documents_are_kept if {
	not open_formats.rating with input as fake.facts
	count(open_formats.findings) == 0 with input as fake.facts
	kept := fake.topic("documents_kept", ["met", "met"])
	not open_formats.rating with input as kept
	[[found.code, found.evidence, found.args, found.certainty] | some found in open_formats.findings] == [["kept", fake.evidence(0), {"count": 2, "places": ["a.md, line 0", "a.md, line 1"]}, "unsure"]] with input as kept
	count(open_formats.findings) == 0 with input as fake.topic_as("documents_kept", ["met"], {"role": "existing_estate"})
}

test_silent_is_missing_in_a_complete_dossier if {
	named := object.union(fake.mentions({"format": [fake.mention("json", {"open": true, "tags": ["data"]})]}), {"dossier": {"complete": fake.declared(true)}})
	fake.codes(open_formats.findings) == {"mentioned"} with input as named
	facts := object.union(fake.topic("documents_kept", ["met"]), {"dossier": {"complete": fake.declared(true)}})
	fake.codes(open_formats.findings) == {"missing"} with input as facts
}

test_half_hearted_wording_is_told_once_for_a_document if {
	facts := fake.topic("open_formats", ["weak", "weak"])
	{finding.evidence | some finding in open_formats.findings} == {fake.evidence(0)} with input as facts
}

test_formats_that_are_only_named_are_asked_about_where_documents_are_kept if {
	facts := _kept({"format": [
		fake.mention("jpeg", {"name": "JPEG", "open": true, "tags": ["image_media"], "evidence": fake.evidence(3)}),
		fake.mention("json", {"name": "JSON", "open": true, "tags": ["data"]}),
		fake.mention("odt", {"name": "ODT", "open": true, "tags": ["document"], "evidence": fake.evidence(2)}),
		fake.mention("pdf", {"name": "PDF", "open": true, "tags": ["document"]}),
		fake.mention("css", {"name": "CSS", "open": true, "tags": ["document"], "clause": "1.5.1"}),
	]})
	not open_formats.rating with input as facts
	[[found.code, found.evidence, found.args] | some found in open_formats.findings] == [["mentioned", fake.evidence(1), {"formats": ["JSON", "ODT"]}]] with input as facts
}

# "News feeds are provided via RSS." tells nothing of what is kept.
test_news_for_readers_say_nothing if {
	facts := fake.topic("news_feed", ["weak", "weak"])
	not open_formats.rating with input as facts
	count(open_formats.findings) == 0 with input as facts
	open_formats.rating == "met" with input as object.union(facts, {"topics": {"open_formats": [fake.hit(4, "met")]}})
}

# The solution.
_register := fake_graph.component("register", {"external": true})

_exchange(formats) := fake_graph.drawn([fake_graph.custom("app", {}), _register], [fake_graph.edge("app", "register", {"formats": formats})])

test_graph_missed_where_only_a_firms_format_is_exchanged if {
	facts := _exchange(["application/vnd.ms-excel"])
	open_formats.rating == "not_met" with input as facts
	{finding.args.names | some finding in open_formats.findings} == {["application/vnd.ms-excel"]} with input as facts
	open_formats.evidence == {fake_graph.place("app-register")} with input as facts
}

test_graph_partly_where_an_open_one_is_there_too if {
	open_formats.rating == "partly" with input as _exchange(["application/msword", "application/vnd.oasis.opendocument.text"])
}

# JSON between programs says nothing of documents.
test_graph_silent_on_other_formats if {
	not open_formats.rating with input as _exchange(["application/json", "image/png"])
}

# What a description says of one interface.
test_one_exchange_in_an_architecture_is_asked_about if {
	facts := object.union(_exchanged("data_export", {}), {"dossier": {"kind": fake.declared("architecture")}})
	fake_values.unsure(open_formats.findings) == {"exchange_only"} with input as facts
	fake_values.unsure(open_formats.findings) == set() with input as _exchanged("data_export", {})
}

# What stands in texts is asked once for all of it; see EX-02.
test_drawings_alone_are_not_asked_for_formats if {
	facts := object.union(fake.dossier({"kind": fake.declared("architecture")}), {"documents": [{"path": "a", "format": "compose", "role": "architecture", "source": "inferred", "clauses": 0}]})
	count(open_formats.findings) == 0 with input as facts
}

# An archive says nothing of what is in it.
test_an_archive_is_no_format_of_data if {
	facts := _kept({"format": [fake.mention("zip", {"name": "ZIP", "open": true, "tags": ["data"]})]})
	fake.codes(open_formats.findings) == {"kept"} with input as facts
}

test_graph_with_open_formats_is_not_asked_for_them if {
	drawn := fake_graph.drawn([fake_graph.custom("a", {}), fake_graph.custom("b", {})], [fake_graph.edge("a", "b", {"formats": ["application/json"]})])
	architecture := object.union(drawn, {"dossier": {"kind": fake.declared("architecture")}})
	not open_formats.rating with input as architecture
	count(open_formats.findings) == 0 with input as architecture
	fake.codes(open_formats.findings) == {"missing"} with input as object.union(drawn, {"dossier": {"complete": fake.declared(true)}})
}

_kept(mentions) := object.union(fake.topics({"documents_kept": [fake.hit(1, "met")]}), {"mentions": mentions})

# "zusätzlich" and "may" are said as such; a format that is only named is something else.
test_an_addition_is_told_from_a_name if {
	[found.args.addition | some found in open_formats.findings] == [false] with input as fake.topic("open_formats", ["weak"])
	[found.args.addition | some found in open_formats.findings] == [true] with input as fake.topic_as("open_formats", ["weak"], {"modality": "may"})
	added := fake.topic_as("open_formats", ["weak"], {"evidence": object.union(fake.evidence(1), {"quote": "Zusätzlich wird ein offenes Format angeboten."})})
	[found.args.addition | some found in open_formats.findings] == [true] with input as added
}
