// Package dockerfile reads the files that images are built from.
package dockerfile

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/moby/buildkit/frontend/dockerfile/parser"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/container"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/lines"
)

// maxFile bounds a Dockerfile, whose lines are written by hand.
const maxFile = 1 << 20

// Read reads what an image is built on, its settings, its ports and what its labels say
// of it. The component has the title that a label gives, else "image".
func Read(ctx context.Context, data []byte) (austauschbar.Text, error) {
	if ctx.Err() != nil {
		return austauschbar.Text{}, ctx.Err()
	}
	if len(data) > maxFile {
		return austauschbar.Text{}, limit.Refuse("too_large", fmt.Sprintf("more than %d MiB of instructions", maxFile>>20))
	}
	parsed, err := parser.Parse(bytes.NewReader(data))
	if err != nil {
		return austauschbar.Text{}, limit.Refuse("damaged", err.Error())
	}
	f := &file{source: lines.NewSource(data), arguments: map[string]string{}, labels: map[string]string{}, stages: map[string]int{}}
	for i, instruction := range parsed.AST.Children {
		if i%1000 == 0 && ctx.Err() != nil {
			return austauschbar.Text{}, ctx.Err()
		}
		f.read(instruction)
	}
	if len(f.bases) == 0 {
		return austauschbar.Text{}, limit.Refuse("unknown_content", "no image that it is built on")
	}
	found := f.architecture()
	return austauschbar.Text{Architecture: &found}, nil
}

// A base is what a stage begins with.
type base struct {
	image string
	stage int // index of the stage that it continues; -1 for an image of others
	line  int
}

type file struct {
	source    *lines.Source
	arguments map[string]string // before the first stage
	labels    map[string]string // of the last stage
	bases     []base
	stages    map[string]int // by name
	settings  []austauschbar.Setting
	ports     []austauschbar.Interface
	patches   []austauschbar.Resource
}

// built is the id of the image that the file makes.
const built = "image"

func (f *file) read(n *parser.Node) {
	switch strings.ToLower(n.Value) {
	case "arg":
		if n.Next != nil && len(f.bases) == 0 {
			name, value, _ := strings.Cut(n.Next.Value, "=")
			f.arguments[name] = strings.Trim(value, `"'`)
		}
	case "from":
		f.from(n)
	case "env":
		for at := n.Next; at != nil && at.Next != nil; at = after(at) {
			f.set(strings.Trim(at.Value, `"'`), strings.Trim(at.Next.Value, `"'`), n.StartLine)
		}
	case "label":
		for at := n.Next; at != nil && at.Next != nil; at = after(at) {
			f.labels[strings.Trim(at.Value, `"'`)] = strings.Trim(at.Next.Value, `"'`)
		}
	case "expose":
		for at := n.Next; at != nil; at = at.Next {
			f.expose(at.Value, n.StartLine)
		}
	case "run":
		f.patch(n)
	case "cmd", "entrypoint":
		for at := n.Next; at != nil; at = at.Next {
			f.set(strings.ToLower(n.Value), at.Value, n.StartLine)
		}
	}
}

var (
	patching  = regexp.MustCompile(`(?i)(?:^|[\s;&|(])(?:patch\s[^;&|]*-p\d|git\s+apply\s|quilt\s+push)`)
	patchFile = regexp.MustCompile(`[\w.-]+\.(?:patch|diff)\b`)
)

// patch notes that the sources of others are changed before they are built.
func (f *file) patch(n *parser.Node) {
	text := n.Original
	for _, document := range n.Heredocs {
		text += "\n" + document.Content
	}
	if patching.MatchString(text) && len(f.patches) < container.Components {
		f.patches = append(f.patches, austauschbar.Resource{
			ID: fmt.Sprintf("patch %d", len(f.patches)+1), Type: "patch", Name: patchFile.FindString(text), Component: built, Evidence: f.source.At(n.StartLine),
		})
	}
}

// after skips a pair: its name, its value and the sign between them.
func after(n *parser.Node) *parser.Node {
	if sign := n.Next.Next; sign != nil {
		return sign.Next
	}
	return nil
}

// from begins a stage. Labels, settings and ports of the last one count, and of those
// that it continues.
func (f *file) from(n *parser.Node) {
	if n.Next == nil {
		return
	}
	b := base{image: f.put(n.Next.Value), stage: -1, line: n.StartLine}
	if stage, continues := f.stages[strings.ToLower(b.image)]; continues {
		b.stage = stage
	} else {
		f.settings, f.ports, f.labels = nil, nil, map[string]string{}
	}
	if as := n.Next.Next; as != nil && strings.EqualFold(as.Value, "as") && as.Next != nil {
		f.stages[strings.ToLower(as.Next.Value)] = len(f.bases)
	}
	f.bases = append(f.bases, b)
}

var variable = regexp.MustCompile(`\$(?:\{(\w+)(?::?-([^}]*))?\}|(\w+))`)

// put puts the defaults of arguments in; what has none stays as written.
func (f *file) put(text string) string {
	return variable.ReplaceAllStringFunc(text, func(found string) string {
		match := variable.FindStringSubmatch(found)
		return cmp.Or(f.arguments[match[1]+match[3]], match[2], found)
	})
}

func (f *file) set(name, value string, line int) {
	if value != "" && len(value) <= container.Value && len(f.settings) < container.Settings {
		f.settings = append(f.settings, austauschbar.Setting{Component: built, Name: name, Value: value, Evidence: container.Mute(f.source.At(line))})
	}
}

func (f *file) expose(port string, line int) {
	number, _, _ := strings.Cut(port, "/")
	n, err := strconv.Atoi(number)
	if err != nil || len(f.ports) >= container.Components {
		return
	}
	known := container.Known(n)
	f.ports = append(f.ports, austauschbar.Interface{
		ID: fmt.Sprintf("port %d %d", n, len(f.ports)), Name: port, To: built, Kind: known.Kind, Protocol: known.Protocol, Evidence: []austauschbar.Evidence{f.source.At(line)},
	})
}

func (f *file) architecture() austauschbar.Architecture {
	last := len(f.bases) - 1
	root := last
	for f.bases[root].stage >= 0 && f.bases[root].stage < root {
		root = f.bases[root].stage
	}
	image := austauschbar.Component{
		ID: built, Name: cmp.Or(f.labels["org.opencontainers.image.title"], built), Kind: "application", Custom: true,
		Version: f.put(f.labels["org.opencontainers.image.version"]), Vendor: f.labels["org.opencontainers.image.vendor"],
		Licence: f.labels["org.opencontainers.image.licenses"], Evidence: []austauschbar.Evidence{f.source.At(f.bases[last].line)},
	}
	found := austauschbar.Architecture{Components: []austauschbar.Component{image}, Interfaces: f.ports, Settings: f.settings, Resources: f.patches}
	if source := f.labels["org.opencontainers.image.source"]; source != "" {
		found.Settings = append(found.Settings, austauschbar.Setting{Component: built, Name: "org.opencontainers.image.source", Value: source, Evidence: container.Mute(f.source.At(f.bases[last].line))})
	}
	if below := f.bases[root]; below.image != "scratch" {
		found.Components = append(found.Components, austauschbar.Component{
			ID: "base", Name: cmp.Or(container.Name(below.image), below.image), Kind: "platform", Image: below.image, Version: container.Version(below.image),
			Evidence: []austauschbar.Evidence{f.source.At(below.line)},
		})
		found.Interfaces = append(found.Interfaces, austauschbar.Interface{ID: "built on", From: built, To: "base", Kind: "dependency", Evidence: []austauschbar.Evidence{f.source.At(below.line)}})
	}
	return found
}
