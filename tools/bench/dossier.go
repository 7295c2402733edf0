//go:build unix

package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// How many pages of each format the mixed dossier has. A page that a format does
// not have itself is 350 words.
const (
	pdfPages      = 100
	docxPages     = 150
	odtPages      = 20
	markdownPages = 30
	pageWords     = 350
)

// A builder makes the mixed dossier of what the sources hold: the same sources give the
// same text.
type builder struct {
	folder string   // where the dossier goes
	texts  []string // paths of Markdown documents
	next   int      // the text to take next
	made   []string // what the dossier consists of, for the table's head
}

// mix builds the dossier in a folder unless it is there, and returns what it
// consists of.
func mix(folder string, sources []string, readsODT bool) (string, error) {
	note := folder + ".txt"
	if said, err := os.ReadFile(note); err == nil {
		return string(said), nil
	}
	b := &builder{folder: folder}
	var pdfs, sheets []string
	for _, source := range sources {
		for pattern, into := range map[string]*[]string{"*.md": &b.texts, "*.pdf": &pdfs, "*.xlsx": &sheets} {
			found, err := filepath.Glob(filepath.Join(source, pattern))
			if err != nil {
				return "", fmt.Errorf("list %s: %w", source, err)
			}
			*into = append(*into, found...)
		}
	}
	if len(b.texts) == 0 {
		return "", fmt.Errorf("build dossier: no Markdown in %s", strings.Join(sources, ", "))
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return "", fmt.Errorf("build dossier: %w", err)
	}
	err := errors.Join(b.addPDF(pdfs), b.convert("docx", docxPages), b.addSheets(sheets), b.addMarkdown())
	if err == nil && readsODT {
		err = b.convert("odt", odtPages)
	}
	if err != nil {
		return "", fmt.Errorf("build dossier: %w", err)
	}
	said := strings.Join(b.made, ", ")
	return said, os.WriteFile(note, []byte(said), 0o644)
}

// write joins texts, one after the other and from the first again, until they fill
// some pages.
func (b *builder) write(pages int) (string, error) {
	var joined strings.Builder
	for words := 0; words < pages*pageWords; b.next++ {
		text, err := os.ReadFile(b.texts[b.next%len(b.texts)])
		if err != nil {
			return "", err
		}
		all := strings.SplitAfter(string(text), "\n")
		for _, line := range all {
			if words += len(strings.Fields(line)); words > pages*pageWords {
				break
			}
			joined.WriteString(line)
		}
		joined.WriteString("\n\n")
	}
	return joined.String(), nil
}

// chapters is how many pages one made document has at most.
const chapters = 50

// convert adds documents that pandoc makes.
func (b *builder) convert(format string, pages int) error {
	for number := 0; number*chapters < pages; number++ {
		if err := b.pandoc(filepath.Join(b.folder, fmt.Sprintf("annex-%d.%s", number+1, format)), min(chapters, pages-number*chapters)); err != nil {
			return err
		}
	}
	b.made = append(b.made, fmt.Sprintf("%s %d pages", format, pages))
	return nil
}

// probe makes a document of one sentence.
func probe(target string) error {
	process := exec.Command("pandoc", "--from", "markdown", "--output", target)
	process.Stdin = strings.NewReader("Ein Satz.\n")
	return loudly(process)
}

func (b *builder) pandoc(target string, pages int) error {
	text, err := b.write(pages)
	if err != nil {
		return err
	}
	process := exec.Command("pandoc", "--from", "markdown", "--output", target)
	process.Env = append(os.Environ(), "SOURCE_DATE_EPOCH=0")
	process.Stdin = strings.NewReader(text)
	return loudly(process)
}

// addPDF adds the sources' PDF files and, until there are enough pages, some that
// LibreOffice makes of theirs and of pandoc's Word files.
func (b *builder) addPDF(files []string) error {
	slices.Sort(files)
	pages := 0
	for _, file := range files {
		if err := copyFile(file, filepath.Join(b.folder, filepath.Base(file))); err != nil {
			return err
		}
		count, err := pagesOf(file)
		if err != nil {
			return err
		}
		pages += count
	}
	office, err := exec.LookPath("soffice")
	if err != nil {
		b.made = append(b.made, fmt.Sprintf("pdf %d pages (no LibreOffice to make more)", pages))
		return nil
	}
	scratch, err := os.MkdirTemp("", "austauschbar-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(scratch)
	for number := 1; pages < pdfPages; number++ {
		word := filepath.Join(scratch, fmt.Sprintf("contract-%d.docx", number))
		if err := b.pandoc(word, min(chapters, pdfPages-pages)); err != nil {
			return err
		}
		if err := loudly(exec.Command(office, "-env:UserInstallation=file://"+scratch+"/profile", "--headless", "--convert-to", "pdf", "--outdir", b.folder, word)); err != nil {
			return err
		}
		count, err := pagesOf(filepath.Join(b.folder, fmt.Sprintf("contract-%d.pdf", number)))
		if err != nil {
			return err
		}
		pages += max(count, 1)
	}
	b.made = append(b.made, fmt.Sprintf("pdf %d pages", pages))
	return nil
}

func (b *builder) addSheets(files []string) error {
	for _, file := range files {
		if err := copyFile(file, filepath.Join(b.folder, filepath.Base(file))); err != nil {
			return err
		}
	}
	b.made = append(b.made, fmt.Sprintf("xlsx %d files", len(files)))
	return nil
}

func (b *builder) addMarkdown() error {
	text, err := b.write(markdownPages)
	if err != nil {
		return err
	}
	b.made = append(b.made, fmt.Sprintf("markdown %d pages", markdownPages))
	return os.WriteFile(filepath.Join(b.folder, "specification.md"), []byte(text), 0o644)
}

func copyFile(from, to string) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, data, 0o644)
}

func pagesOf(file string) (int, error) {
	out, err := exec.Command("pdfinfo", file).Output()
	if err != nil {
		return 0, fmt.Errorf("pdfinfo %s: %w", file, err)
	}
	for line := range strings.Lines(string(out)) {
		if count, ok := strings.CutPrefix(line, "Pages:"); ok {
			return strconv.Atoi(strings.TrimSpace(count))
		}
	}
	return 0, fmt.Errorf("pdfinfo %s: names no pages", file)
}

// loudly runs a program; what it says belongs to the error.
func loudly(process *exec.Cmd) error {
	var said bytes.Buffer
	process.Stderr = &said
	if err := process.Run(); err != nil {
		return fmt.Errorf("%s: %w: %s", filepath.Base(process.Path), err, strings.TrimSpace(said.String()))
	}
	return nil
}

// clauses writes a document in which each of so many clauses names a product or
// speaks of a topic.
func clauses(count int) []byte {
	subjects := []string{"Das System", "Die Lösung", "Das Verfahren", "Die Anwendung", "Der Dienst", "Das Modul", "Die Plattform"}
	demands := []string{
		"muss %s oder gleichwertig unterstützen", "muss mit %s zusammenarbeiten", "muss alle Daten aus %s exportieren", "darf %s nicht voraussetzen",
		"muss den Quellcode zu %s offenlegen", "soll einen Exit-Plan für %s enthalten", "muss die Schnittstelle zu %s dokumentieren",
	}
	names := []string{"Oracle Database", "PostgreSQL", "Microsoft SharePoint", "SAP S/4HANA", "OpenAPI", "Keycloak", "Kubernetes", "Amazon Web Services", "XÖV", "PDF/A", "Nextcloud"}
	var text bytes.Buffer
	for i := range count {
		if i%50 == 0 {
			fmt.Fprintf(&text, "# Abschnitt %d\n\n", i/50+1)
		}
		fmt.Fprintf(&text, "%s "+demands[i%len(demands)]+", siehe Nummer %d.\n\n", subjects[i/len(demands)%len(subjects)], names[i%len(names)], i+1)
	}
	return text.Bytes()
}
