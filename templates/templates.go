// Package templates turns a review into text: for a terminal, as Markdown, as
// JSON, as a report that CI systems read. The folder shape holds structure without
// words, each other folder the words of one language without structure: one define
// per name. A new language is a new folder.
//
// Words are plain text in every language. Whatever a shape prints, words and
// dossier text alike, is escaped for its output unless a function of that
// output made it; a shape cannot forget to escape.
package templates

import (
	"bytes"
	"cmp"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
	"text/template"
	"text/template/parse"

	"github.com/austauschbar/austauschbar"
)

//go:embed */*.tmpl */criteria/*.tmpl */sources.json
var files embed.FS

// Files are the templates that the program comes with.
func Files() fs.FS { return files }

// shapes is the folder that is no language.
const shapes = "shape"

// Languages lists the languages that reviews can be written in, sorted: "de",
// "en".
func Languages() []string {
	entries, err := files.ReadDir(".")
	if err != nil {
		panic(err) // the files are part of the program
	}
	languages := []string{}
	for _, entry := range entries {
		if entry.Name() != shapes {
			languages = append(languages, entry.Name())
		}
	}
	slices.Sort(languages)
	return languages
}

// Words are the words of one language. They are safe for use by several
// goroutines.
type Words struct {
	Language string // "de", "en"
	set      *template.Template
	numbers  numbers
	sources  map[string]string // what sources are called in this language, by what METADATA call them; nil where these are right

	confidential bool
	shapes       *sync.Map // parsed, by voice
	others       *sync.Map // words of other languages, for documents in them
}

// New loads the words of a language. Its error names the languages there are,
// or the file whose words cannot be parsed or define a name a second time.
func New(language string) (*Words, error) {
	if !slices.Contains(Languages(), language) {
		return nil, fmt.Errorf("load words: language %q is not one of %s", language, strings.Join(Languages(), ", "))
	}
	return Read(files, language)
}

// Read loads the words of a language out of a folder that is laid out like this
// package's own; shapes are the program's.
func Read(from fs.FS, language string) (*Words, error) {
	words := &Words{Language: language, shapes: &sync.Map{}, others: &sync.Map{}}
	words.set = template.New(language).Option("missingkey=error").Funcs(words.functions())
	names, err := wordFiles(from, language)
	if err != nil {
		return nil, fmt.Errorf("load words: %w", err)
	}
	for _, name := range names {
		text, err := fs.ReadFile(from, name)
		if err != nil {
			return nil, fmt.Errorf("load words: %w", err)
		}
		if err := words.add(name, text); err != nil {
			return nil, fmt.Errorf("load words: %w", err)
		}
	}
	if words.sources, err = readSources(from, language); err != nil {
		return nil, fmt.Errorf("load words: %w", err)
	}
	words.numbers.decimal, err = words.say("decimal", nil)
	if err != nil {
		return nil, fmt.Errorf("load words: %w", err)
	}
	words.numbers.thousands, err = words.say("thousands", nil)
	if err != nil {
		return nil, fmt.Errorf("load words: %w", err)
	}
	return words, nil
}

func wordFiles(from fs.FS, language string) ([]string, error) {
	general, err := fs.ReadDir(from, language)
	if err != nil {
		return nil, err
	}
	names := []string{}
	for _, entry := range general {
		if path.Ext(entry.Name()) == ".tmpl" {
			names = append(names, path.Join(language, entry.Name()))
		}
	}
	criteria, err := fs.ReadDir(from, path.Join(language, "criteria"))
	if err != nil {
		return nil, err
	}
	for _, entry := range criteria {
		names = append(names, path.Join(language, "criteria", entry.Name()))
	}
	return names, nil
}

// readSources reads what a language calls the sources of criteria; nil where it has no
// such file.
func readSources(from fs.FS, language string) (map[string]string, error) {
	name := path.Join(language, "sources.json")
	text, err := fs.ReadFile(from, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var sources map[string]string
	if err := json.Unmarshal(text, &sources); err != nil {
		return nil, fmt.Errorf("parse %s: %w", name, err)
	}
	return sources, nil
}

// inWords gives a copy of references whose descriptions are in the language, as far as it
// knows them.
func (words *Words) inWords(references []austauschbar.Reference) []austauschbar.Reference {
	references = copied(references)
	for i := range references {
		references[i].Description = cmp.Or(words.sources[references[i].Description], references[i].Description)
	}
	return references
}

// add takes in one file of words. A name that another file defines too is an
// error: which of the two wins would depend on the order of the files.
func (words *Words) add(name string, text []byte) error {
	file, err := template.New(name).Funcs(words.functions()).Parse(string(text))
	if err != nil {
		return fmt.Errorf("parse words: %w", err)
	}
	for _, defined := range file.Templates() {
		if defined.Name() == name {
			if !parse.IsEmptyTree(defined.Root) {
				return fmt.Errorf("parse words: %s: text outside of a define", name)
			}
			continue
		}
		if words.Defines(defined.Name()) {
			return fmt.Errorf("parse words: %s: %q is defined in another file too", name, defined.Name())
		}
		if _, err := words.set.AddParseTree(defined.Name(), defined.Tree); err != nil {
			return fmt.Errorf("parse words: %s: %w", name, err)
		}
	}
	return nil
}

// Defines tells whether the language has words of this name: "EX-02.title",
// "rating.met".
func (words *Words) Defines(name string) bool {
	return words.set.Lookup(name) != nil
}

// Names lists all names that the language has words for, sorted.
func (words *Words) Names() []string {
	names := []string{}
	for _, defined := range words.set.Templates() {
		if defined.Tree != nil && defined.Name() != words.Language {
			names = append(names, defined.Name())
		}
	}
	slices.Sort(names)
	return names
}

// say gives the words of a name as one line: writers may break lines as they
// like.
func (words *Words) say(name string, data any) (string, error) {
	var text strings.Builder
	if err := words.set.ExecuteTemplate(&text, name, data); err != nil {
		return "", fmt.Errorf("say %s: %w", name, err)
	}
	return citation.ReplaceAllString(fold(text.String()), "$1\u00a0$2"), nil
}

// citation is a sign of a citation and its number, which a line must not part.
var citation = regexp.MustCompile(`(§§?|Abs\.|Art\.|Nr\.|Ziffer) (\(?\d)`)

// A voice is one kind of output: how its shapes escape text, and what they can
// do beyond the words.
type voice struct {
	shape     string   // file in the folder shape, without its ending
	with      []string // further files that it takes templates from
	escape    func(string) string
	functions map[string]any
	limit     int // bytes; 0 for no limit
}

// errTooLong says that a text does not fit its voice's limit.
var errTooLong = errors.New("text too long")

// bounded is a buffer that refuses what is beyond its limit, so that a shape is
// filled no further than it is of use.
type bounded struct {
	bytes.Buffer
	limit int
}

func (b *bounded) Write(text []byte) (int, error) {
	if b.limit > 0 && b.Len()+len(text) > b.limit {
		return 0, errTooLong
	}
	return b.Buffer.Write(text)
}

// markup is text in the output's own notation, escaped already.
type markup string

// safe gives a value in the output's notation; markup stays as it is.
func (v voice) safe(value any) markup {
	if done, ok := value.(markup); ok {
		return done
	}
	return markup(v.escape(fmt.Sprint(value)))
}

// write fills a shape. Nothing is written where that fails, which wraps errTooLong
// where the voice's limit is the cause.
func (words *Words) write(out io.Writer, v voice, name string, data any) error {
	functions := template.FuncMap{
		"word": func(name string, data ...any) (string, error) {
			if len(data) == 0 {
				return words.say(name, nil)
			}
			return words.say(name, data[0])
		},
		"escape": v.safe,
	}
	for _, more := range []map[string]any{words.functions(), words.lookups(), v.functions} {
		for name, function := range more {
			functions[name] = function
		}
	}
	set, err := words.parsed(v, functions)
	if err != nil {
		return fmt.Errorf("write %s: %w", v.shape, err)
	}
	filled := bounded{limit: v.limit}
	if err := set.ExecuteTemplate(&filled, name, data); err != nil {
		return fmt.Errorf("write %s: %w", v.shape, err)
	}
	if _, err := out.Write(filled.Bytes()); err != nil {
		return fmt.Errorf("write %s: %w", v.shape, err)
	}
	return nil
}

// parsed gives a voice's shapes with these functions. They are parsed once for all
// words of a language, with functions of the same names.
func (words *Words) parsed(v voice, functions template.FuncMap) (*template.Template, error) {
	if done, ok := words.shapes.Load(v.shape); ok {
		set, err := done.(*template.Template).Clone()
		if err != nil {
			return nil, err
		}
		return set.Funcs(functions), nil
	}
	set := template.New(shapes).Option("missingkey=error").Funcs(functions)
	for _, shape := range append([]string{v.shape}, v.with...) {
		file := path.Join(shapes, shape+".tmpl")
		text, err := files.ReadFile(file)
		if err != nil {
			return nil, err
		}
		if _, err := set.New(file).Parse(string(text)); err != nil {
			return nil, err
		}
	}
	for _, shape := range set.Templates() {
		escapeActions(shape.Tree, shape.Root)
	}
	words.shapes.Store(v.shape, set)
	return set.Clone()
}

// escapeActions ends every action of a shape that prints with "| escape".
func escapeActions(tree *parse.Tree, node parse.Node) {
	switch node := node.(type) {
	case *parse.ListNode:
		if node == nil {
			return
		}
		for _, child := range node.Nodes {
			escapeActions(tree, child)
		}
	case *parse.ActionNode:
		if len(node.Pipe.Decl) == 0 {
			escape := parse.NewIdentifier("escape").SetTree(tree).SetPos(node.Pos)
			command := &parse.CommandNode{NodeType: parse.NodeCommand, Pos: node.Pos, Args: []parse.Node{escape}}
			node.Pipe.Cmds = append(node.Pipe.Cmds, command)
		}
	case *parse.IfNode:
		escapeActions(tree, node.List)
		escapeActions(tree, node.ElseList)
	case *parse.RangeNode:
		escapeActions(tree, node.List)
		escapeActions(tree, node.ElseList)
	case *parse.WithNode:
		escapeActions(tree, node.List)
		escapeActions(tree, node.ElseList)
	}
}
