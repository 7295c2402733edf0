package helm

import (
	"bytes"
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"helm.sh/helm/v4/pkg/chart/common"
	"helm.sh/helm/v4/pkg/chart/common/util"
	"helm.sh/helm/v4/pkg/chart/loader/archive"
	chart "helm.sh/helm/v4/pkg/chart/v2"
	"helm.sh/helm/v4/pkg/chart/v2/loader"
	charts "helm.sh/helm/v4/pkg/chart/v2/util"
	"helm.sh/helm/v4/pkg/engine"
)

// TaskName names Task among a worker's tasks.
const TaskName = "helm"

// A bundle is a chart's files by their paths from its folder.
type bundle struct{ Files map[string][]byte }

// A rendering is what a chart makes with its own values.
type rendering struct {
	Name     string // of the chart, and of the release
	Outputs  []output
	Failures []string // templates that could not be rendered, with the reason
	Failure  string   // of the chart; "" for none
}

// An output is what a template makes.
type output struct {
	Template string // path from the chart's folder
	Text     string
	Origins  []origin // of each line of the text
}

// An origin is where a line of an output stands in the templates.
type origin struct {
	Template string
	Line     int // 1-based
}

// Bounds of a rendering.
const (
	maxOutput   = 8 << 20 // bytes of all outputs
	maxFailures = 20      // templates that are left out, one by one
	maxCount    = 10_000  // of lists that a template makes of a number, and of repetitions
)

// Task renders the chart of a bundle, as worker.Task does tasks.
func Task(input []byte) []byte {
	var b bundle
	var r rendering
	if err := gob.NewDecoder(bytes.NewReader(input)).Decode(&b); err != nil {
		r.Failure = err.Error()
	} else if r, err = render(b); err != nil {
		r.Failure = err.Error()
	}
	var answer bytes.Buffer
	if err := gob.NewEncoder(&answer).Encode(r); err != nil {
		return nil
	}
	return answer.Bytes()
}

func render(b bundle) (rendering, error) {
	var files []*archive.BufferedFile
	for _, name := range slices.Sorted(maps.Keys(b.Files)) {
		files = append(files, &archive.BufferedFile{Name: name, Data: b.Files[name]})
	}
	loaded, err := loader.LoadFiles(files)
	if err != nil {
		return rendering{}, fmt.Errorf("load chart: %w", err)
	}
	r := rendering{Name: loaded.Name()}
	if err := charts.ProcessDependencies(loaded, loaded.Values); err != nil {
		return r, fmt.Errorf("load dependencies: %w", err)
	}
	plain, failures, err := outputs(loaded)
	r.Failures = failures
	if err != nil {
		return r, err
	}
	traced := trace(loaded, plain)
	for _, name := range slices.Sorted(maps.Keys(plain)) {
		_, below, _ := strings.Cut(name, "/")
		r.Outputs = append(r.Outputs, output{Template: below, Text: plain[name], Origins: traced[name]})
	}
	return r, nil
}

// outputs renders all templates. One that cannot be rendered is taken out of the chart
// and named, and the others are rendered without it.
func outputs(loaded *chart.Chart) (map[string]string, []string, error) {
	var failures []string
	for {
		rendered, err := once(loaded)
		if err == nil {
			return rendered, failures, nil
		}
		culprit := blamed(loaded, err)
		if culprit == "" || len(failures) == maxFailures {
			return nil, failures, fmt.Errorf("render: %w", err)
		}
		without(loaded, culprit)
		failures = append(failures, strings.TrimSpace(err.Error()))
	}
}

func once(loaded *chart.Chart) (map[string]string, error) {
	values, err := util.ToRenderValuesWithSchemaValidation(loaded, nil, common.ReleaseOptions{Name: loaded.Name(), Namespace: "", Revision: 1, IsInstall: true}, common.DefaultCapabilities.Copy(), true)
	if err != nil {
		return nil, fmt.Errorf("put values together: %w", err)
	}
	rendered, err := engine.Engine{LintMode: true, CustomTemplateFuncs: functions}.RenderWithContext(context.Background(), loaded, values)
	if err != nil {
		return nil, err
	}
	size := 0
	for name, text := range rendered {
		if size += len(text); size > maxOutput {
			return nil, fmt.Errorf("more than %d MiB come of it", maxOutput>>20)
		}
		if !isManifest(name) || strings.TrimSpace(text) == "" {
			delete(rendered, name)
		}
	}
	return rendered, nil
}

// isManifest says whether a template makes manifests that are installed: tests and notes
// are not.
func isManifest(name string) bool {
	extension := path.Ext(name)
	return (extension == ".yaml" || extension == ".yml" || extension == ".json") && !strings.Contains(name, "/templates/tests/")
}

// blamed finds the template that an error names first; "" for none. Pieces that others
// include are not blamed for what these give them.
func blamed(loaded *chart.Chart, err error) string {
	first, at := "", len(err.Error())
	for name := range templates(loaded) {
		if strings.HasPrefix(path.Base(name), "_") {
			continue
		}
		if i := strings.Index(err.Error(), name+":"); i >= 0 && (i < at || i == at && len(name) > len(first)) {
			first, at = name, i
		}
	}
	return first
}

// templates yields the templates of a chart and of those that it depends on, by the
// engine's names.
func templates(loaded *chart.Chart) func(yield func(string, *common.File) bool) {
	return func(yield func(string, *common.File) bool) {
		for _, c := range append([]*chart.Chart{loaded}, below(loaded)...) {
			for _, template := range c.Templates {
				if !yield(path.Join(c.ChartFullPath(), template.Name), template) {
					return
				}
			}
		}
	}
}

func below(c *chart.Chart) []*chart.Chart {
	var found []*chart.Chart
	for _, dependency := range c.Dependencies() {
		found = append(append(found, dependency), below(dependency)...)
	}
	return found
}

func without(loaded *chart.Chart, name string) {
	for _, c := range append([]*chart.Chart{loaded}, below(loaded)...) {
		c.Templates = slices.DeleteFunc(c.Templates, func(template *common.File) bool { return path.Join(c.ChartFullPath(), template.Name) == name })
	}
}

// functions replace those that would answer differently each time, ask the machine, or
// make much of little.
var functions = map[string]any{
	"now":               func() time.Time { return time.Unix(0, 0).UTC() },
	"ago":               func(any) string { return "" },
	"uuidv4":            func() string { return "00000000-0000-4000-8000-000000000000" },
	"randAlphaNum":      filled,
	"randAlpha":         filled,
	"randAscii":         filled,
	"randNumeric":       filled,
	"randBytes":         filled,
	"randInt":           func(low, _ int) int { return low },
	"shuffle":           func(text string) string { return text },
	"bcrypt":            nothing,
	"htpasswd":          nothing,
	"derivePassword":    nothing,
	"encryptAES":        nothing,
	"decryptAES":        nothing,
	"genPrivateKey":     nothing,
	"genCA":             certificate,
	"genCAWithKey":      certificate,
	"genSelfSignedCert": certificate, "genSelfSignedCertWithKey": certificate,
	"genSignedCert": certificate, "genSignedCertWithKey": certificate,
	"buildCustomCert": certificate,
	"getHostByName":   func(string) string { return "" },
	"keys":            sortedKeys,
	"values":          sortedValues,
	"repeat": func(count int, text string) (string, error) {
		if count < 0 || count > maxCount || count*len(text) > maxOutput {
			return "", errTooMuch
		}
		return strings.Repeat(text, count), nil
	},
	"until":     func(count int) ([]int, error) { return steps(0, count, 1) },
	"untilStep": steps,
	"seq": func(numbers ...int) (string, error) {
		from, step, to := 1, 1, 0
		switch len(numbers) {
		case 1:
			to = numbers[0]
		case 2:
			from, to = numbers[0], numbers[1]
		case 3:
			from, step, to = numbers[0], numbers[1], numbers[2]
		default:
			return "", nil
		}
		if to < from && step > 0 {
			step = -step
		}
		end := to + 1
		if step < 0 {
			end = to - 1
		}
		list, err := steps(from, end, step)
		return strings.Trim(fmt.Sprint(list), "[]"), err
	},
}

var errTooMuch = errors.New("more repetitions than there is room for")

func filled(count int) (string, error) {
	if count < 0 || count > maxCount {
		return "", errTooMuch
	}
	return strings.Repeat("x", count), nil
}

func nothing(...any) string { return "" }

func certificate(...any) map[string]string { return map[string]string{"Cert": "", "Key": ""} }

// steps counts from start towards stop, which is left out.
func steps(start, stop, step int) ([]int, error) {
	list := []int{}
	if step == 0 || stop < start && step > 0 || stop > start && step < 0 {
		return list, nil
	}
	for i := start; step > 0 && i < stop || step < 0 && i > stop; i += step {
		if list = append(list, i); len(list) > maxCount {
			return nil, errTooMuch
		}
	}
	return list, nil
}

func sortedKeys(objects ...map[string]any) []string {
	found := []string{}
	for _, object := range objects {
		found = append(found, slices.Sorted(maps.Keys(object))...)
	}
	return found
}

func sortedValues(object map[string]any) []any {
	found := []any{}
	for _, key := range sortedKeys(object) {
		found = append(found, object[key])
	}
	return found
}
