package templates_test

import (
	"bytes"
	"errors"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The programs that stand in for the real ones write down what they are called with.
const (
	stubGo = `#!/bin/sh
printf 'go' >>"$CALLS"; printf ' <%s>' "$@" >>"$CALLS"; echo >>"$CALLS"
case $1 in
list) echo v1.4.0 ;;
install) [ -z "$NO_BUILD" ] || exit 1; mkdir -p "$GOBIN"; cp "$PROGRAM" "$GOBIN/austauschbar" ;;
esac
`
	// Exits with what FORGE_CODE, REPORT_CODE and LOG_CODE say, having written --output.
	stubProgram = `#!/bin/sh
printf 'austauschbar' >>"$CALLS"; printf ' <%s>' "$@" >>"$CALLS"; echo >>"$CALLS"
code=$LOG_CODE
while [ $# -gt 0 ]; do
	case $1 in
	--version) exit 0 ;;
	--forge) code=$FORGE_CODE ;;
	--output) code=$REPORT_CODE; echo report >"$2" ;;
	esac
	shift
done
exit "${code:-0}"
`
)

// A run is a job as a runner executes it.
type run struct {
	inputs    map[string]any
	variables map[string]string // of the pipeline and the project
	stubs     map[string]string // what the stubs are told
	image     bool              // the image brings the program
	again     bool              // with the cache of a run before
	shallow   bool              // the merge request's base was not fetched
}

type ran struct {
	code    int
	calls   []string
	reports []string
	log     string
}

func (r run) in(t *testing.T, shell string) ran {
	t.Helper()
	project, tools := t.TempDir(), t.TempDir()
	_, only := readComponent(t).job(t, r.inputs)
	write := func(file, text string) string {
		if err := os.WriteFile(file, []byte(text), 0o755); err != nil {
			t.Fatal(err)
		}
		return file
	}
	write(filepath.Join(tools, "go"), stubGo)
	program := write(filepath.Join(t.TempDir(), "program"), stubProgram)
	if r.image {
		write(filepath.Join(tools, "austauschbar"), stubProgram)
	}
	calls := filepath.Join(t.TempDir(), "calls")
	base := commit(t, project)
	environment := map[string]string{
		"PATH": tools + ":/usr/bin:/bin", "CALLS": calls, "PROGRAM": program, "NO_BUILD": "", "HOME": t.TempDir(),
		"CI_PROJECT_DIR": project, "CI_PROJECT_ID": "1", "CI_MERGE_REQUEST_PROJECT_ID": "1",
		"CI_MERGE_REQUEST_DIFF_BASE_SHA": base,
	}
	if r.shallow {
		environment["CI_MERGE_REQUEST_DIFF_BASE_SHA"] = strings.Repeat("0", 40)
	}
	// Variables of a project count more than those of a job.
	for _, set := range []map[string]string{only.Variables, r.stubs, r.variables} {
		maps.Copy(environment, set)
	}
	var result ran
	runs := 1
	if r.again {
		runs = 2
	}
	for range runs {
		if err := os.RemoveAll(calls); err != nil {
			t.Fatal(err)
		}
		command := exec.Command(shell, "-e", "-c", strings.Join(only.Script, "\n"))
		command.Dir = project
		for name, value := range environment {
			command.Env = append(command.Env, name+"="+value)
		}
		log, err := command.CombinedOutput()
		if failed := (*exec.ExitError)(nil); err != nil && !errors.As(err, &failed) {
			t.Fatal(err)
		}
		result = ran{code: command.ProcessState.ExitCode(), log: string(log)}
	}
	if data, err := os.ReadFile(calls); err == nil {
		for call := range strings.Lines(strings.NewReplacer(project, "PROJECT", base, "BASE").Replace(string(data))) {
			result.calls = append(result.calls, strings.TrimSpace(call))
		}
	}
	for _, report := range []string{"codequality", "junit"} {
		if _, err := os.Stat(filepath.Join(project, only.Artifacts.Reports[report])); err == nil {
			result.reports = append(result.reports, report)
		}
	}
	return result
}

// commit makes a repository of one commit.
func commit(t *testing.T, folder string) string {
	t.Helper()
	var out bytes.Buffer
	for _, args := range [][]string{
		{"init", "--quiet"}, {"commit", "--quiet", "--allow-empty", "--message", "base"}, {"rev-parse", "HEAD"},
	} {
		command := exec.Command("git", append([]string{"-C", folder, "-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgSign=false"}, args...)...)
		command.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null")
		command.Stdout, command.Stderr = &out, &out
		if err := command.Run(); err != nil {
			t.Fatalf("git %v: %v: %s", args, err, out.String())
		}
	}
	return strings.TrimSpace(out.String())
}

const (
	list        = "go <list> <-m> <-f> <{{.Version}}> <github.com/austauschbar/austauschbar@latest>"
	install     = "go <install> <github.com/austauschbar/austauschbar/cmd/austauschbar@v1.4.0>"
	version     = "austauschbar <--version>"
	codeQuality = "austauschbar <review> <--fail-on> <never> <--format> <codequality> <--output> <PROJECT/.austauschbar-ci/reports/codequality.json> <--> <.>"
	junit       = "austauschbar <review> <--fail-on> <never> <--format> <junit> <--output> <PROJECT/.austauschbar-ci/reports/junit.xml> <--> <.>"
	posted      = "austauschbar <review> <--forge> <gitlab>"
	compared    = "austauschbar <review> <--base> <BASE> <--> <.>"
)

func TestScript(t *testing.T) {
	// with is a merge request's pipeline and what else is set.
	with := func(more ...string) map[string]string {
		variables := map[string]string{"CI_MERGE_REQUEST_IID": "7", "AUSTAUSCHBAR_GITLAB_TOKEN": "glpat-secret"}
		for pair := range slices.Chunk(more, 2) {
			variables[pair[0]] = pair[1]
		}
		return variables
	}
	both := []string{"codequality", "junit"}
	for name, test := range map[string]struct {
		run
		code    int
		calls   []string
		reports []string
		says    string
	}{
		"a token": {run: run{variables: with()}, calls: []string{list, install, version, codeQuality, junit, posted}, reports: both},
		"no token": {
			run:   run{variables: with("AUSTAUSCHBAR_GITLAB_TOKEN", "")},
			calls: []string{list, install, version, codeQuality, junit, compared}, reports: both, says: "AUSTAUSCHBAR_GITLAB_TOKEN is not set",
		},
		"a fork, which has a token of its own": {
			run:   run{variables: with("CI_PROJECT_ID", "2")},
			calls: []string{list, install, version, codeQuality, junit, compared}, reports: both, says: "from a fork",
		},
		"comments not wanted": {
			run:   run{variables: with(), inputs: map[string]any{"comment": false}},
			calls: []string{list, install, version, codeQuality, junit, compared}, reports: both, says: "comment is false",
		},
		"no token and the base not fetched": {
			run:   run{variables: with("AUSTAUSCHBAR_GITLAB_TOKEN", ""), shallow: true},
			calls: []string{list, install, version, codeQuality, junit, "austauschbar <review> <--> <.>"}, reports: both, says: "is not set",
		},
		"default branch": {
			run:   run{variables: map[string]string{"AUSTAUSCHBAR_GITLAB_TOKEN": "glpat-secret"}, inputs: map[string]any{"fail_on": "gate"}},
			calls: []string{list, install, version, codeQuality, junit, "austauschbar <review> <--fail-on> <never> <--> <.>"}, reports: both,
		},
		"all inputs": {
			run: run{variables: with(), inputs: map[string]any{
				"version": "v1.4.0", "path": "Vergabe 2027/Straße & 'Co'; id", "language": "en", "profile": "tender-vgv", "fail_on": "level:D", "junit": false,
			}},
			calls: []string{
				install, version,
				"austauschbar <review> <--lang> <en> <--profile> <tender-vgv> <--fail-on> <never> <--format> <codequality> <--output> <PROJECT/.austauschbar-ci/reports/codequality.json> <--> <Vergabe 2027/Straße & 'Co'; id>",
				"austauschbar <review> <--forge> <gitlab> <--lang> <en> <--profile> <tender-vgv> <--fail-on> <level:D>",
			},
			reports: []string{"codequality"},
		},
		"no reports":              {run: run{variables: with(), inputs: map[string]any{"code_quality": false, "junit": false}}, calls: []string{list, install, version, posted}},
		"the image has it":        {run: run{variables: with(), image: true}, calls: []string{version, codeQuality, junit, posted}, reports: both},
		"the cache has it":        {run: run{variables: with(), again: true}, calls: []string{list, version, codeQuality, junit, posted}, reports: both},
		"the cache has a version": {run: run{variables: with(), again: true, inputs: map[string]any{"version": "v1.4.0"}}, calls: []string{version, codeQuality, junit, posted}, reports: both},
		"an open gate": {
			run: run{variables: with(), inputs: map[string]any{"fail_on": "gate"}, stubs: map[string]string{"FORGE_CODE": "3"}}, code: 3,
			calls: []string{list, install, version, codeQuality, junit, posted + " <--fail-on> <gate>"}, reports: both,
		},
		"an open gate, and no token": {
			run: run{variables: with("AUSTAUSCHBAR_GITLAB_TOKEN", ""), inputs: map[string]any{"fail_on": "gate"}, stubs: map[string]string{"LOG_CODE": "3"}}, code: 3,
			calls: []string{list, install, version, codeQuality, junit, strings.Replace(compared, "<--base>", "<--fail-on> <gate> <--base>", 1)}, reports: both, says: "is not set",
		},
		"GitLab is away": {
			run: run{variables: with(), stubs: map[string]string{"FORGE_CODE": "1"}}, code: 1,
			calls: []string{list, install, version, codeQuality, junit, posted}, reports: both,
		},
		"reports fail, the comment is written": {
			run: run{variables: with(), stubs: map[string]string{"REPORT_CODE": "1"}}, code: 1,
			calls: []string{list, install, version, codeQuality, junit, posted}, reports: both,
		},
		"it cannot be built": {run: run{variables: with(), stubs: map[string]string{"NO_BUILD": "1"}}, code: 1, calls: []string{list, install}},
		"variables of the project are no shell text either": {
			run: run{variables: with("AUSTAUSCHBAR_INPUT_PATH", `-x"$(touch owned)'; id`, "AUSTAUSCHBAR_INPUT_JUNIT", "$(id)", "AUSTAUSCHBAR_INPUT_LANGUAGE", "de --fail-on never")},
			calls: []string{
				list, install, version,
				`austauschbar <review> <--lang> <de --fail-on never> <--fail-on> <never> <--format> <codequality> <--output> <PROJECT/.austauschbar-ci/reports/codequality.json> <--> <-x"$(touch owned)'; id>`,
				"austauschbar <review> <--forge> <gitlab> <--lang> <de --fail-on never>",
			},
			reports: []string{"codequality"},
		},
	} {
		for _, shell := range []string{"sh", "bash"} {
			t.Run(name+", "+shell, func(t *testing.T) {
				if _, err := exec.LookPath(shell); err != nil {
					t.Skip(err)
				}
				t.Parallel()
				got := test.in(t, shell)
				if got.code != test.code {
					t.Errorf("exit code %d, want %d: %s", got.code, test.code, got.log)
				}
				if !slices.Equal(got.calls, test.calls) {
					t.Errorf("calls:\n%s\nwant:\n%s", strings.Join(got.calls, "\n"), strings.Join(test.calls, "\n"))
				}
				if !slices.Equal(got.reports, test.reports) {
					t.Errorf("reports %v, want %v", got.reports, test.reports)
				}
				if !strings.Contains(got.log, test.says) || strings.Contains(got.log, "no comment") != (test.says != "") {
					t.Errorf("log: %s", got.log)
				}
				if strings.Contains(got.log, "glpat-secret") {
					t.Errorf("the log tells the token: %s", got.log)
				}
			})
		}
	}
}
