// Package asyncapi reads descriptions of messages and the channels they go through:
// AsyncAPI 2 and 3. It follows references within the file alone.
package asyncapi

import (
	"cmp"
	"context"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/lines"
	"github.com/austauschbar/austauschbar/evaluator/yaml"
)

// Read reads a description as the component that offers it and one interface for each
// protocol of its servers, one without a protocol where it names none. Its settings are
// the servers' addresses.
func Read(ctx context.Context, data []byte) (austauschbar.Text, error) {
	root, err := yaml.Document(ctx, data)
	if err != nil {
		return limit.Finish(ctx, austauschbar.Text{}, err)
	}
	if root.At("asyncapi").String() == "" {
		return austauschbar.Text{}, limit.Refuse("unknown_content", "asyncapi does not stand at the top")
	}
	d := &description{ctx: ctx, root: root, source: lines.NewSource(data), references: yaml.References{Root: root}, formats: map[string]bool{}}
	architecture, err := d.architecture()
	if err != nil {
		return limit.Finish(ctx, austauschbar.Text{}, err)
	}
	return austauschbar.Text{Title: d.title(), Architecture: architecture}, nil
}

// A description is what is read of one file.
type description struct {
	ctx        context.Context
	root       *limit.Value
	source     *lines.Source
	references yaml.References
	formats    map[string]bool
	steps      yaml.Steps
}

func (d *description) title() string { return lines.Clean(d.root.At("info", "title").String()) }

func (d *description) architecture() (*austauschbar.Architecture, error) {
	api, err := d.events()
	if err != nil {
		return nil, err
	}
	found := &austauschbar.Architecture{}
	if title := d.root.At("info", "title"); d.title() != "" {
		api.Evidence, api.To = []austauschbar.Evidence{d.source.Evidence(title.Line, title.Text)}, "offer"
		found.Components = []austauschbar.Component{{ID: api.To, Name: d.title(), Kind: "application", Evidence: slices.Clone(api.Evidence)}}
	} else {
		api.Evidence = []austauschbar.Evidence{d.source.Evidence(d.root.Line, "")}
	}
	servers := d.servers()
	for _, s := range servers {
		api.Specification.Versioned = api.Specification.Versioned || lines.Versioned(s.address)
	}
	for _, s := range servers {
		at := d.source.Evidence(s.line, s.written)
		found.Settings = append(found.Settings, austauschbar.Setting{Component: api.To, Name: "server", Value: s.address, Evidence: austauschbar.Evidence{Line: at.Line}})
		i := slices.IndexFunc(found.Interfaces, func(other austauschbar.Interface) bool { return plain(other.Protocol) == plain(s.protocol) })
		if i < 0 {
			i = len(found.Interfaces)
			over := api.Clone()
			over.ID, over.Protocol = "over "+plain(s.protocol), s.protocol
			found.Interfaces = append(found.Interfaces, over)
		}
		found.Interfaces[i].Evidence = append(found.Interfaces[i].Evidence, at)
	}
	if len(servers) == 0 {
		api.ID = "over"
		found.Interfaces = []austauschbar.Interface{api}
	}
	return found, nil
}

// secured are the protocols that are others over TLS.
var secured = map[string]string{
	"amqps": "amqp", "https": "http", "jms-secure": "jms", "kafka-secure": "kafka", "mqtts": "mqtt", "secure-mqtt": "mqtt",
	"redis-secure": "redis", "rediss": "redis", "stomps": "stomp", "wss": "ws",
}

// plain is a protocol without the word that it is secured.
func plain(protocol string) string { return cmp.Or(secured[protocol], protocol) }

// A server is an address at which messages are sent and received.
type server struct {
	address, protocol string // without login; in lower case
	written           string
	line              int
}

// maxServers bounds the addresses that are taken from one file.
const maxServers = 50

// servers lists the servers of a file in their order.
func (d *description) servers() []server {
	var found []server
	for _, said := range yaml.Members(d.root.At("servers")) {
		said = d.references.Follow(said)
		host, protocol := said.At("host"), strings.ToLower(lines.Clean(said.At("protocol").String()))
		path := said.At("pathname").String()
		if host == nil {
			host, path = said.At("url"), ""
		}
		if host.String() == "" || len(found) == maxServers {
			continue
		}
		address := host.Text + path
		if scheme, _, whole := strings.Cut(address, "://"); !whole && protocol != "" {
			address = protocol + "://" + address
		} else if whole && protocol == "" {
			protocol = strings.ToLower(lines.Clean(scheme))
		}
		found = append(found, server{lines.Address(address), protocol, host.Text, host.Line})
	}
	return found
}

// events is the interface without its protocol.
func (d *description) events() (austauschbar.Interface, error) {
	info := d.root.At("info")
	api := austauschbar.Interface{
		Name: d.title(), Kind: "events", Security: d.security(),
		Specification: &austauschbar.Specification{
			Format: "asyncapi", Version: lines.Clean(info.At("version").String()), Terms: lines.Clean(info.At("termsOfService").String()),
			Licence: lines.Clean(cmp.Or(info.At("license", "name").String(), info.At("license", "url").String())),
		},
	}
	d.addFormat(d.root.At("defaultContentType"))
	if err := d.channels(&api); err != nil {
		return api, err
	}
	for _, operation := range yaml.Members(d.root.At("operations")) {
		operation = d.references.Follow(operation)
		d.addOperation(&api, operation, operation.At("action").String() == "receive")
		if err := d.steps.Next(d.ctx); err != nil {
			return api, err
		}
	}
	for _, kind := range []string{"messages", "messageTraits"} {
		for _, message := range yaml.Members(d.root.At("components", kind)) {
			d.addFormat(message.At("contentType"))
		}
	}
	api.Formats = slices.Sorted(maps.Keys(d.formats))
	return api, nil
}

// addOperation counts an operation; received are messages that others send, which is how
// they change something.
func (d *description) addOperation(api *austauschbar.Interface, operation *limit.Value, received bool) {
	if operation == nil || operation.Kind != limit.Object {
		return
	}
	api.Operations++
	api.Writes = api.Writes || received
	if lines.Clean(operation.At("description").String()+operation.At("summary").String()) != "" {
		api.Specification.Described++
	}
}

// channels counts the operations that version 2 writes at channels, and notes whether
// at least half of the channels carry a version.
func (d *description) channels(api *austauschbar.Interface) error {
	all, carrying := 0, 0
	for _, named := range yaml.Members(d.root.At("channels")) {
		channel := d.references.Follow(named)
		all++
		if versioned.MatchString(cmp.Or(channel.At("address").String(), named.Key)) {
			carrying++
		}
		for _, action := range []string{"publish", "subscribe"} {
			operation := channel.At(action)
			d.addOperation(api, operation, action == "publish")
			message := operation.At("message")
			d.addFormat(message.At("contentType"))
			for _, one := range message.Elements("oneOf") {
				d.steps++
				d.addFormat(one.At("contentType"))
			}
		}
		for _, message := range yaml.Members(channel.At("messages")) {
			d.steps++
			d.addFormat(message.At("contentType"))
		}
		if err := d.steps.Next(d.ctx); err != nil {
			return err
		}
	}
	api.Specification.Versioned = carrying > 0 && carrying*2 >= all
	return nil
}

// versioned matches the address of a channel with a version among its parts:
// "city.1.0.lamp", "city/v2/lamp".
var versioned = regexp.MustCompile(`(?i)(?:^|[./:_-])(?:v[0-9]{1,3}|[0-9]{1,3}[._][0-9]{1,3})(?:[./:_-]|$)`)

// maxFormats bounds the media types of one interface.
const maxFormats = 100

// addFormat adds a media type without its parameters.
func (d *description) addFormat(said *limit.Value) {
	format, _, _ := strings.Cut(said.String(), ";")
	if format = strings.ToLower(lines.Clean(format)); format != "" && len(d.formats) < maxFormats {
		d.formats[format] = true
	}
}

// kinds are the kinds of security schemes that other formats call by another name.
var kinds = map[string]string{"X509": "mutualTLS", "httpApiKey": "apiKey"}

// security lists the kinds of the security schemes that are declared.
func (d *description) security() []string {
	found := map[string]bool{}
	for _, scheme := range yaml.Members(d.root.At("components", "securitySchemes")) {
		scheme = d.references.Follow(scheme)
		kind := lines.Clean(scheme.At("type").String())
		if kind == "http" {
			kind = strings.ToLower(lines.Clean(scheme.At("scheme").String()))
		}
		if kind = cmp.Or(kinds[kind], kind); kind != "" {
			found[kind] = true
		}
	}
	return slices.Sorted(maps.Keys(found))
}
