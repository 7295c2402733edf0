package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot/register"
	"github.com/austauschbar/austauschbar/evaluator/publiccode"
	"github.com/austauschbar/austauschbar/templates"
)

func (a *app) register() *cobra.Command {
	var output string
	command := &cobra.Command{
		Use:   "register DIR…",
		Short: "Make a searchable register of reviews and publiccode.yml files, as a static page",
		Long: `Looks in each DIR and below it for

  *.json           reviews that 'austauschbar review --format json' wrote
  *.jsonl          results of 'austauschbar batch'
  publiccode.yml   software that describes itself

and writes index.html, a page that needs no server, and register.json, the same for
programs ('austauschbar schema register' describes it). Of a dossier that was reviewed
more than once the newest review counts. The review of an architecture and a publiccode.yml
in the same folder are one entry. Where a page lies beside a review of the same name
(a.html beside a.json), its entry leads there.

Files that are no reviews are named, the rest goes on, and the command exits with 1.
In and below a folder with a publiccode.yml other JSON belongs to the project and is passed
over; so are folders whose names begin with a dot.`,
		Example: `  austauschbar register --output register reviews/
  austauschbar register --output register --lang en results/ projects/`,
		Args: arguments(cobra.MinimumNArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error {
			if output == "" {
				return usageError{errors.New("register: name a folder for the register with --output")}
			}
			return a.runRegister(args, output)
		},
	}
	command.Flags().StringVarP(&output, "output", "o", "", "`DIR` for index.html and register.json")
	a.languageFlag(command)
	complete(command, "lang", templates.Languages())
	return command
}

func (a *app) runRegister(folders []string, output string) error {
	words, err := a.words()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(output, 0o755); err != nil { // #nosec G301 -- as the user's umask says
		return fmt.Errorf("write register: %w", err)
	}
	maker := register.Maker{
		Tool: austauschbar.Tool{Name: "austauschbar", Version: version()}, Software: publiccode.Read,
		Link: func(page string) string { return pageFrom(output, page) },
	}
	made, left := maker.Make(folders)
	err = errors.Join(
		a.writeTo(filepath.Join(output, "register.json"), func(out io.Writer) error { return templates.RegisterJSON(out, made) }),
		a.writeTo(filepath.Join(output, "index.html"), func(out io.Writer) error { return words.Register(out, made) }),
	)
	return errors.Join(left, err)
}

func (a *app) writeTo(file string, write func(io.Writer) error) error {
	out, finish, err := a.out(file)
	if err != nil {
		return err
	}
	return finish(write(out))
}

// pageFrom is where a page is seen from a folder; "" where the way there leads through
// folders of this machine that nobody else knows.
func pageFrom(folder, page string) string {
	from, errFrom := filepath.Abs(folder)
	to, errTo := filepath.Abs(page)
	here, errHere := os.Getwd()
	if errors.Join(errFrom, errTo, errHere) != nil {
		return ""
	}
	below := func(root, file string) bool {
		within, err := filepath.Rel(root, file)
		return err == nil && filepath.IsLocal(within)
	}
	way, err := filepath.Rel(from, to)
	if err != nil || !below(from, to) && !(below(here, from) && below(here, to)) {
		return ""
	}
	return filepath.ToSlash(way)
}
