package evaluator

import "testing"

// A firm that publishes a solution by its publiccode.yml holds its parts too; an authority's own
// code is nobody's.
func TestHolder(t *testing.T) {
	const head = "publiccodeYmlVersion: '0.4'\nname: Seabird\nlegal:\n  license: EUPL-1.2\n"
	for name, test := range map[string]struct{ legal, want string }{
		"a firm":                     {"  mainCopyrightOwner: Seabird GmbH\n", "Seabird GmbH"},
		"a firm abroad":              {"  mainCopyrightOwner: Seabird Ltd.\n", "Seabird Ltd."},
		"an authority":               {"  mainCopyrightOwner: Stadt Beispielstadt\n", ""},
		"a word that ends like one":  {"  mainCopyrightOwner: Landtag\n", ""},
		"nobody":                     {"", ""},
		"who maintains it":           {"maintenance:\n  type: contract\n  contractors: [{name: Seabird AG, until: '2027-12-31'}]\n", "Seabird AG"},
		"who maintains a town's own": {"  mainCopyrightOwner: Stadt Beispielstadt\nmaintenance:\n  type: contract\n  contractors: [{name: Seabird AG}]\n", ""},
		"two that maintain it":       {"maintenance:\n  type: contract\n  contractors: [{name: Seabird AG}, {name: Gull AG}]\n", ""},
		"no contract":                {"maintenance:\n  type: community\n  contractors: [{name: Seabird AG}]\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			facts := factsOf(t, map[string]string{
				"publiccode.yml": head + test.legal,
				"compose.yaml":   "services:\n  portal: {build: .}\n  db: {image: \"postgres:16\"}\n",
			})
			for _, c := range facts.Components {
				want := test.want
				if c.Term != "" {
					want = "PostgreSQL Global Development Group"
				}
				if c.Vendor != want {
					t.Errorf("%s: vendor %q, want %q", c.Name, c.Vendor, want)
				}
			}
		})
	}
}

// A setting that chooses the version of FHIR tells what its component speaks, unless that only
// asks another server.
func TestExchangeByVersion(t *testing.T) {
	for name, test := range map[string]struct{ settings, want string }{
		"a server":                 {"server__fhirVersion: stu3", "FHIR"},
		"one that asks another":    {"FHIR_VERSION: r4\n      FHIR_BASE_URL: http://hapi:8080/fhir", ""},
		"a version of another one": {"API_VERSION: r4", ""},
		"no version of it":         {"FHIR_VERSION: latest", ""},
	} {
		t.Run(name, func(t *testing.T) {
			facts := factsOf(t, map[string]string{"compose.yaml": "services:\n  shop:\n    image: acme/shop:1\n    environment:\n      " + test.settings + "\n  hapi: {image: \"hapiproject/hapi:v7\"}\n"})
			got := ""
			for _, offered := range facts.Interfaces {
				if offered.To == "shop" {
					got = offered.Standard
				}
			}
			if got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// What an addition offers on request is not what a product is used over.
func TestOffersOnRequest(t *testing.T) {
	for sentence, on := range map[string]bool{
		"Jitsi's SIP component connects telephones.":                                     false,
		"The Jitsi SIP interface is what all devices use.":                               false,
		"Jitsi's SIP component serves callers if an external SIP server is provided.":    true,
		"The optional Jitsi SIP interface connects telephones.":                          true,
		"Die Jitsi-SIP-Schnittstelle dient Anrufen, sofern ein SIP-Trunk vorhanden ist.": true,
	} {
		if got := onRequest.MatchString(sentence); got != on {
			t.Errorf("%q: %t", sentence, got)
		}
	}
}
