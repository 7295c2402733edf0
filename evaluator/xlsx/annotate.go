package xlsx

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/office"
	"github.com/austauschbar/austauschbar/evaluator/opc"
	"github.com/xuri/excelize/v2"
)

// Annotate returns a workbook with notes as comments of their cells; those without a
// cell stand at the first cell of the first sheet that is shown. Of the package, the
// comments of these sheets, what draws and leads to them are written anew, nothing
// else. A cell has but one comment: what is there already is kept, with the notes
// below it. Nothing is changed in cells, so that suggestions are told in the comment.
//
// The error is a *limit.Refusal where the workbook is damaged.
func Annotate(ctx context.Context, data []byte, notes austauschbar.Notes) ([]byte, error) {
	file, err := opc.Open(data)
	if err != nil {
		return nil, err
	}
	sheets, err := listSheets(ctx, file.Package)
	if err != nil {
		return nil, err
	}
	if len(sheets) == 0 {
		return nil, limit.Refuse("empty", "the workbook has no sheet with cells")
	}
	for i, cells := range distribute(sheets, notes.Notes) {
		if len(cells) == 0 {
			continue
		}
		s := &annotation{ctx: ctx, file: file, part: sheets[i].part, author: notes.Author}
		if err := s.annotate(cells); err != nil {
			return nil, fmt.Errorf("annotate sheet %s: %w", sheets[i].name, err)
		}
	}
	return file.Finish()
}

// A cellNote is what is to be written at one cell.
type cellNote struct {
	ref         string
	row, column int // from 0
	notes       [][]string
}

// distribute gives each sheet the notes of its cells.
func distribute(sheets []sheet, notes []austauschbar.Note) [][]*cellNote {
	shown := max(0, slices.IndexFunc(sheets, func(s sheet) bool { return !s.hidden }))
	all := make([][]*cellNote, len(sheets))
	for _, note := range notes {
		i, ref, there := shown, "A1", false
		if note.Evidence != nil {
			if found, cell, ok := cellOf(sheets, note.Evidence.Cell); ok {
				i, ref, there = found, cell, true
			}
		}
		at := slices.IndexFunc(all[i], func(c *cellNote) bool { return c.ref == ref })
		if at < 0 {
			column, row, _ := excelize.CellNameToCoordinates(ref) // was checked
			all[i] = append(all[i], &cellNote{ref: ref, row: row - 1, column: column - 1})
			at = len(all[i]) - 1
		}
		all[i][at].notes = append(all[i][at].notes, note.Paragraphs(false, there))
	}
	return all
}

// cellOf finds the sheet and the cell that evidence names: "Lose!C7".
func cellOf(sheets []sheet, cell string) (int, string, bool) {
	at := strings.LastIndex(cell, "!")
	if at < 0 {
		return 0, "", false
	}
	i := slices.IndexFunc(sheets, func(s sheet) bool { return s.name == cell[:at] })
	_, _, err := excelize.CellNameToCoordinates(cell[at+1:])
	return i, cell[at+1:], i >= 0 && err == nil
}

// An annotation is one sheet while its comments are written.
type annotation struct {
	ctx    context.Context
	file   *opc.File
	part   string // of the sheet
	author string
}

func (a *annotation) annotate(cells []*cellNote) error {
	relations, err := a.file.Relations(a.ctx, a.part)
	if err != nil {
		return err
	}
	var comments, drawing string
	layout, err := a.layout()
	if err != nil {
		return err
	}
	for _, relation := range relations {
		switch {
		case relation.Kind == "comments" && comments == "" && a.file.Has(relation.Target):
			comments = relation.Target
		case relation.Kind == "vmlDrawing" && relation.ID == layout.drawing && a.file.Has(relation.Target):
			drawing = relation.Target
		}
	}
	added, err := a.writeComments(comments, layout.root.Space, cells)
	if err != nil {
		return err
	}
	return a.draw(drawing, layout, added)
}

// A layout is what of a sheet's part matters to its comments.
type layout struct {
	drawing string // id of the relation to the drawing of comments; "" where it has none
	at      int    // where the element that names it belongs
	root    opc.Root
}

// behindDrawing are the elements of a sheet that stand behind the one that names the
// drawing of its comments.
var behindDrawing = []string{"legacyDrawingHF", "drawingHF", "picture", "oleObjects", "AlternateContent", "controls", "webPublishItems", "tableParts", "extLst"}

func (a *annotation) layout() (layout, error) {
	content, err := a.file.Bytes(a.part)
	if err != nil {
		return layout{}, err
	}
	l := layout{}
	if l.root, err = opc.Find(a.ctx, content); err != nil {
		return layout{}, err
	}
	x := limit.NewXML(a.ctx, bytes.NewReader(content))
	if _, err := x.Root(); err != nil {
		return layout{}, err
	}
	err = x.Children(func(element xml.StartElement) error {
		from, _ := x.Span()
		switch name := element.Name.Local; {
		case name == "legacyDrawing":
			l.drawing = relationID(element)
		case l.at == 0 && slices.Contains(behindDrawing, name):
			l.at = from
		}
		return nil
	})
	if l.at == 0 {
		l.at, _ = x.Span()
	}
	return l, err
}

// Namespaces of the transitional and the strict flavour.
const (
	relationSpace  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	strictSpace    = "http://purl.oclc.org/ooxml/spreadsheetml/main"
	strictRelation = "http://purl.oclc.org/ooxml/officeDocument/relationships"
)

const (
	commentsType = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
	drawingType  = "application/vnd.openxmlformats-officedocument.vmlDrawing"
)

// writeComments writes the comments of cells and returns those cells that had none.
func (a *annotation) writeComments(name, space string, cells []*cellNote) ([]*cellNote, error) {
	content := []byte(xml.Header + `<comments xmlns="` + opc.Escape(space) + `"><authors></authors><commentList></commentList></comments>`)
	if name != "" {
		var err error
		if content, err = a.file.Bytes(name); err != nil {
			return nil, err
		}
	}
	known, err := readComments(a.ctx, content)
	if err != nil {
		return nil, err
	}
	written, added := known.add(content, a.author, cells)
	if name != "" {
		a.file.Set(name, written)
		return added, nil
	}
	_, err = a.file.Add(a.ctx, a.part, opc.Part{Name: path.Join(path.Dir(path.Dir(a.part)), "comments.xml"), Kind: "comments", Type: commentsType, Content: written})
	return added, err
}

// draw adds the boxes of comments. A sheet that has none yet is told where they are.
func (a *annotation) draw(name string, l layout, cells []*cellNote) error {
	if len(cells) == 0 {
		return nil
	}
	if name != "" {
		content, err := a.file.Bytes(name)
		if err != nil {
			return err
		}
		if content, err = appendBoxes(content, cells); err != nil {
			return err
		}
		a.file.Set(name, content)
		return nil
	}
	content, err := appendBoxes([]byte(emptyDrawing), cells)
	if err != nil {
		return err
	}
	id, err := a.file.Add(a.ctx, a.part, opc.Part{
		Name: path.Join(path.Dir(path.Dir(a.part)), "drawings", "vmldrawing.vml"), Kind: "vmlDrawing", Type: drawingType, ByName: true, Content: content,
	})
	if err != nil {
		return err
	}
	sheet, err := a.file.Bytes(a.part)
	if err != nil {
		return err
	}
	space := relationSpace
	if l.root.Space == strictSpace {
		space = strictRelation
	}
	element := fmt.Sprintf(`<%slegacyDrawing xmlns:r="%s" r:id="%s"/>`, l.root.Prefix, space, id)
	a.file.Set(a.part, bytes.Join([][]byte{sheet[:l.at], []byte(element), sheet[l.at:]}, nil))
	return nil
}

// known are the comments that a sheet has.
type known struct {
	root     opc.Root
	authors  int            // so far
	ours     int            // where their list ends
	list     int            // where that of comments ends
	cells    map[string]int // where the text of each cell's comment ends
	threaded map[string]bool
}

// readComments finds what there is. Its error is a *limit.Refusal where the part is
// damaged, or has lists without room.
func readComments(ctx context.Context, content []byte) (*known, error) {
	k := &known{cells: map[string]int{}, threaded: map[string]bool{}}
	var err error
	if k.root, err = opc.Find(ctx, content); err != nil {
		return nil, err
	}
	x := limit.NewXML(ctx, bytes.NewReader(content))
	if _, err := x.Root(); err != nil {
		return nil, err
	}
	var threads []string // ids of authors that stand for threads
	err = x.Children(func(element xml.StartElement) error {
		switch element.Name.Local {
		case "authors":
			err := x.Children(func(xml.StartElement) error {
				name, err := x.Text()
				if strings.HasPrefix(name, "tc=") {
					threads = append(threads, fmt.Sprint(k.authors))
				}
				k.authors++
				return err
			})
			k.ours, _ = x.Span()
			return err
		case "commentList":
			err := x.Children(func(element xml.StartElement) error {
				ref := limit.Attr(element, "ref")
				k.threaded[ref] = slices.Contains(threads, limit.Attr(element, "authorId"))
				k.cells[ref], _ = x.Span()
				return x.Children(func(element xml.StartElement) error {
					if element.Name.Local != "text" {
						return nil
					}
					return x.Children(func(element xml.StartElement) error {
						if element.Name.Local == "t" || element.Name.Local == "r" {
							err := x.Children(func(xml.StartElement) error { return nil })
							_, k.cells[ref] = x.Span()
							return err
						}
						return nil
					})
				})
			})
			k.list, _ = x.Span()
			return err
		}
		return nil
	})
	if err == nil && (k.ours == 0 || k.list == 0 || !bytes.HasPrefix(content[k.ours:], []byte("</")) || !bytes.HasPrefix(content[k.list:], []byte("</"))) {
		err = limit.Refuse("damaged", "the sheet's comments have no list")
	}
	return k, err
}

// add writes comments and returns those cells that had none. A thread shows nothing of
// the comment behind it: what belongs to its cell stands at the next one to the right
// that is free.
func (k *known) add(content []byte, author string, cells []*cellNote) ([]byte, []*cellNote) {
	var (
		list  strings.Builder
		added []*cellNote
		edits = map[int]string{k.ours: "<" + k.root.Prefix + "author>" + opc.Escape(author) + "</" + k.root.Prefix + "author>"}
	)
	for _, cell := range cells {
		for k.threaded[cell.ref] && cell.column < office.SheetColumns-1 {
			cell.column++
			cell.ref = office.Ref(cell.column, cell.row+1)
		}
		runs := k.runs(cell.notes)
		if at, has := k.cells[cell.ref]; has {
			edits[at] += k.run("\n\n"+author+":\n", true) + runs
			continue
		}
		added = append(added, cell)
		fmt.Fprintf(&list, `<%[1]scomment ref="%[2]s" authorId="%[3]d"><%[1]stext>%[4]s</%[1]stext></%[1]scomment>`, k.root.Prefix, cell.ref, k.authors, runs)
	}
	edits[k.list] += list.String()
	var written bytes.Buffer
	done := 0
	places := make([]int, 0, len(edits))
	for at := range edits {
		places = append(places, at)
	}
	slices.Sort(places)
	for _, at := range places {
		written.Write(content[done:at])
		written.WriteString(edits[at])
		done = at
	}
	written.Write(content[done:])
	return written.Bytes(), added
}

// longestComment is how many runes of a comment Excel takes, less some for what is there.
const longestComment = 30_000

// runs writes notes, the first paragraph of each in bold.
func (k *known) runs(notes [][]string) string {
	var written strings.Builder
	left := longestComment
	for i, paragraphs := range notes {
		for j, paragraph := range paragraphs {
			if runes := []rune(paragraph); len(runes) > left {
				paragraph = string(runes[:left])
			}
			left -= len([]rune(paragraph))
			ending := "\n"
			if j == len(paragraphs)-1 && i < len(notes)-1 {
				ending = "\n\n"
			}
			if j == len(paragraphs)-1 && i == len(notes)-1 {
				ending = ""
			}
			written.WriteString(k.run(paragraph+ending, j == 0))
		}
	}
	return written.String()
}

func (k *known) run(text string, bold bool) string {
	look := ""
	if bold {
		look = "<" + k.root.Prefix + "b/>"
	}
	return fmt.Sprintf(`<%[1]sr><%[1]srPr>%[2]s<%[1]ssz val="9"/><%[1]srFont val="Tahoma"/></%[1]srPr><%[1]st xml:space="preserve">%[3]s</%[1]st></%[1]sr>`,
		k.root.Prefix, look, strings.ReplaceAll(opc.Escape(text), "&#xA;", "\n"))
}
