package pdf

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

func TestWorkerIsConfined(t *testing.T) {
	content := strings.Repeat("q Q ", memoryLimit/4+1) // more than PDFium may have
	for name, test := range map[string]struct {
		data []byte
		read bool
	}{
		"page": {fileOf("", content), false},
		"file": {append(file("", column(700, "Text")), make([]byte, 60<<20)...), true},
	} {
		t.Run(name, func(t *testing.T) {
			d := seated(t, crew(t, time.Minute), test.data)
			if _, err := d.page(t.Context(), 1); (err == nil) != test.read {
				t.Errorf("got %v", err)
			}
			var peak int // KiB
			if _, err := fmt.Sscan(sayingOf(t, d.worker, "status", "VmHWM:"), &peak); err != nil || peak > 300<<10 {
				t.Errorf("%d MiB at the peak, %v", peak>>10, err)
			}
			t.Logf("%d MiB at the peak", peak>>10)
			for bound, want := range map[string]string{"Max open files": "0", "Max file size": "0", "Max core file size": "0", "Max data size": fmt.Sprint(workerMemory)} {
				if got := sayingOf(t, d.worker, "limits", bound); !strings.HasPrefix(got, want+" ") {
					t.Errorf("%s: %s, want %s", bound, got, want)
				}
			}
		})
	}
}

// sayingOf returns what the system says of a worker, without blanks in front.
func sayingOf(t *testing.T, w *worker, file, name string) string {
	t.Helper()
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/%s", w.process.Pid, file))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		if value, found := strings.CutPrefix(line, name); found {
			return strings.TrimSpace(value) + " "
		}
	}
	t.Fatalf("%s says nothing of %s", file, name)
	return ""
}
