package evaluator

import (
	"cmp"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/compose"
	"github.com/austauschbar/austauschbar/evaluator/lexicon"
)

// How a container is run tells what it is where its image does not: since a variable holds
// it, or since it is built here on the image of a product.

// A setup is how a service is run.
type setup struct {
	profiled bool     // only where somebody asks for it
	project  string   // that its file is for
	starts   string   // program that its command begins with
	probes   []string // words of the command that asks whether it is well
	folders  []string // in the container that lie outside
	settings []string // names
}

// setupsOf tells how the services of a file of Compose are run, by their ids.
func setupsOf(found documentFacts) map[string]setup {
	if found.document.Format != "compose" {
		return nil
	}
	runs, project := map[string]setup{}, ""
	for _, said := range found.architecture.Settings {
		run := runs[said.Component]
		switch said.Name {
		case compose.Project:
			project = said.Value
		case compose.Profile:
			run.profiled = true
		case compose.HealthCheck:
			run.probes = append(run.probes, strings.Fields(said.Value)...)
		case compose.Volume:
			run.folders = append(run.folders, said.Value)
		case "command", "entrypoint":
			if words := strings.Fields(said.Value); run.starts == "" && len(words) > 0 {
				run.starts = words[0]
			}
		default:
			run.settings = append(run.settings, said.Name)
		}
		runs[said.Component] = run
	}
	for _, component := range found.architecture.Components {
		run := runs[component.ID]
		run.project = project
		runs[component.ID] = run
	}
	return runs
}

// isTool says whether a service only helps to develop: one that runs where somebody asks
// for it, in the image of a language and without sources of its own.
func (g *graph) isTool(c austauschbar.Component, run setup) bool {
	return run.profiled && !c.Custom && g.runsCode(&c)
}

// tellByRun adds what the way in which a service is run tells of it.
func (g *graph) tellByRun(c *austauschbar.Component, run setup) {
	if c.Term != "" || c.External {
		return
	}
	if !c.Custom && ofProject(c.Image, run.project) {
		c.Custom = true
		return
	}
	id := g.storedIn(*c, run)
	switch {
	case id != "":
	case c.Custom:
		id = cmp.Or(g.storeOf(run), g.gatewayOf(c.Name, run))
	case c.Image == "" || variableImage.MatchString(c.Image):
		if id = g.inVariable(c.Image); id == "" {
			id = g.runAs(run)
		}
	}
	if id != "" {
		c.Custom = false
		g.fill(c, id)
	}
}

// ofProject says whether an image lies in a place that is called as the project whose
// services a file runs: it is the project's own.
func ofProject(image, project string) bool {
	key := keyOf(project)
	if len(key) < minStem || slices.Contains(everyday, key) {
		return false
	}
	return slices.ContainsFunc(strings.Split(lexicon.Repository(image), "/"), func(part string) bool { return keyOf(part) == key })
}

// inVariable is the product that a variable for an image is called after: "POSTGRES_IMAGE";
// "" for none.
func (g *graph) inVariable(image string) string {
	found := variableImage.FindStringSubmatch(image)
	if found == nil || !imageWord.MatchString(found[1]) {
		return ""
	}
	called, whole := g.named(imageWord.ReplaceAllString(found[1], ""), true)
	if !whole || isMaterial(called.Entry) {
		return ""
	}
	return called.ID
}

// runAs is the product that a service must be by the program that it starts, by what asks
// whether it is well, or by where it keeps its data; "" where nothing or two tell it.
func (g *graph) runAs(run setup) string {
	one := g.lexicon.Program(run.starts)
	for _, id := range append(g.probed(run.probes), g.storeOf(run)) {
		if id != "" && one != "" && id != one {
			return ""
		}
		one = cmp.Or(one, id)
	}
	return one
}

// storedIn is the store that a service with an image of somebody's own must be: where it keeps
// its data, and what asks it whether it is well or what it is called, tell the same one.
func (g *graph) storedIn(c austauschbar.Component, run setup) string {
	id := g.storeOf(run)
	if id == "" || c.Image == "" || !slices.Contains(stores, kindOf(g.lexicon.Entries[id])) {
		return ""
	}
	if slices.Contains(g.probed(run.probes), id) {
		return id
	}
	for _, name := range []string{c.Name, path.Base(lexicon.Repository(c.Image))} {
		if found, _ := g.named(strings.ReplaceAll(name, "-", " "), true); found.ID == id {
			return id
		}
	}
	return ""
}

// probed are the products whose programs ask whether a service is well; none where they
// ask another host.
func (g *graph) probed(words []string) []string {
	var list []string
	for i, word := range words {
		if (word == "-h" || word == "--host") && i+1 < len(words) && !slices.Contains([]string{"localhost", "127.0.0.1"}, words[i+1]) {
			return nil
		}
		if id := g.lexicon.Program(strings.Trim(word, `"'`)); id != "" {
			list = append(list, id)
		}
	}
	return list
}

// storeOf is the product that keeps its data in the folders of a service; "" where none or
// several do.
func (g *graph) storeOf(run setup) string {
	one := ""
	for _, folder := range run.folders {
		id := g.lexicon.Folder(folder)
		if id != "" && one != "" && id != one {
			return ""
		}
		one = cmp.Or(one, id)
	}
	return one
}

// passesOn matches the names of services that hand on what others ask.
var passesOn = regexp.MustCompile(`(?i)(?:^|[^a-z])(?:(?:reverse-?)?proxy|gateway|ingress|edge|router|load-?balancer)(?:[^a-z]|$)`)

// gatewayOf is the gateway that a service which is called after what it does is built on, by
// the names of settings that only its users have; "" where none or several tell it.
func (g *graph) gatewayOf(name string, run setup) string {
	if !passesOn.MatchString(name) {
		return ""
	}
	one := ""
	for _, setting := range run.settings {
		id := g.lexicon.Setting(setting)
		if kindOf(g.lexicon.Entries[id]) != "gateway" {
			continue
		}
		if one != "" && id != one {
			return ""
		}
		one = id
	}
	return one
}

// builtFrom makes of services that are built here on the image of a product that product:
// a Dockerfile that adds its configuration leaves it what it is.
func (g *graph) builtFrom(found []documentFacts) {
	bases := g.basesOf(found)
	for i, document := range found {
		for _, said := range document.architecture.Settings {
			at, known := g.local[i][said.Component]
			if said.Name != compose.Dockerfile || !known || !g.parts[at].Custom {
				continue
			}
			if id := bases[path.Join(path.Dir(document.document.Path), said.Value)]; id != "" {
				c := &g.parts[at].Component
				c.Custom = false
				g.fill(c, id)
			}
		}
	}
}

// basesOf tells the product on whose image each Dockerfile builds, by its path. What is put
// into a web server, a gateway or a platform is code of its own.
func (g *graph) basesOf(found []documentFacts) map[string]string {
	bases := map[string]string{}
	for i, document := range found {
		if document.document.Format != "dockerfile" {
			continue
		}
		for _, edge := range document.architecture.Interfaces {
			at, known := g.local[i][edge.To]
			if !known {
				continue
			}
			entry := g.lexicon.Entries[g.parts[at].Term]
			kind := kindOf(entry)
			if entry.Kind == "product" && !isMaterial(entry) && kind != "gateway" && kind != "platform" && !slices.Contains(entry.Tags, "app_server") {
				bases[document.document.Path] = g.parts[at].Term
			}
		}
	}
	return bases
}
