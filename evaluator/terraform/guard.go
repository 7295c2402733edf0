package terraform

import (
	"fmt"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// Bounds of one file, since parsing and evaluating follow its nesting.
const (
	maxFile      = 1 << 20 // bytes
	maxOperators = 20_000  // each may lie within the one before
	maxBrackets  = 50_000  // indices may follow each other without end
)

// parseFile parses a file within its bounds. Of one that is damaged the sound parts are
// returned beside the damage.
func parseFile(path string, data []byte) (*hclsyntax.Body, error) {
	if len(data) > maxFile {
		return nil, limit.Refuse("too_large", fmt.Sprintf("more than %d MiB of HCL", maxFile>>20))
	}
	tokens, _ := hclsyntax.LexConfig(data, path, hcl.InitialPos)
	if err := guard(tokens); err != nil {
		return nil, err
	}
	file, diagnostics := hclsyntax.ParseConfig(data, path, hcl.InitialPos)
	var damage error
	if diagnostics.HasErrors() {
		first := diagnostics.Errs()[0].(*hcl.Diagnostic)
		damage = limit.Refuse("damaged", first.Summary)
		if first.Subject != nil {
			damage = limit.Refuse("damaged", fmt.Sprintf("line %d: %s", first.Subject.Start.Line, first.Summary))
		}
	}
	if file == nil {
		return nil, damage
	}
	body, _ := file.Body.(*hclsyntax.Body)
	return body, damage
}

// parseTemplate parses a string of JSON as the template that it is; nil where it is none.
func parseTemplate(text string, line int) hclsyntax.Expression {
	start := hcl.Pos{Line: line, Column: 1}
	tokens, _ := hclsyntax.LexTemplate([]byte(text), "", start)
	if guard(tokens) != nil {
		return nil
	}
	expression, diagnostics := hclsyntax.ParseTemplate([]byte(text), "", start)
	if diagnostics.HasErrors() {
		return nil
	}
	return expression
}

// guard refuses what nests so deep that following it needs too much memory.
func guard(tokens hclsyntax.Tokens) error {
	depth, signs, operators, brackets := 0, 0, 0, 0
	for _, token := range tokens {
		sign := false
		switch token.Type {
		case hclsyntax.TokenOBrack:
			brackets++
			depth++
		case hclsyntax.TokenOBrace, hclsyntax.TokenOParen, hclsyntax.TokenOQuote, hclsyntax.TokenTemplateInterp, hclsyntax.TokenTemplateControl:
			depth++
		case hclsyntax.TokenCBrack, hclsyntax.TokenCBrace, hclsyntax.TokenCParen, hclsyntax.TokenCQuote, hclsyntax.TokenTemplateSeqEnd:
			depth--
		case hclsyntax.TokenBang, hclsyntax.TokenMinus:
			sign = true
			operators++
		case hclsyntax.TokenStar, hclsyntax.TokenSlash, hclsyntax.TokenPlus, hclsyntax.TokenPercent, hclsyntax.TokenQuestion, hclsyntax.TokenAnd, hclsyntax.TokenOr,
			hclsyntax.TokenEqualOp, hclsyntax.TokenNotEqual, hclsyntax.TokenLessThan, hclsyntax.TokenLessThanEq, hclsyntax.TokenGreaterThan, hclsyntax.TokenGreaterThanEq:
			operators++
		}
		if signs++; !sign {
			signs = 0
		}
		switch {
		case depth > limit.Depth, signs > limit.Depth:
			return limit.Refuse("too_large", fmt.Sprintf("values are nested more than %d deep", limit.Depth))
		case operators > maxOperators, brackets > maxBrackets:
			return limit.Refuse("too_large", "there are too many operators or brackets")
		}
	}
	return nil
}
