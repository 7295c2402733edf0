package main

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/austauschbar/austauschbar/evaluator/lexicon"
	"github.com/austauschbar/austauschbar/policies"
)

// skeleton is what a new criterion begins with. In the place of a word that begins with
// $ stands what the criterion is about.
//
//go:embed skeleton
var skeleton embed.FS

func (a *app) newCriterion() *cobra.Command {
	var id, topic string
	command := &cobra.Command{
		Use:   "criterion GROUP/NAME",
		Short: "Make a criterion: rule, tests and words, which pass as a draft",
		Long: `Makes the folder criteria/GROUP/NAME in the policies of this repository (or those of
--policies) with a rule and its tests, and words in every language beside them.
All checks pass at once: the criterion is a draft that asks about one topic of the lexicon.

The id is the free one that the topic names among its criteria, or that the only topic
of the group that waits for a criterion does; else the next that neither a criterion nor
a topic names. The topic is the one that names the id, unless --topic says another.`,
		Example: `  austauschbar new criterion interfaces/test_environment --id IF-99
  austauschbar new criterion interfaces/event_notification --topic interface_specification`,
		Args: arguments(cobra.ExactArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error {
			work, err := a.workpiece(nil)
			if err != nil {
				return err
			}
			if work.folder == "" {
				return usageError{errors.New("no folder of policies here: go to the repository, or name one with --policies DIR")}
			}
			planned, err := planCriterion(work, args[0], id, topic)
			if err != nil {
				return err
			}
			return a.makeCriterion(work, planned)
		},
	}
	command.Flags().StringVar(&id, "id", "", "the criterion's `ID`, such as IF-99 (default: the one that a topic waits for, or the group's next free one)")
	command.Flags().StringVar(&topic, "topic", "", "`TOPIC` of the lexicon that it asks about (default: the one that names the id)")
	return command
}

// planned is a criterion before it is made.
type planned struct {
	group, name, id, topic string
	topicTitles            map[string]string // by language
}

var (
	wantedPath = regexp.MustCompile(`^([a-z][a-z_]*)/([a-z][a-z0-9_]*)$`)
	wantedID   = regexp.MustCompile(`^[A-Z]{2}-[0-9]{2}$`)
)

// planCriterion settles on id and topic. Its error is one of use.
func planCriterion(work workpiece, asked, id, topic string) (planned, error) {
	parts := wantedPath.FindStringSubmatch(asked)
	if parts == nil || strings.HasSuffix(asked, "_test") {
		return planned{}, usageError{fmt.Errorf("%q: want GROUP/NAME in small letters, such as interfaces/test_environment", asked)}
	}
	l, err := lexicon.Load(work.files)
	if err != nil {
		return planned{}, err
	}
	catalogue, err := policies.Catalogue(work.files)
	if err != nil {
		return planned{}, err
	}
	groups, taken := map[string]string{}, map[string]bool{}
	for _, criterion := range catalogue {
		groups[criterion.Group], _, _ = strings.Cut(criterion.ID, "-")
		taken[criterion.ID] = true
	}
	prefix, known := groups[parts[1]]
	switch {
	case id == "" && !known:
		return planned{}, usageError{fmt.Errorf("group %q has no criteria; groups are %s. Give a new group's first id with --id", parts[1], strings.Join(slices.Sorted(maps.Keys(groups)), ", "))}
	case id == "":
		waiting := waitingIDs(prefix, topic, taken, l)
		switch {
		case len(waiting) == 0:
			id = nextID(prefix, taken, l)
		case len(waiting) > 1:
			return planned{}, usageError{fmt.Errorf("topics of the lexicon wait for %s: say which with --id", strings.Join(waiting, ", "))}
		default:
			id = waiting[0]
		}
	case !wantedID.MatchString(id) || known && !strings.HasPrefix(id, prefix+"-"):
		return planned{}, usageError{fmt.Errorf("--id %q: want two letters, a hyphen and two digits, beginning like the group's other ids", id)}
	case taken[id]:
		return planned{}, usageError{fmt.Errorf("--id %s: is taken", id)}
	}
	topics := l.TopicIDs()
	if topic == "" {
		i := slices.IndexFunc(topics, func(t string) bool { return slices.Contains(l.Topics[t].Criteria, id) })
		if i < 0 {
			return planned{}, usageError{fmt.Errorf("no topic of the lexicon names %s: add one with 'criteria: [%s]', or say which with --topic", id, id)}
		}
		topic = topics[i]
	}
	if !slices.Contains(topics, topic) {
		return planned{}, usageError{fmt.Errorf("--topic %q: is not in the lexicon; 'austauschbar schema facts' lists all", topic)}
	}
	return planned{parts[1], parts[2], id, topic, l.Topics[topic].Title}, nil
}

// waitingIDs lists the free ids of a group that a topic of the lexicon names, sorted:
// any topic, or the one asked for.
func waitingIDs(prefix, asked string, taken map[string]bool, l *lexicon.Lexicon) []string {
	waiting := map[string]bool{}
	for name, topic := range l.Topics {
		for _, id := range topic.Criteria {
			if strings.HasPrefix(id, prefix+"-") && !taken[id] && (asked == "" || asked == name) {
				waiting[id] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(waiting))
}

// nextID is one more than the highest that a criterion bears or a topic waits for.
func nextID(prefix string, taken map[string]bool, l *lexicon.Lexicon) string {
	ids := slices.Collect(maps.Keys(taken))
	for _, topic := range l.Topics {
		ids = append(ids, topic.Criteria...)
	}
	highest := 0
	for _, id := range ids {
		if number, ours := strings.CutPrefix(id, prefix+"-"); ours {
			n, _ := strconv.Atoi(number) // 0 for what is no number
			highest = max(highest, n)
		}
	}
	return fmt.Sprintf("%s-%02d", prefix, highest+1)
}

// files are what a criterion is made of, by path: skeleton and place.
func (p planned) files(work workpiece) [][2]string {
	folder := filepath.Join(work.folder, "criteria", p.group, p.name)
	files := [][2]string{
		{"criterion.rego", filepath.Join(folder, p.name+".rego")},
		{"criterion_test.rego", filepath.Join(folder, p.name+"_test.rego")},
	}
	for _, language := range []string{"de", "en"} {
		if beside := filepath.Join(work.folder, "..", "templates", language, "criteria"); isFolder(beside) {
			files = append(files, [2]string{language + ".tmpl", filepath.Join(beside, p.id+".tmpl")})
		}
	}
	return files
}

func (p planned) fill(text, language string) string {
	title := strings.ToUpper(p.name[:1]) + strings.ReplaceAll(p.name[1:], "_", " ")
	topicTitle := p.topicTitles[language]
	return strings.NewReplacer("$TOPIC_TITLE", topicTitle, "$TOPIC", p.topic, "$GROUP", p.group, "$NAME", p.name, "$TITLE", title, "$ID", p.id).Replace(text)
}

// makeCriterion writes all files, or none where one is there already.
func (a *app) makeCriterion(work workpiece, p planned) error {
	at := path.Join("criteria", p.group, p.name)
	if _, err := fs.Stat(work.files, at); err == nil {
		return fmt.Errorf("make criterion: %s exists already", work.named(at))
	}
	files := p.files(work)
	for _, file := range files {
		if _, err := os.Lstat(file[1]); !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("make criterion: %s exists already", file[1])
		}
	}
	for _, file := range files {
		text, err := skeleton.ReadFile(path.Join("skeleton", file[0]))
		if err != nil {
			return fmt.Errorf("make criterion: %w", err)
		}
		if err := os.MkdirAll(filepath.Dir(file[1]), 0o755); err != nil {
			return fmt.Errorf("make criterion: %w", err)
		}
		language := strings.TrimSuffix(file[0], ".tmpl")
		if err := os.WriteFile(file[1], []byte(p.fill(string(text), language)), 0o644); err != nil {
			return fmt.Errorf("make criterion: %w", err)
		}
		fmt.Fprintln(a.stdout, file[1])
	}
	fmt.Fprintf(a.stdout, `%s asks about the topic %s. Next: name its source and say in one sentence what it wants, then
  austauschbar policy check %[3]s
  austauschbar policy test --run %[4]s %[3]s
`, p.id, p.topic, work.folder, p.name)
	return nil
}
