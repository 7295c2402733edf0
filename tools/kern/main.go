// Command kern cuts a style sheet of KERN UX down to what a page uses: the rules of the
// classes that are named, and the custom properties that these and a further style
// sheet, ours, refer to. What loads anything is left out.
//
//	kern -classes kern-link,kern-heading-large -with bridge.css <kern.min.css >kern.css
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
)

func main() {
	classes := flag.String("classes", "", "`NAMES` of classes, separated by commas")
	with := flag.String("with", "", "`FILE` of a style sheet that refers to custom properties")
	flag.Parse()
	sheet, err := io.ReadAll(os.Stdin)
	var ours []byte
	if err == nil {
		ours, err = os.ReadFile(*with)
	}
	if err == nil {
		_, err = os.Stdout.WriteString(cut(string(sheet), string(ours), strings.Split(*classes, ",")))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "kern:", err)
		os.Exit(1)
	}
}

// A rule is what stands before braces and what stands in them.
type rule struct{ head, body string }

var (
	comment   = regexp.MustCompile(`(?s)/\*.*?\*/`)
	className = regexp.MustCompile(`\.([A-Za-z_][A-Za-z0-9_-]*)`)
	reference = regexp.MustCompile(`var\(\s*(--[A-Za-z0-9_-]+)`)
	property  = regexp.MustCompile(`^\s*(--[A-Za-z0-9_-]+)\s*:`)
)

func cut(sheet, ours string, classes []string) string {
	sheet = comment.ReplaceAllString(strings.ReplaceAll(sheet, `@charset "UTF-8";`, ""), "")
	kept := keep(rules(sheet), classes)
	return write(kept, used(kept, ours))
}

// rules splits a style sheet at its outermost braces.
func rules(sheet string) []rule {
	var found []rule
	depth, start, open := 0, 0, 0
	for i, b := range []byte(sheet) {
		switch b {
		case '{':
			if depth == 0 {
				open = i
			}
			depth++
		case '}':
			if depth--; depth == 0 {
				found = append(found, rule{strings.TrimSpace(sheet[start:open]), sheet[open+1 : i]})
				start = i + 1
			}
		}
	}
	return found
}

// selectors splits what stands before braces at its outermost commas.
func selectors(head string) []string {
	depth := 0
	return strings.FieldsFunc(head, func(r rune) bool {
		switch r {
		case '(', '[':
			depth++
		case ')', ']':
			depth--
		}
		return r == ',' && depth == 0
	})
}

// keep leaves the rules of :root, of any body and of the classes, within @media too.
func keep(all []rule, classes []string) []rule {
	var kept []rule
	for _, one := range all {
		if strings.HasPrefix(one.head, "@media") {
			if inner := keep(rules(one.body), classes); len(inner) > 0 {
				kept = append(kept, rule{one.head, write(inner, nil)})
			}
			continue
		}
		kin := slices.DeleteFunc(selectors(one.head), func(s string) bool { return !wanted(strings.TrimSpace(s), classes) })
		if len(kin) > 0 && !strings.Contains(one.body, "url(") {
			kept = append(kept, rule{strings.Join(kin, ","), one.body})
		}
	}
	return kept
}

func wanted(selector string, classes []string) bool {
	if selector == ":root" || strings.HasPrefix(selector, ":is(body,") {
		return true
	}
	names := className.FindAllStringSubmatch(selector, -1)
	return len(names) > 0 && !strings.ContainsAny(selector, "()@") && !slices.ContainsFunc(names, func(name []string) bool { return !slices.Contains(classes, name[1]) })
}

// used lists the custom properties that are referred to, directly or by others.
func used(kept []rule, ours string) map[string]bool {
	refers := map[string][]string{}
	var open []string
	note := func(sheet string) {
		for _, declaration := range strings.FieldsFunc(sheet, func(r rune) bool { return strings.ContainsRune("{};", r) }) {
			var names []string
			for _, match := range reference.FindAllStringSubmatch(declaration, -1) {
				names = append(names, match[1])
			}
			if defined := property.FindStringSubmatch(declaration); defined != nil && strings.HasPrefix(defined[1], "--kern-") {
				refers[defined[1]] = append(refers[defined[1]], names...)
			} else {
				open = append(open, names...)
			}
		}
	}
	for _, one := range kept {
		note(one.body)
	}
	note(ours)
	found := map[string]bool{}
	for len(open) > 0 {
		name := open[0]
		if open = open[1:]; !found[name] {
			found[name] = true
			open = append(open, refers[name]...)
		}
	}
	return found
}

// write writes rules; without the custom properties that are not used, where that is
// known.
func write(all []rule, used map[string]bool) string {
	var out strings.Builder
	for _, one := range all {
		body := one.body
		if used != nil && strings.HasPrefix(one.head, "@media") {
			body = write(rules(body), used)
		} else if used != nil {
			var left []string
			for declaration := range strings.SplitSeq(body, ";") {
				defined := property.FindStringSubmatch(declaration)
				if strings.TrimSpace(declaration) != "" && (defined == nil || used[defined[1]]) {
					left = append(left, declaration)
				}
			}
			body = strings.Join(left, ";")
		}
		if strings.TrimSpace(body) != "" {
			fmt.Fprintf(&out, "%s{%s}\n", one.head, strings.TrimSuffix(body, "\n"))
		}
	}
	return out.String()
}
