// Package compose reads Docker Compose files.
package compose

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/compose-spec/compose-go/v2/loader"
	"github.com/compose-spec/compose-go/v2/types"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/container"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/lines"
	"github.com/austauschbar/austauschbar/evaluator/yaml"
)

// Read reads what the file's services are, what they wait for and what they publish.
// Variables have their defaults and are kept as written where they have none: the
// environment is not asked, and no other file is opened; those that the file refers to
// are named in a gap. See ReadAll for files with variables beside them.
func Read(ctx context.Context, data []byte) (austauschbar.Text, error) {
	text, err := (&file{source: lines.NewSource(data)}).all(ctx, data)
	return text, limit.Ended(ctx, err)
}

func (f *file) all(ctx context.Context, data []byte) (austauschbar.Text, error) {
	documents, err := yaml.Parse(ctx, data)
	if err != nil {
		return austauschbar.Text{}, err
	}
	for _, document := range documents {
		if ctx.Err() != nil {
			return austauschbar.Text{}, ctx.Err()
		}
		if err := f.read(ctx, document); err != nil {
			return austauschbar.Text{}, err
		}
	}
	return austauschbar.Text{Architecture: &f.found, Gaps: f.gaps()}, nil
}

type file struct {
	source    *lines.Source
	found     austauschbar.Architecture
	services  []*limit.Value
	others    []string  // files that it refers to and that are not at hand
	variables variables // nil where no file tells them
	// open reads a file of variables by its name in this one: its path and what it sets,
	// nil for one that is not at hand. It is nil where no other file is opened.
	open func(name string) (at string, set []variable)
}

func (f *file) read(ctx context.Context, document *limit.Value) error {
	services := document.At("services")
	if services == nil || services.Kind != limit.Object {
		if document.At("include") != nil {
			f.refer("include", document.At("include"))
			return nil
		}
		return limit.Refuse("unknown_content", "no services")
	}
	f.refer("include", document.At("include"))
	f.services = services.Items
	if !slices.ContainsFunc(f.services, isService) {
		return limit.Refuse("unknown_content", "no services")
	}
	if len(f.services) > container.Components {
		return limit.Refuse("too_large", fmt.Sprintf("there are more than %d services", container.Components))
	}
	project, err := f.load(ctx, f.services)
	if err != nil {
		return err
	}
	known := map[string]bool{}
	for _, service := range f.services {
		if service.Kind != limit.Object || known[service.Key] {
			continue
		}
		known[service.Key] = true
		f.component(service, project.Services[service.Key])
	}
	f.builtElsewhere()
	f.runOnce()
	if name := document.At("name"); name != nil {
		f.set("", Project, name.String(), name.Line)
	}
	for _, service := range f.services {
		if known[service.Key] {
			known[service.Key] = false // a key that is there twice counts once
			f.edges(service, known)
			f.settings(service)
			f.setup(service)
			f.volumes(service, project.Services[service.Key])
			f.refer("extends", service.At("extends", "file"))
			f.variablesOf(service)
		}
	}
	return nil
}

// isService says whether something under "services" is one of Compose: catalogues of
// other kinds have that key too.
func isService(v *limit.Value) bool {
	return v.At("image") != nil || v.At("build") != nil || v.At("extends") != nil
}

func (f *file) component(service *limit.Value, loaded types.ServiceConfig) {
	line := service.Line
	for _, key := range []string{"build", "image"} {
		if at := service.At(key); at != nil && at.Kind != limit.Object {
			line = at.Line
		}
	}
	if build := service.At("build"); build != nil && build.Kind == limit.Object && service.At("image") == nil {
		line = build.Line
	}
	f.found.Components = append(f.found.Components, austauschbar.Component{
		ID: service.Key, Name: service.Key, Kind: "application",
		Image: loaded.Image, Version: container.Version(loaded.Image), Custom: service.At("build") != nil || mountsSources(loaded),
		Evidence: []austauschbar.Evidence{f.source.At(line)},
	})
	asked := f.askedOverHTTP(service)
	for i, port := range loaded.Ports {
		if port.Published == "" {
			continue // reached by other services only
		}
		known := container.Known(int(port.Target))
		if known.Protocol == "" && strconv.Itoa(int(port.Target)) == asked {
			known.Protocol = "http"
		}
		f.found.Interfaces = append(f.found.Interfaces, austauschbar.Interface{
			ID: fmt.Sprintf("%s port %d %d", service.Key, port.Target, i), Name: port.Published, To: service.Key,
			Kind: known.Kind, Protocol: cmp.Or(port.AppProtocol, known.Protocol),
			Evidence: []austauschbar.Evidence{f.source.At(f.portLine(service, port))},
		})
	}
	f.variablePorts(service)
	f.probed(service)
}

// probed tells what a service offers by the program that asks whether it is well.
func (f *file) probed(service *limit.Value) {
	test := service.At("healthcheck", "test")
	if test == nil {
		return
	}
	for _, item := range append([]*limit.Value{test}, service.Elements("healthcheck", "test")...) {
		if strings.Contains(item.String(), "grpc_health_probe") {
			f.found.Interfaces = append(f.found.Interfaces, austauschbar.Interface{
				ID: service.Key + " probe", To: service.Key, Kind: "api", Protocol: "grpc", Evidence: []austauschbar.Evidence{f.source.At(item.Line)},
			})
			return
		}
	}
}

// variablePorts are published under numbers that only the environment knows.
func (f *file) variablePorts(service *limit.Value) {
	for i, item := range service.Elements("ports") {
		text := f.variables.resolve(item.String())
		colon := strings.LastIndexByte(text, ':')
		if !strings.Contains(text, "$") || colon < 0 {
			continue
		}
		number, _ := strconv.Atoi(text[colon+1:])
		known := container.Known(number)
		f.found.Interfaces = append(f.found.Interfaces, austauschbar.Interface{
			ID: fmt.Sprintf("%s variable port %d", service.Key, i), Name: text[:colon], To: service.Key, Kind: known.Kind, Protocol: known.Protocol,
			Evidence: []austauschbar.Evidence{f.source.At(item.Line)},
		})
	}
}

// portLine finds the line that publishes a port.
func (f *file) portLine(service *limit.Value, port types.ServicePortConfig) int {
	target := strconv.Itoa(int(port.Target))
	for _, item := range service.Elements("ports") {
		written := cmp.Or(item.At("target").String(), item.String())
		if resolved := f.variables.resolve(written); strings.Contains(resolved, target) && strings.Contains(resolved+item.At("published").String(), port.Published) {
			return item.Line
		}
	}
	if ports := service.At("ports"); ports != nil && len(ports.Items) > 0 {
		return ports.Items[0].Line // of a range
	}
	return service.Line
}

// edges are what a service waits for and what it is linked to. Networks are none: a
// service may reach what it never asks.
func (f *file) edges(service *limit.Value, known map[string]bool) {
	seen := map[string]bool{}
	for _, key := range []string{"depends_on", "links"} {
		of := service.At(key)
		if of == nil {
			continue
		}
		for _, item := range of.Items {
			name, _, _ := strings.Cut(cmp.Or(item.Key, f.variables.resolve(item.String())), ":")
			if _, there := known[name]; !there || seen[name] || name == service.Key {
				continue
			}
			seen[name] = true
			line := item.Line
			if item.Key != "" {
				line = f.keyLine(item)
			}
			f.found.Interfaces = append(f.found.Interfaces, austauschbar.Interface{
				ID: service.Key + " → " + name, From: service.Key, To: name, Kind: "dependency",
				Evidence: []austauschbar.Evidence{f.source.At(line)},
			})
		}
	}
}

// keyLine finds the line of a member's key, which stands on that of its value or above
// it.
func (f *file) keyLine(item *limit.Value) int {
	for line := min(item.Line, f.source.Lines()); line > max(0, item.Line-3); line-- {
		if bytes.HasPrefix(bytes.TrimLeft(f.source.Line(line), ` "'`), []byte(item.Key)) {
			return line
		}
	}
	return max(1, item.Line)
}

// settings are the environment, the command and the arguments of a build.
func (f *file) settings(service *limit.Value) {
	for _, of := range []*limit.Value{service.At("environment"), service.At("build", "args")} {
		if of == nil {
			continue
		}
		for _, item := range of.Items {
			name, value, given := item.Key, item.String(), item.Kind != limit.Null
			if of.Kind == limit.Array {
				name, value, given = strings.Cut(value, "=")
			}
			if !given {
				value = "${" + name + "}" // handed on from the environment
			}
			f.set(service.Key, name, value, item.Line)
		}
	}
	for _, key := range []string{"entrypoint", "command"} {
		of := service.At(key)
		switch {
		case of == nil:
		case of.Kind == limit.Array:
			for _, item := range of.Items {
				f.set(service.Key, key, item.String(), item.Line)
			}
		default:
			f.set(service.Key, key, of.String(), of.Line)
		}
	}
}

func (f *file) set(component, name, value string, line int) {
	value = f.variables.resolve(value)
	if value == "" || len(value) > container.Value || len(f.found.Settings) >= container.Settings {
		return
	}
	f.found.Settings = append(f.found.Settings, austauschbar.Setting{Component: component, Name: name, Value: value, Evidence: container.Mute(f.source.At(line))})
}

// mountsSources says whether a service runs the sources beside its file: a folder "src" of
// them is put into its image.
func mountsSources(loaded types.ServiceConfig) bool {
	return slices.ContainsFunc(loaded.Volumes, func(volume types.ServiceVolumeConfig) bool {
		return volume.Type == types.VolumeTypeBind && path.Base(volume.Source) == "src"
	})
}

// volumes are where a service keeps what must outlive it.
func (f *file) volumes(service *limit.Value, loaded types.ServiceConfig) {
	seen := map[string]bool{}
	for _, volume := range loaded.Volumes {
		if volume.Type != types.VolumeTypeVolume || volume.Source == "" || seen[volume.Source] {
			continue
		}
		seen[volume.Source] = true
		line := service.Line
		for _, item := range service.Elements("volumes") {
			if strings.HasPrefix(f.variables.resolve(item.String()), volume.Source+":") || f.variables.resolve(item.At("source").String()) == volume.Source {
				line = item.Line
			}
		}
		f.found.Resources = append(f.found.Resources, austauschbar.Resource{
			ID: service.Key + " volume " + volume.Source, Type: "volume", Name: volume.Source, Component: service.Key, Evidence: f.source.At(line),
		})
	}
}

// refer notes files that are not followed: each is read on its own where it is at hand.
func (f *file) refer(key string, of *limit.Value) {
	for _, name := range namesIn(of) {
		f.missing(key, name)
	}
}

func (f *file) missing(key, name string) {
	if other := key + " " + f.variables.resolve(name); !slices.Contains(f.others, other) && len(f.others) < 20 {
		f.others = append(f.others, other)
	}
}

func (f *file) gaps() []austauschbar.Gap {
	if len(f.others) == 0 {
		return nil
	}
	return []austauschbar.Gap{{Reason: "absent_files", Detail: strings.Join(f.others, ", ")}}
}

// load has the library bring what has several ways of writing into one. It gets the
// keys that are read here and nothing else: no file, no environment, no alias.
func (f *file) load(ctx context.Context, services []*limit.Value) (*types.Project, error) {
	reduced := map[string]any{}
	for _, service := range services {
		if service.Kind == limit.Object {
			reduced[service.Key] = f.reduced(service)
		}
	}
	project, err := loader.LoadWithContext(ctx, types.ConfigDetails{
		ConfigFiles: []types.ConfigFile{{Filename: "compose.yaml", Config: map[string]any{"services": reduced}}}, Environment: types.Mapping{},
	}, func(o *loader.Options) {
		o.SetProjectName("project", true)
		o.SkipValidation, o.SkipInterpolation, o.SkipNormalization, o.SkipConsistencyCheck = true, true, true, true
		o.SkipExtends, o.SkipInclude, o.SkipResolveEnvironment, o.SkipResolveLabels, o.SkipDefaultValues = true, true, true, true, true
		o.Profiles = []string{"*"}
	})
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, limit.Refuse("damaged", err.Error())
	}
	for name, service := range project.Services {
		if service.Image == unnamed {
			service.Image = ""
			project.Services[name] = service
		}
	}
	return project, nil
}

// reduced returns of a service what the library has to work out: image, ports and
// volumes, with variables put in.
func (f *file) reduced(service *limit.Value) map[string]any {
	of := map[string]any{"image": unnamed}
	if image, ok := f.variables.plain(service.At("image")).(string); ok && image != "" {
		of["image"] = image
	}
	if ports, ok := f.variables.plain(service.At("ports")).([]any); ok {
		of["ports"] = expose(ports)
	}
	if volumes := f.variables.plain(service.At("volumes")); volumes != nil {
		if list, ok := volumes.([]any); ok {
			volumes = slices.DeleteFunc(list, func(v any) bool { return v == nil || v == "" })
		}
		of["volumes"] = volumes
	}
	return of
}

// unnamed stands for the image of a service that is built and not named.
const unnamed = "unnamed"

// expose keeps the ports whose numbers the file says; of others see variablePorts.
func expose(ports []any) []any {
	var kept []any
	for _, port := range ports {
		switch port := port.(type) {
		case string:
			if !strings.Contains(port, "$") {
				if _, err := types.ParsePortConfig(port); err == nil {
					kept = append(kept, port)
				}
			}
		case map[string]any:
			target, ok := port["target"].(string)
			if number, err := strconv.ParseUint(target, 10, 16); ok && err == nil {
				long := map[string]any{"target": int(number)}
				for _, key := range []string{"published", "protocol", "app_protocol", "mode", "host_ip", "name"} {
					if text, ok := port[key].(string); ok {
						long[key] = text
					}
				}
				kept = append(kept, long)
			}
		}
	}
	return kept
}

// plain turns a value into what the library takes, variables replaced; nil for a key
// that is not there.
func (vars variables) plain(v *limit.Value) any {
	if v == nil {
		return nil
	}
	switch v.Kind {
	case limit.Object:
		m := map[string]any{}
		for _, item := range v.Items {
			m[item.Key] = vars.plain(item)
		}
		return m
	case limit.Array:
		list := make([]any, len(v.Items))
		for i, item := range v.Items {
			list[i] = vars.plain(item)
		}
		return list
	case limit.Null:
		return nil
	}
	return vars.resolve(v.Text)
}
