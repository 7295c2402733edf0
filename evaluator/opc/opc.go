// Package opc changes parts of Office files (Word, Excel) and leaves all others as they
// are stored. What it knows of writing into XML serves OpenDocument too.
package opc

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"path"
	"strconv"
	"strings"

	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// A File is an Office file that is being changed.
type File struct {
	*limit.Package
	changed map[string][]byte
}

// Open opens a file. Its error is that of limit.Open: one that is cut off cannot be
// changed.
func Open(data []byte) (*File, error) {
	pack, err := limit.Open(data)
	if err != nil {
		return nil, err
	}
	return &File{Package: pack, changed: map[string][]byte{}}, nil
}

// Bytes returns a part as it is now.
func (f *File) Bytes(name string) ([]byte, error) {
	if content, found := f.changed[strings.ToLower(name)]; found {
		return content, nil
	}
	return f.Package.Bytes(name)
}

// Set gives a part new bytes, or adds it.
func (f *File) Set(name string, content []byte) { f.changed[strings.ToLower(name)] = content }

// Finish returns the changed file.
func (f *File) Finish() ([]byte, error) { return f.Rewrite(f.changed) }

// A Part is one that is to be added.
type Part struct {
	Name    string // wanted; a number is put to it where it is taken
	Kind    string // of the relation that leads to it: "comments"
	Type    string // of its content
	ByName  bool   // the type is that of all parts with this ending
	Content []byte
}

// relations is what the URIs of kinds of relations begin with, in the transitional and
// the strict flavour of the formats.
const (
	transitional = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	strict       = "http://purl.oclc.org/ooxml/officeDocument/relationships/"
)

// Add adds a part that another one refers to, and returns the id of the relation.
func (f *File) Add(ctx context.Context, source string, part Part) (string, error) {
	name := f.free(part.Name)
	part.Name = name
	if err := f.declare(ctx, part); err != nil {
		return "", err
	}
	id, err := f.relate(ctx, source, name, part.Kind)
	if err != nil {
		return "", err
	}
	f.Set(name, part.Content)
	return id, nil
}

// has says whether there is a part now.
func (f *File) has(name string) bool {
	_, changed := f.changed[strings.ToLower(name)]
	return changed || f.Has(name)
}

// free returns a name that no part has.
func (f *File) free(name string) string {
	stem, ending := strings.TrimSuffix(name, path.Ext(name)), path.Ext(name)
	for n := 1; f.has(name); n++ {
		name = stem + strconv.Itoa(n) + ending
	}
	return strings.ToLower(name)
}

// contentTypes is the part that names the types of all others.
const contentTypes = "[Content_Types].xml"

// declare names the type of a part.
func (f *File) declare(ctx context.Context, part Part) error {
	types, err := f.Bytes(contentTypes)
	if err != nil {
		return err
	}
	root, err := Find(ctx, types)
	if err != nil {
		return fmt.Errorf("read %s: %w", contentTypes, err)
	}
	entry := fmt.Sprintf(`<%sOverride PartName="/%s" ContentType="%s"/>`, root.Prefix, Escape(part.Name), Escape(part.Type))
	if ending := path.Ext(part.Name); part.ByName {
		if bytes.Contains(bytes.ToLower(types), []byte(`extension="`+ending[1:]+`"`)) {
			return nil
		}
		entry = fmt.Sprintf(`<%sDefault Extension="%s" ContentType="%s"/>`, root.Prefix, ending[1:], Escape(part.Type))
	}
	f.Set(contentTypes, root.Append(types, entry))
	return nil
}

// relate makes a relation from one part to another and returns its id.
func (f *File) relate(ctx context.Context, source, target, kind string) (string, error) {
	folder, base := path.Split(source)
	name := folder + "_rels/" + base + ".rels"
	relations := []byte(xml.Header + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>`)
	if f.has(name) {
		var err error
		if relations, err = f.Bytes(name); err != nil {
			return "", err
		}
	}
	root, err := Find(ctx, relations)
	if err != nil {
		return "", fmt.Errorf("read %s: %w", name, err)
	}
	begin := transitional
	if bytes.Contains(relations, []byte(strict)) {
		begin = strict
	}
	id := "austauschbar1"
	for n := 2; bytes.Contains(relations, []byte(`"`+id+`"`)) || bytes.Contains(relations, []byte(`'`+id+`'`)); n++ {
		id = "austauschbar" + strconv.Itoa(n)
	}
	entry := fmt.Sprintf(`<%sRelationship Id="%s" Type="%s" Target="/%s"/>`, root.Prefix, id, begin+kind, Escape(target))
	f.Set(name, root.Append(relations, entry))
	return id, nil
}

// A Root is the outermost element of a part.
type Root struct {
	Prefix string // of its name, with the colon; "" where it has none
	Space  string // namespace
	name   string // as it is written
	opened int    // where its start tag ends
	end    int    // where its end tag begins; that of the start tag where it is the only one
	single bool   // "<Types/>"
}

// Find finds the outermost element of a part. Its error is a *limit.Refusal where the
// part is damaged.
func Find(ctx context.Context, content []byte) (Root, error) {
	x := limit.NewXML(ctx, bytes.NewReader(content))
	element, err := x.Root()
	if err != nil {
		return Root{}, err
	}
	from, to := x.Span()
	root := Root{Space: element.Name.Space, opened: to, name: NameAt(content, from)}
	root.Prefix = root.name[:len(root.name)-len(element.Name.Local)]
	if err := x.Children(func(xml.StartElement) error { return nil }); err != nil {
		return Root{}, err
	}
	root.end, _ = x.Span()
	root.single = root.end == to && bytes.HasSuffix(content[:to], []byte("/>"))
	return root, nil
}

// NameAt returns the name of the element whose start tag begins at a place, as it is
// written.
func NameAt(content []byte, at int) string {
	name := content[at+1:]
	if end := bytes.IndexAny(name, " \t\r\n/>"); end >= 0 {
		name = name[:end]
	}
	return string(name)
}

// Append returns the part with text at the end of the element.
func (r Root) Append(content []byte, text string) []byte {
	if r.single {
		tag := bytes.TrimRight(content[:r.opened-len("/>")], " \t\r\n")
		return bytes.Join([][]byte{tag, []byte(">" + text + "</" + r.name + ">"), content[r.opened:]}, nil)
	}
	return bytes.Join([][]byte{content[:r.end], []byte(text), content[r.end:]}, nil)
}

// Escape writes text for an element or an attribute. Characters that XML cannot hold
// become U+FFFD.
func Escape(text string) string {
	var escaped strings.Builder
	_ = xml.EscapeText(&escaped, []byte(text)) // a strings.Builder takes all
	return escaped.String()
}
