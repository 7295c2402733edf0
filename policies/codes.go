package policies

import (
	"io/fs"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
)

// Said is what the text of a criterion's rules tells without running them.
type Said struct {
	File   string           // of the criterion
	Codes  map[string][]int // of its findings, each with the lines that give it
	Open   bool             // some codes are made of facts, so that there may be others
	Topics []string         // of the lexicon that it asks for itself, in the order of the text
}

// Read tells of every criterion, by id, what its text says.
func Read(files fs.FS) (map[string]Said, error) {
	modules, _, err := parse(files, whole)
	if err != nil {
		return nil, err
	}
	found, err := describeAll(modules)
	if err != nil {
		return nil, err
	}
	said := map[string]Said{}
	for _, criterion := range found {
		for name, module := range modules {
			if module.Package.Path.String() == criterion.at {
				said[criterion.ID] = readModule(name, module)
			}
		}
	}
	return said, nil
}

// builders are the functions of policies/lib that make findings, each with its code;
// "" where that is the second argument.
var builders = map[string]string{
	"result.finding": "", "result.likely": "", "result.unsure": "", "result.asked": "",
	"result.missing": "missing", "passage.missing_at": "missing", "result.elsewhere": "elsewhere",
}

func readModule(name string, module *ast.Module) Said {
	said := Said{File: name, Codes: map[string][]int{}}
	ast.WalkTerms(module, func(term *ast.Term) bool {
		switch value := term.Value.(type) {
		case ast.Call:
			said.readCall(value, term.Location.Row)
		case ast.Ref:
			said.readRef(value)
		}
		return false
	})
	return said
}

func (s *Said) readCall(call ast.Call, line int) {
	code, builds := builders[call[0].String()]
	if !builds {
		return
	}
	if code == "" && len(call) > 2 {
		constant, ok := call[2].Value.(ast.String)
		if !ok {
			s.Open = true
			return
		}
		code = string(constant)
	}
	s.Codes[code] = append(s.Codes[code], line)
}

func (s *Said) readRef(ref ast.Ref) {
	if len(ref) < 3 || ref[0].String() != "input" || !ref[1].Equal(ast.StringTerm("topics")) {
		return
	}
	if topic, ok := ref[2].Value.(ast.String); ok && !slices.Contains(s.Topics, string(topic)) {
		s.Topics = append(s.Topics, string(topic))
	}
}

// CodeAt is the code that a line gives; "" where it gives none that the text tells.
func (s Said) CodeAt(line int) string {
	for code, lines := range s.Codes {
		if slices.Contains(lines, line) {
			return code
		}
	}
	return ""
}
