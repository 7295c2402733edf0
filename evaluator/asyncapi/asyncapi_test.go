package asyncapi

import (
	"fmt"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar/evaluator/readertest"
)

func TestReadCorpus(t *testing.T) {
	for name, want := range map[string][]string{
		"asyncapi_streetlights_kafka.yml": {
			`application "Streetlights Kafka API" @3`,
			`"" -> "Streetlights Kafka API" events "Streetlights Kafka API" [kafka-secure] formats=application/json security=mutualTLS,scramSha256 operations=4 writes asyncapi version=1.0.0 described=1 versioned licence="Apache 2.0" @3,12,27`,
			`setting of "Streetlights Kafka API" server="kafka-secure://test.mykafkacluster.org:18092" @12`,
			`setting of "Streetlights Kafka API" server="kafka-secure://test.mykafkacluster.org:28092" @27`,
		},
		"asyncapi_slack_rtm.yml": {
			`application "Slack Real Time Messaging API" @4`,
			`"" -> "Slack Real Time Messaging API" events "Slack Real Time Messaging API" [https] security=apiKey operations=2 writes asyncapi version=1.0.0 @4,8`,
			`setting of "Slack Real Time Messaging API" server="https://slack.com/api/rtm.connect" @8`,
		},
	} {
		t.Run(name, func(t *testing.T) { readertest.Draws(t, Read, readertest.Corpus(t, name), want) })
	}
}

func TestRead(t *testing.T) {
	for name, test := range map[string]struct {
		source string
		want   []string
	}{
		"version 2": {
			`asyncapi: 2.6.0
info: {title: a, version: 0.1.0, termsOfService: 'https://example.org/t'}
servers:
  one: {url: 'mqtt://me:x1@example.org:1883', protocol: mqtt}
  two: {url: example.org, protocol: Secure-MQTT}
  three: {url: 'amqps://q.example.org'}
channels:
  city/v2/lamp:
    publish: {summary: b, message: {contentType: application/json; charset=utf-8}}
    subscribe: {message: {oneOf: [{contentType: avro/binary}, {$ref: '#/components/messages/m'}]}}
  city/all: {$ref: '#/channels/city~1v2~1lamp'}
components:
  messages: {m: {contentType: text/plain}}
  securitySchemes: {a: {type: http, scheme: bearer}, b: {type: userPassword}}
`,
			[]string{
				`application "a" @2`,
				`"" -> "a" events "a" [mqtt] formats=application/json,avro/binary,text/plain security=bearer,userPassword operations=4 writes asyncapi version=0.1.0 described=2 versioned terms=https://example.org/t @2,4,5`,
				`"" -> "a" events "a" [amqps] formats=application/json,avro/binary,text/plain security=bearer,userPassword operations=4 writes asyncapi version=0.1.0 described=2 versioned terms=https://example.org/t @2,6`,
				`setting of "a" server="mqtt://example.org:1883" @4`,
				`setting of "a" server="secure-mqtt://example.org" @5`,
				`setting of "a" server="amqps://q.example.org" @6`,
			},
		},
		"version 3 in JSON, sent only": {
			`{"asyncapi": "3.0.0", "info": {"title": "a"},
"servers": {"ws": {"$ref": "#/components/servers/w"}, "far": {"$ref": "https://example.org/a.json"}},
"channels": {"c": {"address": "lamp", "messages": {"m": {"contentType": "application/json"}}}},
"operations": {"o": {"action": "send", "description": "b"}},
"components": {"servers": {"w":
 {"host": "example.org", "pathname": "/v1", "protocol": "wss"}}}}`,
			[]string{
				`application "a" @1`,
				`"" -> "a" events "a" [wss] formats=application/json operations=1 asyncapi described=1 versioned @1,6`,
				`setting of "a" server="wss://example.org/v1" @6`,
			},
		},
		"without servers and title": {
			"asyncapi: 3.0.0\n",
			[]string{`"" -> "" events asyncapi @1`},
		},
		"of another shape": {
			"asyncapi: 3.0.0\ninfo: a\nservers: [a]\nchannels: [a]\noperations: {a: b}\n",
			[]string{`"" -> "" events asyncapi @1`},
		},
	} {
		t.Run(name, func(t *testing.T) { readertest.Draws(t, Read, []byte(test.source), test.want) })
	}
}

func TestRefusals(t *testing.T) {
	for name, test := range map[string]struct{ source, code string }{
		"something else":        {"info: {title: a}\n", "unknown_content"},
		"nothing":               {"\n", "empty"},
		"damaged":               {"asyncapi: [", "damaged"},
		"nested deeply":         {"asyncapi: 3.0.0\nx: " + strings.Repeat("[", 400) + strings.Repeat("]", 400), "too_large"},
		"a channel used by all": {shared(3_000, 1_000), "too_large"},
	} {
		t.Run(name, func(t *testing.T) { readertest.Refuses(t, Read, test.source, test.code) })
	}
}

func TestCancelled(t *testing.T) { readertest.Cancels(t, Read, shared(10, 10)) }

func TestInTime(t *testing.T) { readertest.InTime(t, Read, shared(9_000, 9_000)) }

// shared returns channels that all refer to one with this many messages.
func shared(channels, messages int) string {
	var source strings.Builder
	source.WriteString("asyncapi: 3.0.0\nchannels:\n  x:\n    messages:\n")
	for i := range messages {
		fmt.Fprintf(&source, "      m%d: {}\n", i)
	}
	for i := range channels {
		fmt.Fprintf(&source, "  x%d: {$ref: '#/channels/x'}\n", i)
	}
	return source.String()
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		"asyncapi: 2.6.0\ninfo: {title: a}\nservers: {a: {url: 'mqtt://example.org', protocol: mqtt}, b: {$ref: '#/servers/a'}}\nchannels: {a/v1: {publish: {message: {contentType: a/b}}}}\n",
		`{"asyncapi": "3.0.0", "info": {"title": "a"}, "servers": {"a": {"host": "example.org", "protocol": "kafka"}}, "operations": {"b": {"action": "receive"}}}`,
		shared(2, 2),
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) { readertest.SoundGraph(t, Read, data) })
}

// BenchmarkRead reads 1,000 small descriptions.
func BenchmarkRead(b *testing.B) {
	source := []byte(shared(5, 5) + "info: {title: a}\n")
	for b.Loop() {
		for range 1_000 {
			if _, err := Read(b.Context(), source); err != nil {
				b.Fatal(err)
			}
		}
	}
}
