package rtf

import (
	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// destinations are the words that say what a group is for. What \* marks and this
// table does not know is passed over, as the format asks for.
var destinations = map[string]destination{
	"fonttbl": fonts, "stylesheet": sheet, "title": title,
	"listtext": listMark, "pntext": listMark, "nesttableprops": rowTail,

	// What holds other groups, some of them text.
	"do": silent, "field": silent, "fldrslt": page, "info": silent, "object": silent, "result": page,
	"shp": silent, "shpgrp": silent, "shpinst": silent, "ud": page, "upr": silent,

	// What is not read. Alternatives for programs that lack the newer word are among
	// it: they repeat the text.
	"annotation": nothing, "atnauthor": nothing, "atnid": nothing, "author": nothing, "buptim": nothing,
	"category": nothing, "colortbl": nothing, "comment": nothing, "company": nothing, "creatim": nothing,
	"datastore": nothing, "doccomm": nothing, "filetbl": nothing, "footer": nothing, "footerf": nothing,
	"footerl": nothing, "footerr": nothing, "ftncn": nothing, "ftnsep": nothing, "ftnsepc": nothing,
	"aftncn": nothing, "aftnsep": nothing, "aftnsepc": nothing, "generator": nothing, "header": nothing,
	"headerf": nothing, "headerl": nothing, "headerr": nothing, "hlinkbase": nothing, "keywords": nothing,
	"listtable": nothing, "listoverridetable": nothing, "manager": nothing, "nonesttables": nothing,
	"nonshppict": nothing, "objdata": nothing, "operator": nothing, "pict": nothing, "printim": nothing,
	"private": nothing, "revtbl": nothing, "revtim": nothing, "rsidtbl": nothing, "rxe": nothing,
	"shprslt": nothing, "sp": nothing, "subject": nothing, "tc": nothing, "tcn": nothing, "template": nothing,
	"themedata": nothing, "txe": nothing, "xe": nothing,
}

// flows are the words whose groups are text in an order of their own.
var flows = map[string]austauschbar.PassageKind{
	"footnote": austauschbar.Footnote, "shptxt": "", "dptxbxtext": "",
}

// characters are the words that stand for one.
var characters = map[string]string{
	"bullet": "•", "column": " ", "emdash": "—", "emspace": " ", "endash": "–", "enspace": " ",
	"ldblquote": "“", "line": " ", "lquote": "‘", "page": " ", "qmspace": " ", "rdblquote": "”",
	"rquote": "’", "softline": " ", "tab": "\t",
}

// symbol takes a control symbol.
func (r *reader) symbol(name byte) {
	if r.pass > 0 {
		r.pass--
		return
	}
	switch name {
	case '*':
		r.starred = true
	case '\\', '{', '}':
		r.keep(name)
	case '~':
		r.write(" ")
	case '_':
		r.write("-")
	case '\r', '\n':
		r.paragraphEnds()
	}
}

// word takes a control word; starred says that \* stood before it.
func (r *reader) word(found token, starred bool) {
	if string(found.name) == "bin" {
		r.tokens.skip(found.value)
		return
	}
	if r.destination == nothing {
		return
	}
	r.decode()
	if string(found.name) == "u" {
		r.unicode(found.value)
		return
	}
	r.pass = 0
	if to, known := destinations[string(found.name)]; known {
		r.head(to)
		return
	}
	if kind, known := flows[string(found.name)]; known {
		r.enter(kind)
		return
	}
	switch {
	case starred:
		r.destination = nothing
	case r.destination == fonts:
		r.fontWord(found)
	case r.destination == sheet:
		r.styleWord(found)
	case characters[string(found.name)] != "":
		r.write(characters[string(found.name)])
	default:
		r.textWord(found)
	}
}

// head makes the open group one for something. Where the group around is silent, text
// goes where it would outside that.
func (r *reader) head(to destination) {
	if to != page {
		r.destination = to
		return
	}
	for i := len(r.stack) - 1; i >= 0 && r.destination == silent; i-- {
		r.destination = r.stack[i].destination
	}
}

// fontWord takes a word of the table of fonts.
func (r *reader) fontWord(found token) {
	switch string(found.name) {
	case "f":
		r.number = found.value
	case "fcharset":
		if found.value == symbolCharset {
			r.fonts[r.number] = symbols
		} else if page, known := charsets[found.value]; known {
			r.fonts[r.number] = pages[page]
		}
	case "cpg":
		if page, known := pages[found.value]; known {
			r.fonts[r.number] = page
		}
	}
}

// styleWord takes a word of the table of styles.
func (r *reader) styleWord(found token) {
	switch string(found.name) {
	case "s":
		r.number = found.value
	case "cs", "ds", "ts":
		r.destination = nothing
	case "outlinelevel":
		r.defined.outline = found.value
	case "sbasedon":
		r.defined.base = new(found.value)
	case "u":
		r.unicode(found.value)
	}
}

// textWord takes a word that says how text looks, or ends a piece of it.
func (r *reader) textWord(found token) {
	on := !found.given || found.value != 0
	switch string(found.name) {
	case "par", "sect":
		r.paragraphEnds()
	case "cell":
		r.cellEnds(1)
	case "nestcell":
		r.cellEnds(max(r.paragraph.nested, 2))
	case "row":
		r.rowEnds(1)
	case "nestrow":
		r.rowEnds(max(r.paragraph.nested, 2))
	case "pard":
		r.paragraph = body
	case "s":
		r.paragraph.style = found.value
	case "outlinelevel":
		r.paragraph.outline = found.value
	case "ls":
		r.paragraph.list = found.value
	case "ilvl":
		r.paragraph.level = found.value
	case "intbl":
		r.paragraph.inTable = on
	case "itap":
		r.paragraph.nested = min(max(found.value, 0), limit.Depth)
		r.paragraph.inTable = r.paragraph.nested > 0
	case "plain":
		r.bold, r.hidden, r.struck, r.deleted, r.font = false, false, false, false, r.standard
	case "b":
		r.bold = on
	case "v":
		r.hidden = on
	case "strike", "striked":
		r.struck = on
	case "deleted":
		r.deleted = on
	case "f":
		r.font = found.value
	case "uc":
		r.standIn = max(found.value, 0)
	case "deff":
		r.standard, r.font = found.value, found.value
	case "ansicpg":
		r.page(found.value)
	case "mac":
		r.page(10000)
	case "pc":
		r.page(437)
	case "pca":
		r.page(850)
	case "trowd", "trhdr", "cellx", "clmrg", "clvmrg", "clcbpat":
		r.rowWord(string(found.name), found.value)
	}
}

// page takes the code page of fonts that name none.
func (r *reader) page(number int) {
	if found, known := pages[number]; known {
		r.ansi = found
	}
}
