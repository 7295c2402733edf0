package limit

import (
	"archive/zip"
	"bytes"
	"cmp"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// A Package is a zip archive held in memory, as Office and OpenDocument files
// are. What is read from its parts is counted together, whatever the archive's
// headers say, so that small files which expand without end stop at Expanded.
type Package struct {
	parts   map[string]*zip.File // by name in lower case: parts are compared without regard to case
	archive *zip.Reader
	left    int64 // bytes that may still be read
}

// directoryMark begins each entry of an archive's directory.
var directoryMark = []byte("PK\x01\x02")

// Open opens a package. Its error is a *Refusal: "empty" for no bytes, that of
// RefuseOLE for an OLE file, which is what both a password and the formats before 2007
// make of a document, "too_large" over File or Entries, else "damaged".
func Open(data []byte) (*Package, error) {
	switch {
	case len(data) == 0:
		return nil, Refuse("empty", "the file has no bytes")
	case len(data) > File:
		return nil, Refuse("too_large", fmt.Sprintf("the file has more than %d MiB", File>>20))
	case IsOLE(data):
		return nil, RefuseOLE(data)
	case bytes.Count(data, directoryMark) > Entries: // before the directory is read into memory
		return nil, Refuse("too_large", fmt.Sprintf("the package has more than %d parts", Entries))
	}
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, Refuse("damaged", err.Error())
	}
	p := &Package{parts: make(map[string]*zip.File, len(archive.File)), archive: archive, left: Expanded}
	for _, file := range archive.File {
		if err := p.add(file); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// add registers a part. Names that lead out of the package are left out; of two
// parts of one name the first counts.
func (p *Package) add(file *zip.File) error {
	if file.Flags&1 != 0 {
		return Refuse("encrypted", "the parts of the package are encrypted")
	}
	name := strings.ReplaceAll(file.Name, `\`, "/")
	if strings.HasSuffix(name, "/") || !fs.ValidPath(name) {
		return nil
	}
	key := strings.ToLower(name)
	if _, found := p.parts[key]; !found {
		p.parts[key] = file
	}
	return nil
}

// Has says whether the package has this part.
func (p *Package) Has(name string) bool {
	_, found := p.parts[strings.ToLower(name)]
	return found
}

// Part opens one part. Its error, and that of reading, is a *Refusal: "damaged"
// for a part that is missing or broken, "too_large" once Expanded is used up.
func (p *Package) Part(name string) (io.ReadCloser, error) {
	file, found := p.parts[strings.ToLower(name)]
	if !found {
		return nil, Refuse("damaged", "part "+name+" is missing")
	}
	content, err := file.Open()
	if err != nil {
		return nil, Refuse("damaged", fmt.Sprintf("part %s: %v", name, err))
	}
	return &part{ReadCloser: content, name: name, of: p}, nil
}

type part struct {
	io.ReadCloser
	name string
	of   *Package
}

func (p *part) Read(b []byte) (int, error) {
	if p.of.left <= 0 {
		return 0, Refuse("too_large", fmt.Sprintf("the package expands to more than %d MiB", Expanded>>20))
	}
	b = b[:min(int64(len(b)), p.of.left)]
	n, err := p.ReadCloser.Read(b)
	p.of.left -= int64(n)
	if err != nil && err != io.EOF {
		err = Refuse("damaged", fmt.Sprintf("part %s: %v", p.name, err))
	}
	return n, err
}

// Copy returns a package of those parts that keep accepts, in the order of their
// names, still compressed. It is for libraries that open packages themselves and
// trust the sizes in the headers: their sum is held to Expanded, and that of a part
// keep puts a bound on to this bound. keep gets the name and returns the bound in
// bytes, 0 to leave the part out.
func (p *Package) Copy(keep func(name string) int64) ([]byte, error) {
	files := make([]*zip.File, 0, len(p.parts))
	for _, file := range p.parts {
		files = append(files, file)
	}
	slices.SortFunc(files, func(a, b *zip.File) int { return cmp.Compare(a.Name, b.Name) })
	var (
		copied bytes.Buffer
		total  uint64
	)
	archive := zip.NewWriter(&copied)
	for _, file := range files {
		bound := keep(strings.ReplaceAll(file.Name, `\`, "/"))
		if bound == 0 {
			continue
		}
		// Each size is compared before it is added, so that the sum cannot wrap.
		if file.UncompressedSize64 > uint64(bound) || total+file.UncompressedSize64 > Expanded {
			return nil, Refuse("too_large", "part "+file.Name+" is too large")
		}
		total += file.UncompressedSize64
		if err := archive.Copy(file); err != nil {
			return nil, Refuse("damaged", fmt.Sprintf("part %s: %v", file.Name, err))
		}
	}
	if err := archive.Close(); err != nil {
		return nil, Refuse("damaged", err.Error())
	}
	return copied.Bytes(), nil
}

// Bytes reads one part whole.
func (p *Package) Bytes(name string) ([]byte, error) {
	content, err := p.Part(name)
	if err != nil {
		return nil, err
	}
	defer content.Close()
	return io.ReadAll(content)
}

// Rewrite returns the package with other bytes in some of its parts, given by name;
// those that it has not are added at its end, in the order of their names. All other
// entries stay as they are stored, bit by bit.
func (p *Package) Rewrite(changed map[string][]byte) ([]byte, error) {
	var written bytes.Buffer
	archive := zip.NewWriter(&written)
	left := make(map[*zip.File][]byte, len(changed))
	var added []string
	for name, content := range changed {
		if file, found := p.parts[strings.ToLower(name)]; found {
			left[file] = content
		} else {
			added = append(added, name)
		}
	}
	for _, file := range p.archive.File {
		content, replaced := left[file]
		err := error(nil)
		if replaced {
			err = store(archive, &zip.FileHeader{Name: file.Name, Method: zip.Deflate, Modified: file.Modified}, content)
		} else {
			err = archive.Copy(file)
		}
		if err != nil {
			return nil, Refuse("damaged", fmt.Sprintf("part %s: %v", file.Name, err))
		}
	}
	slices.Sort(added)
	for _, name := range added {
		if err := store(archive, &zip.FileHeader{Name: name, Method: zip.Deflate}, changed[name]); err != nil {
			return nil, fmt.Errorf("add part %s: %w", name, err)
		}
	}
	if err := archive.SetComment(p.archive.Comment); err != nil {
		return nil, fmt.Errorf("write package: %w", err)
	}
	if err := archive.Close(); err != nil {
		return nil, fmt.Errorf("write package: %w", err)
	}
	return written.Bytes(), nil
}

func store(archive *zip.Writer, head *zip.FileHeader, content []byte) error {
	part, err := archive.CreateHeader(head)
	if err != nil {
		return err
	}
	_, err = part.Write(content)
	return err
}

// A Relation leads from one part of an Office package to another.
type Relation struct {
	ID     string
	Kind   string // last element of the type's URI: "styles", "footnotes", "worksheet", …
	Target string // name of the part
}

// Relations returns what the named part refers to within the package, in stored
// order; of "" the package's own. It is empty where nothing is stored.
func (p *Package) Relations(ctx context.Context, source string) ([]Relation, error) {
	folder, base := path.Split(source)
	name := folder + "_rels/" + base + ".rels"
	if !p.Has(name) {
		return nil, nil
	}
	content, err := p.Part(name)
	if err != nil {
		return nil, err
	}
	defer content.Close()
	var relations []Relation
	x := NewXML(ctx, content)
	if _, err = x.Root(); err != nil {
		return nil, err
	}
	err = x.Children(func(element xml.StartElement) error {
		if element.Name.Local == "Relationship" && Attr(element, "TargetMode") != "External" {
			relations = append(relations, Relation{
				ID:     Attr(element, "Id"),
				Kind:   path.Base(Attr(element, "Type")),
				Target: resolve(folder, Attr(element, "Target")),
			})
		}
		return nil
	})
	return relations, err
}

// resolve returns the name of a part that a relation in a folder points to.
func resolve(folder, target string) string {
	target = strings.ReplaceAll(target, `\`, "/")
	if !strings.HasPrefix(target, "/") {
		target = "/" + folder + target
	}
	return strings.TrimPrefix(path.Clean(target), "/")
}

// Title returns the title from an Office package's properties, white space folded;
// "" where there is none or where it cannot be read.
func (p *Package) Title(ctx context.Context) string {
	name := "docProps/core.xml"
	if relations, err := p.Relations(ctx, ""); err == nil {
		for _, relation := range relations {
			if relation.Kind == "core-properties" {
				name = relation.Target
			}
		}
	}
	content, err := p.Part(name)
	if err != nil {
		return ""
	}
	defer content.Close()
	x := NewXML(ctx, content)
	if _, err := x.Root(); err != nil {
		return ""
	}
	var title string
	_ = x.Children(func(element xml.StartElement) error {
		if element.Name.Local != "title" {
			return nil
		}
		text, err := x.Text()
		title = strings.Join(strings.Fields(text), " ")
		return err
	})
	return title
}
