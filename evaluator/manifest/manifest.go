// Package manifest reads dossier.yaml, the dossier's word about itself.
package manifest

import (
	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/schema"
)

// Name is the manifest's file name, in the dossier's folder.
const Name = "dossier.yaml"

// Read checks a manifest against its schema. The error names line, key and the
// nearest known key.
func Read(data []byte) (austauschbar.Manifest, error) {
	var manifest austauschbar.Manifest
	err := schema.Decode(schema.Dossier, data, &manifest)
	return manifest, err
}
