package compose

import (
	"path"
	"regexp"
	"strings"

	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// Settings that no container is given: how a service is run, which may tell what it is.
const (
	Dockerfile  = "build.dockerfile" // that it is built from, seen from the file's folder
	HealthCheck = "healthcheck.test" // words of the command that asks whether it is well
	Mount       = "volumes.source"   // file of configuration beside Compose's that is put into it
	Profile     = "profiles"         // it runs only where somebody asks for it
	Project     = "project.name"     // of the file as a whole, without a component
	Volume      = "volumes.target"   // folder in the container that lies outside
)

// IsSetup says whether a setting is one that no container is given.
func IsSetup(name string) bool {
	switch name {
	case Dockerfile, HealthCheck, Mount, Profile, Project, Volume:
		return true
	}
	return false
}

// setup notes how a service is run.
func (f *file) setup(service *limit.Value) {
	if build := service.At("build"); build != nil {
		folder := build.String()
		if build.Kind == limit.Object {
			folder = build.At("context").String()
		}
		name := build.At("dockerfile").String()
		if name == "" {
			name = "Dockerfile"
		}
		f.set(service.Key, Dockerfile, path.Join(f.variables.resolve(folder), f.variables.resolve(name)), build.Line)
	}
	for _, test := range words(service.At("healthcheck", "test")) {
		f.set(service.Key, HealthCheck, test.String(), test.Line)
	}
	for _, profile := range words(service.At("profiles")) {
		f.set(service.Key, Profile, profile.String(), profile.Line)
	}
	for _, volume := range service.Elements("volumes") {
		target, source := volume.At("target").String(), volume.At("source").String()
		if written := f.variables.resolve(volume.String()); target == "" && written != "" {
			target = targetOf(written)
			source, _, _ = strings.Cut(written, ":")
		}
		if configuration.MatchString(source) {
			f.set(service.Key, Mount, path.Clean(source), volume.Line)
		}
		f.set(service.Key, Volume, target, volume.Line)
	}
}

// configuration matches files beside Compose's own that hold settings.
var configuration = regexp.MustCompile(`(?i)^(?:\./)?[\w][\w./-]*\.(?:ya?ml|toml|json|ini)$`)

// words are the texts of a list, or the one text that stands in its place.
func words(of *limit.Value) []*limit.Value {
	switch {
	case of == nil:
		return nil
	case of.Kind == limit.Array:
		return of.Items
	}
	return []*limit.Value{of}
}

// targetOf is the folder in the container of a volume that is written in one text:
// "data:/var/lib/data:ro".
func targetOf(volume string) string {
	parts := strings.Split(volume, ":")
	if len(parts) == 1 {
		return parts[0]
	}
	for _, part := range parts[1:] {
		if strings.HasPrefix(part, "/") {
			return part
		}
	}
	return ""
}

// ownAddress matches where a service asks itself over HTTP whether it is well.
var ownAddress = regexp.MustCompile(`https?://(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\]):(\d{2,5})`)

// askedOverHTTP is the port at which a service is asked over HTTP whether it is well; ""
// for none.
func (f *file) askedOverHTTP(service *limit.Value) string {
	for _, test := range words(service.At("healthcheck", "test")) {
		if found := ownAddress.FindStringSubmatch(f.variables.resolve(test.String())); found != nil {
			return found[1]
		}
	}
	return ""
}
