package evaluator

import (
	"path"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
)

// What modules of one's own make whose files are not at hand, the folders tell in which they
// lie: "…//modules/infrastructure/elasticache?ref=v1".

// elsewhere is the name of the folder that a call's module lies in; "" where the dossier
// holds that folder, and for what is no folder.
func (g *graph) elsewhere(module austauschbar.Resource, caller string) string {
	source, _, _ := strings.Cut(module.Name, "?")
	if strings.HasPrefix(source, ".") && g.folders[path.Join(path.Dir(caller), source)] || !strings.Contains(source, "/") {
		return ""
	}
	return path.Base(source)
}

// unknownModule says whether nothing is known of what a call of a module makes but that it
// has settings as containers do.
func (g *graph) unknownModule(at int) bool {
	p := &g.parts[at]
	return p.Term == "" && p.Image == "" && !p.Custom
}

// madeElsewhere is the service of the call's cloud that a module makes: the one whose resource
// or the store that its folder is called after or, where the call gives it settings, the service for functions that
// the folder's name begins with. "" for all others.
func (g *graph) madeElsewhere(module austauschbar.Resource, caller string, runs bool) string {
	folder := strings.ReplaceAll(g.elsewhere(module, caller), "-", "_")
	if folder == "" {
		return ""
	}
	names := []string{folder, folder + "_"}
	if runs {
		first, _, _ := strings.Cut(folder, "_")
		names = []string{first + "_"}
	}
	for _, name := range names {
		id, itself := g.lexicon.Resource(module.Provider + "_" + name)
		entry := g.lexicon.Entries[id]
		if itself && !runs && name == folder && entry.Kind == "cloud_service" {
			return id // called as the resource that it makes
		}
		wanted := slices.Contains(stores, kindOf(entry))
		if runs {
			wanted = slices.Contains(entry.Tags, "serverless")
		}
		if entry.Kind == "cloud_service" && wanted {
			return id
		}
	}
	return ""
}

// productElsewhere is the product that a module runs whose folder bears its name, in the
// call's cloud where it has one: "modules/postgres".
func (g *graph) productElsewhere(module austauschbar.Resource, caller string) (austauschbar.Component, bool) {
	name := g.elsewhere(module, caller)
	what := g.inName(name)
	if what.ID == "" || what.Kind != "product" || len(what.Images) == 0 || isMaterial(what.Entry) {
		return austauschbar.Component{}, false
	}
	made := austauschbar.Component{
		ID: module.ID, Name: nameOf(module), Kind: "other", Technology: name, Region: module.Region, Evidence: []austauschbar.Evidence{module.Evidence},
	}
	if cloud, _ := g.lexicon.Resource(module.Provider + "_"); slices.ContainsFunc(g.lexicon.Entries[cloud].Tags, isPlatformTag) {
		made.Hosting, made.Provider = "cloud", g.providerOf(g.lexicon.Entries[cloud])
	}
	return made, true
}
