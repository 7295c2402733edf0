package compose

import (
	"regexp"

	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// Services that set something up and end are told by others that wait for their end, by what
// they are called and start where nothing keeps them running.

var (
	// setsUp matches what such a service is called: "migrations", "populate_db", "init-keycloak".
	setsUp = regexp.MustCompile(`(?i)^(?:[a-z0-9]+[-_.])*(?:migrat(?:e|ions?|or)|(?:pre)?populate|seed(?:er|ing)?|init|bootstrap|setup|fixtures)(?:[-_.](?:db|database|data|schema|users?|realms?|buckets?|indexe?s|topics?))?$`)
	// startsUp matches the one thing that such a service starts.
	startsUp = regexp.MustCompile(`(?i)(?:^|[\s/:_-])(?:migrat(?:e|ions?)|upgrade head|seed|init|loaddata|populate|setup|bootstrap)(?:$|[\s:_.-])`)
)

// runOnce notes the services that end when their work is done.
func (f *file) runOnce() {
	awaited := f.awaited()
	for i, service := range f.distinct() {
		f.found.Components[i].Once = awaited[service.Key] || f.endsAlone(service)
	}
}

// distinct are the services in the order of their components.
func (f *file) distinct() []*limit.Value {
	var list []*limit.Value
	seen := map[string]bool{}
	for _, service := range f.services {
		if service.Kind == limit.Object && !seen[service.Key] {
			seen[service.Key] = true
			list = append(list, service)
		}
	}
	return list
}

// awaited are the services whose end others wait for, by name.
func (f *file) awaited() map[string]bool {
	awaited := map[string]bool{}
	for _, service := range f.services {
		of := service.At("depends_on")
		if of == nil || of.Kind != limit.Object {
			continue
		}
		for _, item := range of.Items {
			if item.At("condition").String() == "service_completed_successfully" {
				awaited[item.Key] = true
			}
		}
	}
	return awaited
}

// endsAlone says whether a service that nothing keeps running, and that nobody can reach,
// does by its name or its command what is done once.
func (f *file) endsAlone(service *limit.Value) bool {
	if len(service.Elements("ports")) > 0 {
		return false
	}
	switch f.variables.resolve(service.At("restart").String()) {
	case "no", "false":
		return setsUp.MatchString(service.Key) || f.startsUp(service)
	case "", "on-failure":
		return setsUp.MatchString(service.Key)
	}
	return false
}

func (f *file) startsUp(service *limit.Value) bool {
	for _, word := range words(service.At("command")) {
		if startsUp.MatchString(f.variables.resolve(word.String())) {
			return true
		}
	}
	return false
}
