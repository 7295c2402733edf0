package archive

import (
	"archive/zip"
	"bytes"
	"io/fs"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// longest is the length of a path, in bytes, that a person still made.
const longest = 1024

// nameOf is a member's path with slashes and composed letters.
func nameOf(file *zip.File) string {
	name := file.Name
	if !utf8.ValidString(name) {
		name = decode(name)
	}
	name = norm.NFC.String(strings.ReplaceAll(name, `\`, "/"))
	return strings.TrimPrefix(name, "./")
}

// Bytes of the German letters ÄÖÜäöüß in Windows-1252 and in code page 850; of the
// latter those of code page 437 are the same.
var (
	windowsLetters = []byte("\xc4\xd6\xdc\xe4\xf6\xfc\xdf")
	dosLetters     = []byte("\x8e\x99\x9a\x84\x94\x81\xe1")
)

// decode reads a name that is not UTF-8: in the code page that the format
// prescribes and Windows uses, unless its letters are German ones only as
// Windows-1252 has them.
func decode(name string) string {
	windows, dos := 0, 0
	for _, b := range []byte(name) {
		if bytes.IndexByte(windowsLetters, b) >= 0 {
			windows++
		}
		if bytes.IndexByte(dosLetters, b) >= 0 {
			dos++
		}
	}
	page := charmap.CodePage850
	if windows > dos {
		page = charmap.Windows1252
	}
	decoded, err := page.NewDecoder().String(name)
	if err != nil {
		return strings.ToValidUTF8(name, "\ufffd")
	}
	return decoded
}

// ignored says whether a member is not part of a dossier: what systems and office
// programs leave behind.
func ignored(name string) bool {
	for element := range strings.SplitSeq(name, "/") {
		switch {
		case element == "." || element == "..": // unsafe, which is to be told
		case strings.HasPrefix(element, "."), strings.HasPrefix(element, "~$"),
			element == "__MACOSX", element == "Thumbs.db", element == "desktop.ini", element == "node_modules":
			return true
		}
	}
	return false
}

// safe says whether a path stays within the archive on every system.
func safe(name string) bool {
	drive := len(name) > 1 && name[1] == ':'
	return fs.ValidPath(name) && name != "." && !drive && len(name) <= longest && !strings.ContainsRune(name, 0)
}

// shown is a path that is told rather than used.
func shown(name string) string {
	if len(name) > 100 {
		name = strings.ToValidUTF8(name[:100], "") + "…"
	}
	return strconv.Quote(name)
}
