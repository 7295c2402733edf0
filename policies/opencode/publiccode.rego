# What the repository says of itself in publiccode.yml.
package policies.opencode

# METADATA
# title: publiccode.yml
# description: A file of exactly this name lies in the root folder.
# related_resources:
#   - ref: https://guide.opencode.de/en/softwareverzeichnis/publiccode.yml-anlegen
#     description: "openCode: publiccode.yml anlegen"
# custom:
#   id: OC-01
#   kind: condition
#   basis: published
conditions contains _condition(rego.metadata.rule(), rating, findings) if {
	findings := [finding | some finding in _publiccode_missing]
	rating := _there(findings)
}

_publiccode_there if input.publiccode

_publiccode_there if input.unreadable

_misnamed contains path if {
	some path in input.files
	regex.match(`(?i)^publiccode\.ya?ml$`, path)
	path != "publiccode.yml"
}

_publiccode_missing contains _finding_at("misnamed", _file(path), {"path": path}) if {
	not _publiccode_there
	some path in _misnamed
}

_publiccode_missing contains _finding("missing", {}) if {
	not _publiccode_there
	count(_misnamed) == 0
}

# METADATA
# title: publiccode.yml is valid
# description: >-
#   All mandatory keys are there, and values are of the kind that the standard asks
#   for. Which keys are mandatory differs a little by the standard's versions.
# related_resources:
#   - ref: https://yml.publiccode.tools/schema.core.html
#     description: "The publiccode.yml standard, core keys"
#   - ref: https://guide.opencode.de/en/softwareverzeichnis/publiccode.yml-anlegen
#     description: "openCode: only a valid file leads to an entry in the software directory"
# custom:
#   id: OC-02
#   kind: condition
#   basis: uncertain
conditions contains _condition(rego.metadata.rule(), _valid_rating, findings) if {
	findings := [finding | some finding in (_valid_faults | _valid_doubts)]
}

_valid_rating := "not_evidenced" if {
	not _publiccode_there
} else := "not_met" if {
	count(_valid_faults) > 0
} else := "partly" if {
	count(_valid_doubts) > 0
} else := "met"

_valid_faults contains _finding_at("unreadable", _file(input.unreadable.path), {"detail": input.unreadable.detail}) if input.unreadable

_valid_faults contains _finding_at("key_missing", _near(key), {"key": key}) if some key in _missing_keys

_valid_faults contains _finding_at("value", _near(key), {"key": key, "value": value, "allowed": sort(allowed)}) if {
	some key, value in _closed
	allowed := _allowed[key]
	not value in allowed
}

_valid_faults contains _finding_at("short_description", _near("description"), {"language": description.language, "length": description.short, "most": 150}) if {
	some description in input.publiccode.descriptions
	description.short > 150
}

_valid_faults contains _finding_at("long_description", _near("description"), {"language": description.language, "length": description.long, "least": 150, "most": 10000}) if {
	some description in input.publiccode.descriptions
	description.long > 0
	not _between(description.long, 150, 10000)
}

_valid_faults contains _finding_at("date", _near("releaseDate"), {"key": "releaseDate", "value": input.publiccode.release_date}) if {
	input.publiccode.release_date
	not _is_day(input.publiccode.release_date)
}

_valid_faults contains _finding_at("date", _near("maintenance.contractors"), {"key": "maintenance.contractors.until", "value": object.get(contractor, "until", "")}) if {
	some contractor in input.publiccode.maintenance.contractors
	not _is_day(object.get(contractor, "until", ""))
}

_valid_faults contains _finding_at("url", _near("url"), {"value": input.publiccode.url}) if {
	input.publiccode.url
	not regex.match(`^https?://[^/\s]+/\S+$`, input.publiccode.url)
}

# The standard asks for the day of the latest release once there is one; some programs
# that check the file ask for it always.
_valid_doubts contains _finding_at("release_date", _near("name"), {}) if {
	input.publiccode
	not input.publiccode.release_date
	not input.publiccode.software_version
}

_between(number, least, most) if {
	number >= least
	number <= most
}

_is_day(text) if {
	regex.match(`^\d{4}-\d{2}-\d{2}$`, text)
	time.parse_ns("2006-01-02", text)
}

# _near is the place of a key, else of the part that it belongs to, else of the file.
_near(key) := object.union(_file("publiccode.yml"), {"line": line}) if {
	line := [line |
		some part in [key, split(key, ".")[0]]
		line := input.publiccode.lines[part]
	][0]
} else := _file("publiccode.yml")

# Values of those keys that take a few words only.
_closed[key] := value if {
	some key, path in {
		"developmentStatus": ["development_status"],
		"softwareType": ["software_type"],
		"maintenance.type": ["maintenance", "type"],
	}
	value := object.get(input.publiccode, path, "")
	value != ""
}

_allowed := {
	"developmentStatus": {"concept", "development", "beta", "stable", "obsolete"},
	"softwareType": {
		"standalone/mobile", "standalone/iot", "standalone/desktop", "standalone/web", "standalone/backend", "standalone/other",
		"addon", "softwareAddon", "library", "configurationFiles",
	},
	"maintenance.type": {"internal", "contract", "community", "none"},
}

_texts := {
	"publiccodeYmlVersion": "version",
	"name": "name",
	"url": "url",
	"developmentStatus": "development_status",
	"softwareType": "software_type",
}

_missing_keys contains key if {
	some key, fact in _texts
	input.publiccode
	not input.publiccode[fact]
}

_missing_keys contains key if {
	some key in ["platforms", "categories"]
	count(input.publiccode[key]) == 0
}

_missing_keys contains "legal.license" if {
	input.publiccode
	not input.publiccode.licence
}

_missing_keys contains "releaseDate" if {
	input.publiccode.software_version
	not input.publiccode.release_date
}

_missing_keys contains "description" if count(input.publiccode.descriptions) == 0

_missing_keys contains sprintf("description.%s.shortDescription", [description.language]) if {
	some description in input.publiccode.descriptions
	description.short == 0
}

_missing_keys contains "description.longDescription" if {
	count(input.publiccode.descriptions) > 0
	every description in input.publiccode.descriptions {
		description.long == 0
	}
}

_missing_keys contains "description.features" if {
	count(input.publiccode.descriptions) > 0
	every description in input.publiccode.descriptions {
		description.features == 0
	}
}

_missing_keys contains "maintenance.type" if {
	input.publiccode
	not input.publiccode.maintenance.type
}

_missing_keys contains "maintenance.contacts" if {
	input.publiccode.maintenance.type in {"internal", "community"}
	count(input.publiccode.maintenance.contacts) == 0
}

_missing_keys contains "maintenance.contractors" if {
	input.publiccode.maintenance.type == "contract"
	count(input.publiccode.maintenance.contractors) == 0
}

_missing_keys contains "localisation.localisationReady" if {
	input.publiccode
	not _says_whether_ready
}

_missing_keys contains "localisation.availableLanguages" if count(input.publiccode.localisation.languages) == 0

_says_whether_ready if input.publiccode.localisation.ready in {true, false}

# METADATA
# title: Project on openCoDE
# description: The software directory lists public projects on gitlab.opencode.de; url leads to the project.
# related_resources:
#   - ref: https://open-code-guide-b6c70f.usercontent.opencode.de/softwareverzeichnis
#     description: "openCode: Aufnahme in das Softwareverzeichnis"
# custom:
#   id: OC-03
#   kind: condition
#   basis: published
conditions contains _condition(rego.metadata.rule(), _place_rating, findings) if {
	findings := [finding | some finding in _elsewhere]
}

_place_rating := "not_evidenced" if {
	not input.publiccode.url
} else := "partly" if {
	count(_elsewhere) > 0
} else := "met"

# The repository may yet be moved or mirrored: this is no fault of it.
_elsewhere contains _finding_at("elsewhere", _near("url"), {"url": input.publiccode.url}) if {
	input.publiccode.url
	not regex.match(`^https://gitlab\.opencode\.de/[^/]+/[^/]+`, input.publiccode.url)
}
