// Package convert has programs of this machine turn documents that no reader reads into
// some that one does: LibreOffice for old Office formats, Tesseract for scans. The
// programs are no part of the sandbox that readers keep, so that nothing of this runs
// unless asked for.
package convert

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// Bounds of one conversion.
const (
	patience = 5 * time.Minute
	pages    = "200"  // of a scan
	pixels   = "3500" // of a page's longer side: A4 at 300 dots per inch
)

// Programs are those found on this machine, by their paths; "" where one is missing.
type Programs struct {
	office    string
	recognise string
	draw      string
}

// Find looks for the programs. Its error says that there is none.
func Find() (Programs, error) {
	found := Programs{office: first("soffice", "libreoffice"), recognise: first("tesseract"), draw: first("pdftoppm")}
	if found.draw == "" {
		found.recognise = ""
	}
	if found.office == "" && found.recognise == "" {
		return found, errors.New("neither soffice (LibreOffice) nor tesseract with pdftoppm is installed")
	}
	return found, nil
}

func first(names ...string) string {
	for _, name := range names {
		if found, err := exec.LookPath(name); err == nil {
			return found
		}
	}
	return ""
}

// targets are the formats that LibreOffice makes of others, by extension.
var targets = map[string]string{
	".doc": "docx", ".docx": "docx", ".dot": "docx", ".wpd": "docx", ".wps": "docx",
	".xls": "xlsx", ".xlsb": "xlsx", ".xlsx": "xlsx", ".xlt": "xlsx",
	".odg": "pdf", ".odp": "pdf", ".pot": "pdf", ".pps": "pdf", ".ppsx": "pdf", ".ppt": "pdf", ".pptx": "pdf",
	".pub": "pdf", ".vsd": "pdf", ".vsdx": "pdf",
}

// Convert turns a document of an extension that was refused for a reason, a code of
// the templates, into one of another extension; the note says so in the review. Its
// error is errors.ErrUnsupported where the programs are not for documents like this.
func (p Programs) Convert(ctx context.Context, data []byte, extension, refused string) (converted []byte, as string, note austauschbar.Gap, err error) {
	target, known := targets[extension]
	switch {
	case refused == "no_text" && p.recognise != "":
		converted, err = p.scan(ctx, data)
		return converted, ".pdf", austauschbar.Gap{Reason: "recognised", Detail: "Tesseract"}, err
	case (refused == "old_format" || refused == "program_format") && known && p.office != "":
		converted, err = p.old(ctx, data, extension, target)
		return converted, "." + target, austauschbar.Gap{Reason: "converted", Detail: "LibreOffice"}, err
	}
	return nil, "", note, errors.ErrUnsupported
}

// old has LibreOffice save a document anew.
func (p Programs) old(ctx context.Context, data []byte, extension, target string) ([]byte, error) {
	var converted []byte
	err := inFolder(ctx, "document"+extension, data, func(ctx context.Context, folder string) error {
		if err := writeProfile(folder); err != nil {
			return err
		}
		err := run(ctx, folder, p.office, "-env:UserInstallation=file://"+filepath.ToSlash(filepath.Join(folder, "profile")),
			"--headless", "--norestore", "--nolockcheck", "--nodefault", "--convert-to", target, "--outdir", "out", "document"+extension)
		if err == nil {
			converted, err = result(filepath.Join(folder, "out", "document."+target))
		}
		return err
	})
	return converted, err
}

// scan has Tesseract put a text layer below a scan's pages.
func (p Programs) scan(ctx context.Context, data []byte) ([]byte, error) {
	var recognised []byte
	err := inFolder(ctx, "scan.pdf", data, func(ctx context.Context, folder string) error {
		if err := run(ctx, folder, p.draw, "-png", "-gray", "-l", pages, "-scale-to", pixels, "scan.pdf", "page"); err != nil {
			return err
		}
		drawn, err := filepath.Glob(filepath.Join(folder, "page*.png"))
		if err != nil || len(drawn) == 0 {
			return errors.New("no page was drawn")
		}
		slices.Sort(drawn) // numbered at one width
		if err := os.WriteFile(filepath.Join(folder, "pages.txt"), []byte(strings.Join(drawn, "\n")+"\n"), 0o600); err != nil {
			return err
		}
		if err := run(ctx, folder, p.recognise, "pages.txt", "text", "-l", p.languages(ctx, folder), "pdf"); err != nil {
			return err
		}
		recognised, err = result(filepath.Join(folder, "text.pdf"))
		return err
	})
	return recognised, err
}

// languages are those of German and English that Tesseract has; "eng" where it does
// not tell.
func (p Programs) languages(ctx context.Context, folder string) string {
	listed, err := command(ctx, folder, p.recognise, "--list-langs").Output()
	if err != nil || !slices.Contains(strings.Fields(string(listed)), "deu") {
		return "eng"
	}
	return "deu+eng"
}

// inFolder calls work in a folder of its own, with the document as a file in it.
func inFolder(ctx context.Context, name string, data []byte, work func(context.Context, string) error) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	folder, err := os.MkdirTemp("", "austauschbar-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	if err := os.WriteFile(filepath.Join(folder, name), data, 0o600); err != nil {
		return err
	}
	return work(ctx, folder)
}

// profile are LibreOffice's settings: no macro runs, nothing outside the document is
// fetched.
const profile = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
`

func writeProfile(folder string) error {
	user := filepath.Join(folder, "profile", "user")
	if err := os.MkdirAll(user, 0o700); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(user, "registrymodifications.xcu"), []byte(profile), 0o600)
}

// run runs a program in a folder. Its error tells what the program said last.
func run(ctx context.Context, folder, program string, args ...string) error {
	var said bytes.Buffer
	c := command(ctx, folder, program, args...)
	c.Stderr = &bounded{to: &said, left: 64 << 10}
	err := c.Run()
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		return fmt.Errorf("run %s: %w: %s", filepath.Base(program), err, lastLine(said.String()))
	}
	return nil
}

// command is a program with an environment of its own, which names no proxy that
// answers and no folder but the one it works in.
func command(ctx context.Context, folder, program string, args ...string) *exec.Cmd {
	c := exec.CommandContext(ctx, program, args...) // #nosec G204 -- found by Find
	c.Dir = folder
	c.Env = []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + folder, "TMPDIR=" + folder, "TMP=" + folder, "LC_ALL=C.UTF-8", "OMP_THREAD_LIMIT=1",
		"http_proxy=http://127.0.0.1:9", "https_proxy=http://127.0.0.1:9",
		"SystemRoot=" + os.Getenv("SystemRoot"), "TESSDATA_PREFIX=" + os.Getenv("TESSDATA_PREFIX"),
	}
	c.Env = slices.DeleteFunc(c.Env, func(variable string) bool { return strings.HasSuffix(variable, "=") })
	c.WaitDelay = time.Second
	group(c)
	return c
}

// bounded takes so many bytes and drops the rest.
type bounded struct {
	to   io.Writer
	left int
}

func (b *bounded) Write(p []byte) (int, error) {
	kept := p[:min(len(p), b.left)]
	b.left -= len(kept)
	if _, err := b.to.Write(kept); err != nil {
		return 0, err
	}
	return len(p), nil
}

func lastLine(said string) string {
	said = strings.TrimSpace(said)
	return said[strings.LastIndexByte(said, '\n')+1:]
}

// result reads what a program made.
func result(name string) ([]byte, error) {
	info, err := os.Lstat(name)
	switch {
	case err != nil:
		return nil, errors.New("nothing was made of the document")
	case !info.Mode().IsRegular() || info.Size() > limit.File:
		return nil, fmt.Errorf("what was made of the document has more than %d MiB", limit.File>>20)
	}
	return os.ReadFile(name)
}
