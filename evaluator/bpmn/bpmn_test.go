package bpmn

import (
	"context"
	"reflect"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/readertest"
)

const process = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0">
  <bpmn:collaboration id="c"><bpmn:participant id="p" name="Bürgeramt" processRef="antrag"/></bpmn:collaboration>
  <bpmn:process id="antrag" name="Antrag bearbeiten" isExecutable="true">
    <bpmn:serviceTask id="t" name="Register abfragen"
        camunda:topic="register-abfrage">
      <bpmn:extensionElements>
        <camunda:connector><camunda:inputOutput><camunda:inputParameter name="url">https://register.example</camunda:inputParameter></camunda:inputOutput></camunda:connector>
      </bpmn:extensionElements>
    </bpmn:serviceTask>
    <bpmn:dataStoreReference id="r1" name="Melderegister" dataStoreRef="ds"/>
    <bpmn:dataStoreReference id="r2" name="Melderegister" dataStoreRef="ds"/>
    <bpmn:dataStoreReference id="r3"/>
  </bpmn:process>
  <bpmn:process id="frei" name="Bescheid"><bpmn:userTask id="u" name="prüfen"/></bpmn:process>
  <bpmn:dataStore id="ds" name="Register"/>
</bpmn:definitions>
`

func TestRead(t *testing.T) {
	text, err := Read(context.Background(), []byte(process))
	if err != nil {
		t.Fatal(err)
	}
	at := func(line int, quote string) austauschbar.Evidence {
		return austauschbar.Evidence{Line: line, Quote: quote}
	}
	want := &austauschbar.Architecture{
		Components: []austauschbar.Component{{ID: "ds", Name: "Melderegister", Kind: "database", Evidence: []austauschbar.Evidence{at(12, "Melderegister")}}},
		Resources: []austauschbar.Resource{
			{ID: "antrag", Type: "bpmn.process", Name: "Antrag bearbeiten", Provider: "camunda", Evidence: at(5, "Antrag bearbeiten")},
			{ID: "frei", Type: "bpmn.process", Name: "Bescheid", Evidence: at(16, "Bescheid")},
		},
		Settings: []austauschbar.Setting{
			{Name: "serviceTask.topic", Value: "register-abfrage", Evidence: at(6, "")},
			{Name: "inputParameter.url", Value: "https://register.example", Evidence: at(9, "")},
		},
	}
	if !reflect.DeepEqual(text.Architecture, want) {
		t.Errorf("got\n%+v\nwant\n%+v", text.Architecture, want)
	}
}

func TestReadEngines(t *testing.T) {
	for name, test := range map[string]struct{ source, want string }{
		"declared, not used": {`<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"><process id="p"/></definitions>`, ""},
		"of the whole file":  {`<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:m="http://camunda.org/schema/modeler/1.0" m:executionPlatform="Camunda Cloud"><process id="p"/></definitions>`, "camunda"},
		"elements of two": {`<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:z="http://camunda.org/schema/zeebe/1.0" xmlns:f="http://flowable.org/bpmn"><process id="p"><serviceTask id="t" f:class="x"><z:taskDefinition type="y"/></serviceTask></process></definitions>`,
			"flowable, zeebe"},
		"decision": {`<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:c="http://camunda.org/schema/1.0/dmn"><decision id="d" name="Höhe" c:historyTimeToLive="1"/></definitions>`, "camunda"},
	} {
		t.Run(name, func(t *testing.T) {
			text, err := Read(context.Background(), []byte(test.source))
			if err != nil || len(text.Architecture.Resources) != 1 {
				t.Fatalf("%+v, error %v", text.Architecture, err)
			}
			if got := text.Architecture.Resources[0].Provider; got != test.want {
				t.Errorf("provider %q, want %q", got, test.want)
			}
		})
	}
}

func TestReadRefuses(t *testing.T) {
	readertest.Refuses(t, Read, `<definitions xmlns="http://schemas.xmlsoap.org/wsdl/"/>`, "unknown_content")
	readertest.Refuses(t, Read, "<definitions", "damaged")
	readertest.Refuses(t, Read, `<!DOCTYPE x [<!ENTITY a "b">]><definitions/>`, "damaged")
	open := `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">`
	readertest.Refuses(t, Read, open+strings.Repeat("<a>", 300), "too_large")
	readertest.Refuses(t, Read, open+strings.Repeat("<a/>", 100_001)+"</definitions>", "too_large")
}

func FuzzRead(f *testing.F) {
	f.Add(process)
	f.Add(`<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"><decision id="d"/><decision id="d"/><dataStore name="x" id="y"/></definitions>`)
	f.Fuzz(func(t *testing.T, source string) { readertest.SoundGraph(t, Read, []byte(source)) })
}
