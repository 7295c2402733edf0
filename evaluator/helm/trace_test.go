package helm

import (
	"strings"
	"testing"
)

// What marks put in, and nothing else, is what takes them out; and each says the line it
// stands on.
func FuzzMarks(f *testing.F) {
	f.Add("a: {{ .x }}\n{{- if .y }}\n  b: c{{/* d */}}\n{{- end }}\n{{ define \"e\" }}\nf\n{{ end }}", true)
	f.Add("{{ range .x -}}\n a\r\n{{- else }}b{{ end }}{{ with 1 }}\n{{ end }}", false)
	f.Fuzz(func(t *testing.T, source string, everywhere bool) {
		if strings.Contains(source, markBegin) {
			return
		}
		marked := marks(source, 7, everywhere)
		if mark.ReplaceAllString(marked, "") != source {
			t.Errorf("%q became %q", source, marked)
		}
		for i, line := range strings.Split(marked, "\n") {
			for _, match := range mark.FindAllStringSubmatch(line, -1) {
				if origins, ok := originsOf("", match[0], make([]string, 8)); !ok || origins[0].Line != i+1 {
					t.Errorf("line %d of %q says %v", i+1, source, origins)
				}
			}
		}
	})
}
