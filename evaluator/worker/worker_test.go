package worker_test

import (
	"context"
	"errors"
	"net"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/worker"
)

var tasks = map[string]worker.Task{
	"echo":    func(input []byte) []byte { return input },
	"confess": confess,
	"forever": func([]byte) []byte { select {} },
	"grow": func([]byte) []byte {
		var kept [][]byte
		for {
			block := make([]byte, 16<<20)
			for i := range block {
				block[i] = 1
			}
			kept = append(kept, block)
			if len(kept) > 1_000 {
				return nil
			}
		}
	},
	"deep": func([]byte) []byte { return deep(0) },
	"loud": func([]byte) []byte { return make([]byte, 65<<20) },
}

// deep calls itself more often than any stack has room for.
func deep(calls int) []byte {
	if calls == 1<<40 {
		return nil
	}
	return append(deep(calls+1), 1)
}

// confess says what a worker could do.
func confess([]byte) []byte {
	var done []string
	if _, err := os.ReadFile("/etc/hostname"); err == nil {
		done = append(done, "read a file")
	}
	if _, err := net.Listen("tcp", "127.0.0.1:0"); err == nil {
		done = append(done, "listened")
	}
	if err := exec.Command("/bin/true").Run(); err == nil {
		done = append(done, "started a program")
	}
	if len(os.Environ()) > 3 {
		done = append(done, "saw the environment")
	}
	return []byte(strings.Join(done, ", "))
}

func TestMain(m *testing.M) {
	worker.Work(tasks)
	os.Exit(m.Run())
}

func TestDo(t *testing.T) {
	for name, test := range map[string]struct{ input, want, code string }{
		"echo":    {"a", "a", ""},
		"confess": {"", "", ""},
		"grow":    {"", "", "too_large"},
		"deep":    {"", "", "too_large"},
		"loud":    {"", "", "too_large"},
		"forever": {"", "", "too_large|timeout"}, // a program in which nothing can go on ends
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := worker.Do(t.Context(), name, tasks[name], []byte(test.input))
			var refusal *limit.Refusal
			if errors.As(err, &refusal) != (test.code != "") || refusal != nil && !strings.Contains(test.code, refusal.Code) || string(got) != test.want {
				t.Errorf("got %.100q of %d bytes, error %v", got, len(got), err)
			}
		})
	}
}

func TestDoEndsWithItsContext(t *testing.T) {
	ending, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	begun := time.Now()
	_, err := worker.Do(ending, "grow", tasks["grow"], nil)
	if !errors.Is(err, context.DeadlineExceeded) || time.Since(begun) > worker.Patience/2 {
		t.Errorf("got %v after %s", err, time.Since(begun))
	}
}
