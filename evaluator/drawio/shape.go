package drawio

import (
	"cmp"
	"path"
	"regexp"
	"strings"

	"github.com/austauschbar/austauschbar/evaluator/diagram"
)

// isC4 says whether a cell is an element of the C4 shapes.
func (c *cell) isC4() bool {
	return c.vertex && c.fields["c4Type"] != ""
}

// isBoundary says whether a cell is a frame of the C4 shapes.
func (c *cell) isBoundary() bool {
	kind := c.fields["c4Type"]
	return strings.Contains(kind, "Boundary") || kind == "ExecutionEnvironment" || kind == "DeploymentNode" || kind == "SystemScopeBoundary"
}

// c4 is what the fields of a C4 element say.
func (c *cell) c4() (name, kind, technology string) {
	stated := c.fields["c4Type"]
	name = diagram.Text(cmp.Or(c.fields["c4Name"], stated))
	technology = diagram.Text(cmp.Or(c.fields["c4Technology"], c.fields["c4Application"], c.fields["c4OperationSystem"]))
	switch strings.ToLower(stated) {
	case "person":
		kind = "person"
	case "software system", "system", "systemscopeboundary":
		kind = "system"
	case "container", "component", "containerscopeboundary", "web browser container", "mobile app container":
		kind = "application"
	case "database":
		kind = "database"
	case "message bus container", "queue":
		kind = "queue"
	case "executionenvironment", "deploymentnode":
		kind = "platform"
	}
	if c.style["shape"] == "cylinder" || c.style["shape"] == "cylinder3" {
		kind = "database"
	}
	return name, kind, technology
}

// grey says whether a cell has the colour in which the C4 shapes draw what is external.
func (c *cell) grey() bool {
	switch strings.ToUpper(c.style["fillColor"]) {
	case "#999999", "#8C8496", "#6C6477":
		return true
	}
	return false
}

// shape is what a cell's shape says of its kind and role.
func (c *cell) shape() (kind string, role diagram.Role) {
	shape := c.style["shape"]
	switch {
	case c.is("rhombus"), shape == "mxgraph.flowchart.decision", strings.HasPrefix(shape, "mxgraph.bpmn.gateway"):
		return "", diagram.Decision
	case strings.HasPrefix(shape, "mxgraph.bpmn."), strings.HasPrefix(shape, "mxgraph.flowchart.") && (strings.Contains(shape, "start") || strings.Contains(shape, "terminat")):
		return "", diagram.Terminal
	case c.is("cylinder"), shape == "cylinder2", shape == "cylinder3", shape == "datastore", shape == "mxgraph.flowchart.database":
		return "database", diagram.Thing
	case c.is("umlActor"), shape == "actor", strings.HasSuffix(shape, ".person"):
		return "person", diagram.Thing
	case c.is("cloud"), strings.HasPrefix(shape, "cloud"):
		return "platform", diagram.Thing
	}
	return "", diagram.Thing
}

var (
	library  = regexp.MustCompile(`^mxgraph\.(aws|azure|gcp|kubernetes|ibm|alibaba_cloud|openstack|cisco|vvd|office|mscae|citrix|veeam|salesforce|networks|webicons|weblogos|atlassian|sap|dynamics365)\d*\w*\.(.+)$`)
	inFolder = regexp.MustCompile(`^img/lib/(azure|aws|gcp|mscae|sap|ibm|atlassian|active_directory|office|dynamics365)\d*/(.+)\.(?:svg|png)$`)
	helpers  = regexp.MustCompile(`^(?:group|resourceIcon|productIcon|groupCenter|general|icon|icon2|product|productGroup|cloud|user|users|client|traditional_server|hexIcon|gcp\.\w+)$`)
)

// stencil is what a shape of a library of pictures shows: "aws rds", "kubernetes pod";
// "" for other shapes, and for pictures of what is no product.
func (c *cell) stencil() string {
	for _, name := range []string{c.style["resIcon"], c.style["prIcon"], c.style["grIcon"], c.style["shape"]} {
		m := library.FindStringSubmatch(name)
		if m == nil || helpers.MatchString(m[2]) || m[1] == "networks" || m[1] == "cisco" {
			continue
		}
		stencil := m[2]
		if m[1] == "kubernetes" && c.style["prIcon"] != "" {
			stencil = c.style["prIcon"]
		}
		return spoken(m[1], stencil)
	}
	if m := inFolder.FindStringSubmatch(c.style["image"]); m != nil {
		return spoken(m[1], path.Base(m[2]))
	}
	return ""
}

// spoken writes a stencil's name as words.
func spoken(library, name string) string {
	name = strings.NewReplacer("_", " ", "-", " ", ".", " ").Replace(name)
	switch library {
	case "webicons", "weblogos", "mscae", "office":
		return name
	}
	return library + " " + name
}
