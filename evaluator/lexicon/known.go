package lexicon

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// known finds entries by what architecture files write instead of names. Its keys are
// in lower case.
type known struct {
	images, resources, packages map[string]string
	programs, folders           map[string]string
	resourcePrefixes            []wildcard // the longest first
	packagePrefixes             []wildcard
	settings                    []wildcard // with spaces around their words; the longest first
	hosts                       map[string]string
	hostPatterns                []wildcard // those with most letters first
	schemes                     map[string]string
	ports                       map[int]string
	platforms                   map[string]string // vendor -> its cloud
}

// A wildcard is a text with "*" for any letters, and the entry that it stands for.
type wildcard struct{ text, id string }

func newKnown(entries map[string]Entry) (known, error) {
	k := known{images: map[string]string{}, resources: map[string]string{}, packages: map[string]string{}, programs: map[string]string{}, folders: map[string]string{}, hosts: map[string]string{},
		schemes: map[string]string{}, ports: map[int]string{}, platforms: map[string]string{}}
	for _, id := range slices.Sorted(maps.Keys(entries)) {
		if err := k.add(id, entries[id]); err != nil {
			return known{}, fmt.Errorf("%s: %w", id, err)
		}
	}
	k.addNamesakes(entries)
	for _, list := range [][]wildcard{k.resourcePrefixes, k.packagePrefixes, k.hostPatterns, k.settings} {
		slices.SortFunc(list, func(a, b wildcard) int {
			return cmp.Or(cmp.Compare(len(b.text), len(a.text)), strings.Compare(a.text, b.text))
		})
	}
	return k, nil
}

func (k *known) add(id string, entry Entry) error {
	for _, part := range []struct {
		list     []string
		exact    map[string]string
		patterns *[]wildcard // nil where none are allowed
	}{{entry.Images, k.images, nil}, {entry.Resources, k.resources, &k.resourcePrefixes}, {entry.Packages, k.packages, &k.packagePrefixes}, {entry.Hosts, k.hosts, &k.hostPatterns}, {entry.Schemes, k.schemes, nil}, {entry.Programs, k.programs, nil}, {entry.Folders, k.folders, nil}} {
		for _, text := range part.list {
			text = strings.ToLower(text)
			if !strings.Contains(text, "*") {
				if other, twice := part.exact[text]; twice {
					return fmt.Errorf("%q stands under %s too", text, other)
				}
				part.exact[text] = id
				continue
			}
			if part.patterns == nil {
				return fmt.Errorf("%q: no * here", text)
			}
			if i := slices.IndexFunc(*part.patterns, func(p wildcard) bool { return p.text == text }); i >= 0 {
				return fmt.Errorf("%q stands under %s too", text, (*part.patterns)[i].id)
			}
			*part.patterns = append(*part.patterns, wildcard{text, id})
		}
	}
	for _, name := range entry.Settings {
		k.settings = append(k.settings, wildcard{settingWords(name), id})
	}
	for _, port := range entry.Ports {
		if other, twice := k.ports[port]; twice {
			return fmt.Errorf("port %d stands under %s too", port, other)
		}
		k.ports[port] = id
	}
	k.addPlatform(id, entry)
	return nil
}

// addNamesakes adds the image of open source that lies under its own name twice:
// "mastodon/mastodon". Nobody else has that place.
func (k *known) addNamesakes(entries map[string]Entry) {
	for _, id := range slices.Sorted(maps.Keys(entries)) {
		entry := entries[id]
		if entry.Kind != "product" || !entry.Open {
			continue
		}
		for _, alias := range entry.Aliases {
			name := strings.ToLower(alias)
			if image := name + "/" + name; onlyName.MatchString(name) && k.images[image] == "" {
				k.images[image] = id
			}
		}
	}
}

// onlyName matches what can be part of an image's name.
var onlyName = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{2,}$`)

// addPlatform notes the cloud of a vendor: what its managed services run on. The
// everyday one counts before one with a promise of its own.
func (k *known) addPlatform(id string, entry Entry) {
	isPlatform := slices.Contains(entry.Tags, "hyperscaler") || slices.Contains(entry.Tags, "cloud_platform") && !slices.Contains(entry.Tags, "sovereign_offer")
	if entry.Vendor == "" || entry.Kind != "cloud_service" || !isPlatform {
		return
	}
	if _, has := k.platforms[entry.Vendor]; !has || slices.Contains(entry.Tags, "hyperscaler") {
		k.platforms[entry.Vendor] = id
	}
}

// variableRegistry matches a registry that a variable holds: "${REGISTRY}/".
var variableRegistry = regexp.MustCompile(`^\$(?:\{[^{}]*\}|\w+)/`)

// Image returns the entry of a container's image: "docker.io/library/postgres:16"; ""
// where none is known.
func (l *Lexicon) Image(reference string) string {
	repository := Repository(variableRegistry.ReplaceAllString(reference, ""))
	if id, known := l.known.images[repository]; known {
		return id
	}
	// A mirror keeps the path behind its own: "mirror/dockerhub/bitnami/postgresql".
	for {
		_, rest, deeper := strings.Cut(repository, "/")
		if !deeper {
			return ""
		}
		if official, is := strings.CutPrefix(rest, "library/"); is {
			return l.known.images[official]
		}
		if id, known := l.known.images[rest]; known && strings.Contains(rest, "/") {
			return id
		}
		repository = rest
	}
}

// Repository is what names an image: its reference without registry, tag and digest, in
// lower case. Bitnami's other namespaces hold the same images.
func Repository(reference string) string {
	reference, _, _ = strings.Cut(strings.ToLower(reference), "@")
	if first, rest, deeper := strings.Cut(reference, "/"); deeper && (strings.ContainsAny(first, ".:") || first == "localhost") {
		reference = rest
	}
	reference, _, _ = strings.Cut(reference, ":")
	for _, official := range []string{"docker/library/", "library/"} {
		reference = strings.TrimPrefix(reference, official)
	}
	for _, namespace := range []string{"bitnamilegacy/", "bitnamisecure/"} {
		if name, is := strings.CutPrefix(reference, namespace); is {
			return "bitnami/" + name
		}
	}
	return reference
}

// Resource returns the entry of a type of resource, and whether such a resource is the
// thing itself rather than a part of it; "" where none is known.
func (l *Lexicon) Resource(kind string) (id string, itself bool) {
	kind = strings.ToLower(kind)
	if id, known := l.known.resources[kind]; known {
		return id, true
	}
	return startsWith(l.known.resourcePrefixes, kind), false
}

// Package returns the entry of what a package binds to, by its package URL; "" where
// none is known.
func (l *Lexicon) Package(purl string) string {
	purl = strings.ToLower(strings.ReplaceAll(purl, "%40", "@"))
	purl, _, _ = strings.Cut(purl, "?")
	if at := strings.LastIndexByte(purl, '@'); at > strings.LastIndexByte(purl, '/') {
		purl = purl[:at] // a version
	}
	if id, known := l.known.packages[purl]; known {
		return id
	}
	return startsWith(l.known.packagePrefixes, purl)
}

func startsWith(patterns []wildcard, text string) string {
	for _, p := range patterns {
		if strings.HasPrefix(text, strings.TrimSuffix(p.text, "*")) {
			return p.id
		}
	}
	return ""
}

// Host returns the entry of the service that answers under a name; "" where none is
// known.
func (l *Lexicon) Host(name string) string {
	name = strings.ToLower(strings.TrimSuffix(name, "."))
	if id, known := l.known.hosts[name]; known {
		return id
	}
	for _, p := range l.known.hostPatterns {
		if matches(p.text, name) {
			return p.id
		}
	}
	return ""
}

// matches says whether a name is what a pattern says, with at least one letter for
// each "*".
func matches(pattern, name string) bool {
	parts := strings.Split(pattern, "*")
	rest, begins := strings.CutPrefix(name, parts[0])
	if !begins {
		return false
	}
	last := len(parts) - 1
	for _, part := range parts[1:last] {
		at := strings.Index(rest[min(1, len(rest)):], part)
		if at < 0 {
			return false
		}
		rest = rest[1+at+len(part):]
	}
	return len(rest) > len(parts[last]) && strings.HasSuffix(rest, parts[last])
}

// Program returns the entry of the product whose containers alone run a program:
// "/usr/bin/pg_isready"; "" where none is known.
func (l *Lexicon) Program(name string) string {
	return l.known.programs[strings.ToLower(name[strings.LastIndexByte(name, '/')+1:])]
}

// Folder returns the entry of the product whose containers keep their data in a folder or
// below it; "" where none is known.
func (l *Lexicon) Folder(name string) string {
	for name = strings.ToLower(strings.TrimRight(name, "/")); name != ""; name = name[:max(0, strings.LastIndexByte(name, '/'))] {
		if id, known := l.known.folders[name]; known {
			return id
		}
	}
	return ""
}

// Setting returns the entry that a setting is for by its name alone:
// "embedding_azure_openai_endpoint"; "" where none is known. Of several the first words
// count: AZURE_OPENAI_API_KEY is no OPENAI_API_KEY.
func (l *Lexicon) Setting(name string) string {
	words, id := settingWords(name), ""
	first := len(words)
	for _, p := range l.known.settings {
		if at := strings.Index(words, p.text); at >= 0 && at < first {
			first, id = at, p.id
		}
	}
	return id
}

// settingWords are the words of a setting's name in lower case, with a space before and
// after each.
func settingWords(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	return " " + strings.Join(words, " ") + " "
}

// Scheme returns the protocol of an address's scheme: "amqps"; "" where none is known.
func (l *Lexicon) Scheme(scheme string) string { return l.known.schemes[strings.ToLower(scheme)] }

// Port returns the protocol that is spoken at a port; "" where several may be.
func (l *Lexicon) Port(port int) string { return l.known.ports[port] }

// Platform returns the entry of a vendor's cloud; "" for vendors without one.
func (l *Lexicon) Platform(vendor string) string { return l.known.platforms[vendor] }
