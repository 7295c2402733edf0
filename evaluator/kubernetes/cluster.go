package kubernetes

import (
	"cmp"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/container"
	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// A cluster is what manifests make together.
type cluster struct {
	objects   []*object
	found     austauschbar.Architecture
	ids       map[string]bool
	configs   map[string]*object // maps of settings, by key
	workloads []workload
	services  map[string]string // ids of components, by namespace and name of the service
	edges     map[string]bool
}

// A workload is an object that runs containers.
type workload struct {
	*object
	labels     *limit.Value // of its pods
	pod        *limit.Value // their specification
	containers []part
}

// A part is a container of a workload.
type part struct {
	component string // id
	tree      *limit.Value
}

func (c *cluster) read() austauschbar.Architecture {
	c.services, c.edges = map[string]string{}, map[string]bool{}
	for _, o := range c.objects {
		c.resource(o)
		if o.group == "" && o.kind == "ConfigMap" {
			c.configs[key("", o.namespace, o.name)] = o
		}
	}
	for _, o := range c.objects {
		if pod, labels := podOf(o); pod != nil {
			c.workload(o, pod, labels)
		} else if runs(o) {
			c.custom(o)
		}
		if o.component != "" {
			c.found.Resources[o.resource].Component = o.component
		}
	}
	for _, o := range c.objects {
		if o.group == "" && o.kind == "Service" {
			c.service(o)
		}
	}
	for _, o := range c.objects {
		switch {
		case o.kind == "Ingress" && (o.group == "networking.k8s.io" || o.group == "extensions"):
			c.ingress(o)
		case o.group == "gateway.networking.k8s.io" && strings.HasSuffix(o.kind, "Route"):
			c.route(o)
		}
	}
	for _, w := range c.workloads {
		for _, p := range w.containers {
			c.settings(w, p)
		}
	}
	for _, o := range c.objects {
		if o.group == "" && o.kind == "ConfigMap" && !o.configured {
			c.data(o, "")
		}
	}
	return c.found
}

// resource notes what an object creates.
func (c *cluster) resource(o *object) {
	kind := o.kind
	if strings.Contains(o.group, ".") && !strings.HasSuffix(o.group, ".k8s.io") {
		kind = o.group + "/" + o.kind
	}
	o.resource = len(c.found.Resources)
	c.found.Resources = append(c.found.Resources, austauschbar.Resource{
		ID: c.unused("resource " + key(kind, o.namespace, o.bare)), Type: kind, Name: o.bare, Provider: "kubernetes", Evidence: o.named(),
	})
}

// podOf returns what an object's pods are made of: of any kind that holds a pod or a
// template of one; nil for others.
func podOf(o *object) (pod, labels *limit.Value) {
	switch {
	case o.group == "" && o.kind == "Pod":
		return o.tree.At("spec"), o.tree.At("metadata", "labels")
	case o.kind == "CronJob":
		template := o.tree.At("spec", "jobTemplate", "spec", "template")
		return template.At("spec"), template.At("metadata", "labels")
	case len(o.tree.Elements("spec", "template", "spec", "containers")) > 0:
		template := o.tree.At("spec", "template")
		return template.At("spec"), template.At("metadata", "labels")
	}
	return nil, nil
}

// workload notes a component for the main container and one within it for each other.
func (c *cluster) workload(o *object, pod, labels *limit.Value) {
	containers := pod.Elements("containers")
	if len(containers) == 0 {
		return
	}
	main := 0
	for i, item := range containers {
		if name := item.At("name").String(); name != "" && (name == o.name || name == o.bare) {
			main = i
		}
	}
	w := workload{object: o, labels: labels, pod: pod}
	o.component = c.component(o, containers[main], cmp.Or(o.bare, containers[main].At("name").String(), o.kind), o.manifest.Within)
	w.containers = append(w.containers, part{o.component, containers[main]})
	image := containers[main].At("image").String()
	preparing, beside := prepares(pod)
	for _, item := range preparing {
		w.containers = append(w.containers, part{o.component, item}) // its settings are the pod's
	}
	for i, item := range append(containers[:len(containers):len(containers)], beside...) {
		if i == main {
			continue
		}
		id := o.component
		if other := item.At("image").String(); other != image {
			id = c.component(o, item, cmp.Or(trimmed(item.At("name").String(), o.manifest.Trim), container.Name(other), "container"), o.component)
		}
		w.containers = append(w.containers, part{id, item})
	}
	c.workloads = append(c.workloads, w)
}

// prepares tells the init containers that end before the others start from those that
// keep running beside them.
func prepares(pod *limit.Value) (preparing, beside []*limit.Value) {
	for _, item := range pod.Elements("initContainers") {
		if item.At("restartPolicy").String() == "Always" {
			beside = append(beside, item)
		} else {
			preparing = append(preparing, item)
		}
	}
	return preparing, beside
}

func (c *cluster) component(o *object, from *limit.Value, name, within string) string {
	image := from.At("image")
	evidence := o.named()
	if image != nil {
		evidence = o.at(image)
	}
	id := c.unused(key(o.kind, o.namespace, name))
	c.found.Components = append(c.found.Components, austauschbar.Component{
		ID: id, Name: name, Kind: "application", Image: image.String(), Version: container.Version(image.String()), Within: within,
		Evidence: []austauschbar.Evidence{evidence},
	})
	return id
}

// runs says whether an object of an operator's kind stands for something that runs: it
// says how many there are of it, which image or version, or how much they store.
func runs(o *object) bool {
	if !strings.Contains(o.group, ".") || strings.HasSuffix(o.group, ".k8s.io") {
		return false
	}
	spec := o.tree.At("spec")
	if sized(spec) {
		return true
	}
	if spec == nil || spec.Kind != limit.Object {
		return false
	}
	for _, item := range spec.Items {
		if item.At("replicas") != nil && item.Kind == limit.Object {
			return true
		}
	}
	return false
}

func sized(spec *limit.Value) bool {
	for _, name := range []string{"replicas", "instances", "image", "imageName", "size", "nodeSets"} {
		if spec.At(name) != nil {
			return true
		}
	}
	return spec.At("version") != nil && spec.At("storage") != nil
}

func (c *cluster) custom(o *object) {
	spec := o.tree.At("spec")
	image := cmp.Or(spec.At("imageName").String(), spec.At("image").String())
	version := spec.At("version")
	for _, item := range spec.Items {
		if version == nil && item.At("replicas") != nil {
			version = item.At("version")
		}
	}
	id := c.unused(key(o.kind, o.namespace, o.bare))
	o.component = id
	c.found.Components = append(c.found.Components, austauschbar.Component{
		ID: id, Name: cmp.Or(o.bare, o.kind), Kind: "other", Technology: o.group + "/" + o.kind, Image: image,
		Version: cmp.Or(version.String(), container.Version(image)), Within: o.manifest.Within, Evidence: []austauschbar.Evidence{o.named()},
	})
	c.services[key("", o.namespace, o.name)] = id
}

// service notes under which name a workload is reached.
func (c *cluster) service(o *object) {
	to := ""
	selector := o.tree.At("spec", "selector")
	for _, w := range c.workloads {
		if w.namespace == o.namespace && selects(selector, w.labels) {
			to = w.component
			break
		}
	}
	c.services[key("", o.namespace, o.name)] = to
	c.found.Resources[o.resource].Component = to
	of := austauschbar.Interface{ID: c.unused("service " + key("", o.namespace, o.bare)), Name: o.bare, To: to, Kind: "api", Evidence: []austauschbar.Evidence{o.named()}}
	for _, port := range o.tree.Elements("spec", "ports") {
		number, _ := strconv.Atoi(port.At("port").String())
		known := container.Known(number)
		if of.Protocol = cmp.Or(port.At("appProtocol").String(), protocolOf(port.At("name").String()), known.Protocol); of.Protocol != "" {
			if known.Kind != "user" {
				of.Kind = known.Kind
			}
			break
		}
	}
	c.found.Interfaces = append(c.found.Interfaces, of)
}

// protocolOf reads the beginning of a port's name, which by custom says its protocol:
// "grpc-web".
func protocolOf(name string) string {
	first, _, _ := strings.Cut(name, "-")
	switch first {
	case "http", "https", "http2", "grpc", "amqp", "mqtt", "ldap", "ldaps", "smtp", "kafka", "mysql", "postgresql", "redis":
		return first
	case "postgres":
		return "postgresql"
	}
	return ""
}

// selects says whether pods have all the labels of a selector, which has some.
func selects(selector, labels *limit.Value) bool {
	if selector == nil || selector.Kind != limit.Object || len(selector.Items) == 0 {
		return false
	}
	for _, item := range selector.Items {
		if labels.At(item.Key) == nil || labels.At(item.Key).String() != item.String() {
			return false
		}
	}
	return true
}

// ingress notes what the world reaches.
func (c *cluster) ingress(o *object) {
	protocol := "http"
	if o.tree.At("spec", "tls") != nil {
		protocol = "https"
	}
	for _, rule := range o.tree.Elements("spec", "rules") {
		for _, path := range rule.Elements("http", "paths") {
			service := path.At("backend", "service", "name")
			if service == nil {
				service = path.At("backend", "serviceName")
			}
			c.entry(o, service, cmp.Or(rule.At("host").String(), o.bare), protocol)
		}
	}
	if service := o.tree.At("spec", "defaultBackend", "service", "name"); service != nil {
		c.entry(o, service, o.bare, protocol)
	}
}

// route notes what a gateway leads to.
func (c *cluster) route(o *object) {
	protocol := strings.ToLower(strings.TrimSuffix(o.kind, "Route"))
	name := o.bare
	if hosts := o.tree.Elements("spec", "hostnames"); len(hosts) > 0 {
		name = hosts[0].String()
	}
	for _, rule := range o.tree.Elements("spec", "rules") {
		for _, backend := range rule.Elements("backendRefs") {
			c.entry(o, backend.At("name"), name, protocol)
		}
	}
}

func (c *cluster) entry(o *object, service *limit.Value, name, protocol string) {
	if len(c.found.Interfaces) >= container.Settings {
		return
	}
	to := c.services[key("", o.namespace, service.String())]
	if id := "entry " + name + " " + to; !c.edges[id] {
		c.edges[id] = true
		kind := "user"
		if protocol == "grpc" || protocol == "tcp" || protocol == "udp" || protocol == "tls" {
			kind = "api"
		}
		c.found.Interfaces = append(c.found.Interfaces, austauschbar.Interface{ID: c.unused(id), Name: name, To: to, Kind: kind, Protocol: protocol, Evidence: []austauschbar.Evidence{o.at(service)}})
	}
}

// settings are a container's environment and arguments. What they take from maps is put
// in, what from secrets is left out.
func (c *cluster) settings(w workload, p part) {
	for _, env := range p.tree.Elements("env") {
		name, value := env.At("name").String(), env.At("value")
		if value != nil {
			c.set(w, p.component, name, value.String(), w.at(value))
			continue
		}
		from := env.At("valueFrom", "configMapKeyRef")
		if config := c.configs[key("", w.namespace, from.At("name").String())]; config != nil {
			if value := config.tree.At("data", from.At("key").String()); value != nil {
				c.set(w, p.component, name, value.String(), config.at(value))
			}
		}
	}
	for _, from := range p.tree.Elements("envFrom") {
		c.take(w, p, from.At("configMapRef", "name").String())
	}
	for _, volume := range w.pod.Elements("volumes") {
		c.take(w, p, volume.At("configMap", "name").String())
	}
	for _, name := range []string{"command", "args"} {
		for _, item := range p.tree.Elements(name) {
			c.set(w, p.component, name, item.String(), w.at(item))
		}
	}
}

func (c *cluster) take(w workload, p part, config string) {
	if o := c.configs[key("", w.namespace, config)]; o != nil && config != "" {
		o.configured = true
		c.data(o, p.component)
	}
}

// data gives a component what a map of settings holds: of a file each line.
func (c *cluster) data(o *object, component string) {
	of := o.tree.At("data")
	if of == nil || of.Kind != limit.Object {
		return
	}
	for _, item := range of.Items {
		text := strings.TrimSuffix(item.String(), "\n")
		for i, line := range strings.Split(text, "\n") {
			if i >= maxLines {
				break
			}
			evidence := o.at(&limit.Value{Line: item.Line + i})
			if !strings.Contains(text, "\n") {
				evidence = o.at(item)
			}
			c.set(workload{object: o}, component, item.Key, line, evidence)
		}
	}
}

// maxLines bounds what is taken from a file within a map of settings.
const maxLines = 500

func (c *cluster) set(w workload, component, name, value string, evidence austauschbar.Evidence) {
	value = strings.TrimSpace(value)
	if value == "" || len(value) > container.Value || len(c.found.Settings) >= container.Settings {
		return
	}
	c.found.Settings = append(c.found.Settings, austauschbar.Setting{Component: component, Name: name, Value: value, Evidence: container.Mute(evidence)})
	if component != "" {
		c.calls(w, component, value, evidence)
	}
}

// address matches a host, with the protocol before it and the port behind it.
var address = regexp.MustCompile(`(?:([a-z][a-z0-9+.-]*)://(?:[^\s/@"']*@)?)?([a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9-]+)*)(:\d+)?`)

// calls notes a dependency where a setting names a service of the same manifests: only
// they know what the name leads to. A bare name counts where it is all there is.
func (c *cluster) calls(w workload, component, value string, evidence austauschbar.Evidence) {
	for _, match := range address.FindAllStringSubmatchIndex(value, 20) {
		scheme, host := "", value[match[4]:match[5]]
		if match[2] >= 0 {
			scheme = value[match[2]:match[3]]
		}
		whole := match[0] == 0 && match[1] == len(value)
		if scheme == "" && match[6] < 0 && !whole {
			continue
		}
		to := c.reached(w.namespace, host)
		if to == "" || to == component || c.edges[component+"\x00"+to] {
			continue
		}
		c.edges[component+"\x00"+to] = true
		c.found.Interfaces = append(c.found.Interfaces, austauschbar.Interface{
			ID: c.unused(component + " → " + to), From: component, To: to, Kind: "dependency", Protocol: scheme, Evidence: []austauschbar.Evidence{evidence},
		})
	}
}

// reached finds what a host within the cluster leads to: "db", "db.shop",
// "db.shop.svc.cluster.local".
func (c *cluster) reached(namespace, host string) string {
	name, rest, _ := strings.Cut(host, ".")
	if rest != "" {
		other, zone, _ := strings.Cut(rest, ".")
		if zone != "" && zone != "svc" && !strings.HasPrefix(zone, "svc.") {
			return ""
		}
		if to := c.services[key("", other, name)]; to != "" {
			return to
		}
	}
	return c.services[key("", namespace, name)]
}

// unused makes an id and marks it as used.
func (c *cluster) unused(id string) string {
	for n, wanted := 2, id; c.ids[id]; n++ {
		id = fmt.Sprintf("%s %d", wanted, n)
	}
	c.ids[id] = true
	return id
}

// groupOf returns the group of an API's version; "" for the core.
func groupOf(version string) string {
	group, _, found := strings.Cut(version, "/")
	if !found {
		return ""
	}
	return group
}

// trimmed is a name without what is put before it.
func trimmed(name, before string) string {
	if rest, found := strings.CutPrefix(name, before+"-"); found && before != "" && rest != "" {
		return rest
	}
	return name
}
