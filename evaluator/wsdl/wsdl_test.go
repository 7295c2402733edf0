package wsdl

import (
	"fmt"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar/evaluator/readertest"
)

func TestReadCorpus(t *testing.T) {
	readertest.Draws(t, Read, readertest.Corpus(t, "en_alaska_dhss_person_service.wsdl"), []string{
		`application "BizTalkServiceInstance" @500`,
		`"" -> "BizTalkServiceInstance" api "BizTalkServiceInstance" [SOAP 1.1] formats=application/xml security=basic operations=8 writes wsdl @500,501`,
		`setting of "BizTalkServiceInstance" server="https://esbtest.dhss.alaska.gov/MCIPersonService/PersonService.svc" @501`,
	})
}

// first is a description of WSDL 1.1 with two services.
const first = `<?xml version="1.0"?>
<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:s="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:t="http://schemas.xmlsoap.org/wsdl/soap12/"
  xmlns:h="http://schemas.xmlsoap.org/wsdl/http/" xmlns:sp="urn:policy" targetNamespace="urn:akte:2.1">
<types><schema xmlns="http://www.w3.org/2001/XMLSchema"><element name="service"/></schema></types>
<sp:Policy><sp:All><sp:UsernameToken/><sp:HttpsToken RequireClientCertificate="true"/></sp:All></sp:Policy>
<portType name="Akte"><operation name="getAkte"><documentation>Liefert <b/> eine Akte.</documentation></operation><operation name="findAkte"><documentation> </documentation></operation></portType>
<portType name="Pflege"><operation name="loescheAkte"/></portType>
<binding name="A" type="a:Akte"><s:binding/></binding>
<binding name="B" type="a:Akte"><t:binding/></binding>
<binding name="C" type="a:Pflege"><h:binding verb="POST"/></binding>
<service name="Auskunft">
  <port name="a" binding="a:A"><s:address location="https://me:x1@example.org/akte"/></port>
  <port name="b" binding="a:B"><t:address
     location="https://example.org/akte12"/></port>
</service>
<service name="Pflege"><port name="c" binding="a:C"><h:address location="net.tcp://example.org:808/p"/></port></service>
</definitions>`

func TestRead(t *testing.T) {
	for name, test := range map[string]struct {
		source string
		want   []string
	}{
		"two services": {first, []string{
			`application "Auskunft" @11`,
			`application "Pflege" @16`,
			`"" -> "Auskunft" api "Auskunft" [SOAP 1.2] formats=application/xml security=mutualTLS,usernameToken operations=2 wsdl described=1 versioned @11,12,14`,
			`"" -> "Pflege" api "Pflege" [net.tcp] formats=application/xml security=mutualTLS,usernameToken operations=1 writes wsdl versioned @16,16`,
			`setting of "Auskunft" server="https://example.org/akte" @12`,
			`setting of "Auskunft" server="https://example.org/akte12" @14`,
			`setting of "Pflege" server="net.tcp://example.org:808/p" @16`,
		}},
		"WSDL 2.0": {`<description xmlns="http://www.w3.org/ns/wsdl" xmlns:w="http://www.w3.org/ns/wsdl/soap" targetNamespace="http://example.org/a">
<documentation>Reservierung</documentation>
<interface name="I"><operation name="opReserve"/></interface>
<binding name="B" interface="t:I" type="http://www.w3.org/ns/wsdl/soap"/>
<service name="S" interface="t:I"><endpoint name="e" binding="t:B" address="http://example.org:8080/v2/a"/></service>
</description>`, []string{
			`application "S" @5`,
			`"" -> "S" api "S" [SOAP 1.2] formats=application/xml operations=1 wsdl versioned @5,5`,
			`setting of "S" server="http://example.org:8080/v2/a" @5`,
		}},
		"imported by others": {`<definitions xmlns="http://schemas.xmlsoap.org/wsdl/">
<portType name="P"><operation name="a"/></portType></definitions>`, []string{
			`"" -> "" api "P" formats=application/xml operations=1 wsdl @2`,
		}},
		"a schema": {"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<!-- für -->\n<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"\n  targetNamespace=\"http://example.org/person\"\n  version=\"2.3\">\n<xs:element/></xs:schema>", []string{
			`"" -> "" files "http://example.org/person" formats=application/xml xsd version=2.3 versioned @4`,
		}},
		"a schema without a namespace": {"<schema xmlns=\"http://www.w3.org/2001/XMLSchema\"/>", []string{
			`"" -> "" files formats=application/xml xsd @1`,
		}},
	} {
		t.Run(name, func(t *testing.T) { readertest.Draws(t, Read, []byte(test.source), test.want) })
	}
}

func TestVersioned(t *testing.T) {
	for address, want := range map[string]bool{
		"urn:akte:2.1": true,
		"http://example.org/schemas/person/2014-01":  true,
		"http://example.org/2014/01/person":          true,
		"http://example.org/basis/1_1":               true,
		"http://example.org/v3#":                     true,
		"https://example.org:8080/a":                 false,
		"https://example.org:80":                     false,
		"http://tempuri.org/":                        false,
		"http://example.org/iso20022/person":         false,
		"":                                           false,
		"urn:de:akte":                                false,
		"https://v1.example.org/services/person.svc": true,
	} {
		if got := versioned(address); got != want {
			t.Errorf("%s: %t", address, got)
		}
	}
}

func TestRefusals(t *testing.T) {
	for name, test := range map[string]struct{ source, code string }{
		"another root":      {"<a/>", "unknown_content"},
		"another namespace": {`<definitions xmlns="urn:a"/>`, "unknown_content"},
		"cut off":           {first[:900], "damaged"},
		"no XML":            {"a: b", "damaged"},
		"entities":          {`<!DOCTYPE a [<!ENTITY a "b">]><definitions xmlns="http://schemas.xmlsoap.org/wsdl/">&a;</definitions>`, "damaged"},
		"nested deeply":     {`<definitions xmlns="http://schemas.xmlsoap.org/wsdl/">` + strings.Repeat("<a>", 400), "too_large"},
	} {
		t.Run(name, func(t *testing.T) { readertest.Refuses(t, Read, test.source, test.code) })
	}
}

func TestCancelled(t *testing.T) { readertest.Cancels(t, Read, many(1_000)) }

func TestInTime(t *testing.T) { readertest.InTime(t, Read, many(15_000)) }

// many returns this many services with two ports each.
func many(services int) string {
	var source strings.Builder
	source.WriteString(`<definitions xmlns="http://schemas.xmlsoap.org/wsdl/"><portType name="P"/><binding name="B" type="P"/>`)
	for i := range services {
		fmt.Fprintf(&source, "<service name='s%d'><port binding='B' address='a%d'/><port binding='B'/></service>\n", i, i)
	}
	return source.String() + "</definitions>"
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{first, many(2), `<schema xmlns="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:a"/>`, `<description xmlns="http://www.w3.org/ns/wsdl"><service name="s" interface="i"/></description>`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) { readertest.SoundGraph(t, Read, data) })
}

// BenchmarkRead reads 1,000 small descriptions.
func BenchmarkRead(b *testing.B) {
	for b.Loop() {
		for range 1_000 {
			if _, err := Read(b.Context(), []byte(first)); err != nil {
				b.Fatal(err)
			}
		}
	}
}
