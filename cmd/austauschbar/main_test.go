package main

import (
	"flag"
	"os"
	"runtime/debug"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/austauschbar/austauschbar/evaluator"
	"github.com/austauschbar/austauschbar/evaluator/pdf"
)

// update rewrites the files that goldens compare with.
var update = flag.Bool("update", false, "rewrite golden files")

func TestMain(m *testing.M) {
	pdf.Work()
	evaluator.Work()
	if os.Getenv("AUSTAUSCHBAR_TEST") != "" { // started by a test as the command
		os.Exit(process())
	}
	debug.SetGCPercent(200) // policies are loaded over and over
	testscript.Main(m, map[string]func(){"austauschbar": func() { os.Exit(process()) }})
}

// Whole commands, as a user types them.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:           "testdata/script",
		UpdateScripts: *update,
		Setup: func(env *testscript.Env) error {
			here, err := os.Getwd()
			env.Setenv("EXAMPLE", here+"/../../examples/fachverfahren")
			env.Setenv("FILES", here+"/testdata/files")
			// The PDF reader's compilation is kept for all scripts.
			cache, cacheErr := os.UserCacheDir()
			if cacheErr == nil {
				env.Setenv("XDG_CACHE_HOME", cache)
			}
			return err
		},
	})
}
