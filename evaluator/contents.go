package evaluator

import (
	"bytes"
	"errors"
	"regexp"
	"slices"

	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/plain"
)

// unreadReason says why no reader is for files of an extension; "" where one is.
func unreadReason(extension string) string {
	if _, known := readers[extension]; known {
		return ""
	}
	if reason, known := unread[extension]; known {
		return reason
	}
	if billOfQuantities.MatchString(extension) {
		return "bill_of_quantities"
	}
	return "unknown_format"
}

// billOfQuantities matches the extensions of GAEB files: what is bought is described
// item by item.
var billOfQuantities = regexp.MustCompile(`^\.[dpx]8[0-9]$`)

// lookedInto says whether files of an extension without a reader are loaded to see
// what they hold: old formats, whose names portals give to other files too, and names
// without what is an extension ("Vertrag", "1.2 Leistungen").
func lookedInto(extension string) bool {
	return unread[extension] == "old_format" || !ending.MatchString(extension)
}

// ending matches what is an extension and not just what follows a full stop.
var ending = regexp.MustCompile(`^\.[0-9]{0,3}[a-z][a-z0-9]{0,9}$`)

// zipFormats are the formats that are zip archives inside, by extension.
var zipFormats = []string{".docx", ".xlsx", ".odt", ".ods"}

// binary are the formats whose files cannot be text, so that one that is has a wrong
// name.
var binary = []string{"docx", "ods", "odt", "pdf", "rtf", "xlsx"}

// hypertext matches the beginning of an HTML file.
var hypertext = regexp.MustCompile(`(?i)^(<\?xml[^>]*>\s*)?(<!--[^>]*-->\s*)*<(!doctype html|html)\b`)

// tell returns the extensions of the readers to try for a file, the likeliest first:
// what a file holds counts for more than its name. Its error is a *limit.Refusal where
// there is none.
func tell(data []byte, extension string) ([]string, error) {
	head := bytes.TrimLeft(bytes.TrimPrefix(data[:min(len(data), 1024)], []byte("\xef\xbb\xbf")), " \t\r\n")
	reason, isBinary := unreadReason(extension), slices.Contains(binary, readers[extension].format)
	switch {
	case limit.IsOLE(data):
		return nil, limit.RefuseOLE(data)
	case bytes.HasPrefix(head, []byte("%PDF-")):
		return readerOf(".pdf")
	case bytes.HasPrefix(head, []byte(`{\rtf`)):
		return readerOf(".rtf")
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return readersOfPackage(extension)
	case reason == "" && !isBinary:
		return []string{extension}, nil
	case hypertext.Match(head):
		return readerOf(".html")
	case reason == "old_format":
		return tellOld(data, head, extension)
	case extension == ".pdf" && !bytes.Contains(data[:min(len(data), 1024)], []byte("%PDF-")):
		return nil, limit.Refuse("not_this_format", "")
	case reason == "":
		return []string{extension}, nil
	}
	return nil, limit.Refuse(reason, extension)
}

// tellOld tells what portals and programs name .doc or .xls besides what these
// extensions stand for: web archives, and text that is or is not a table.
func tellOld(data, head []byte, extension string) ([]string, error) {
	if bytes.Contains(head, []byte("mso-application")) {
		return nil, limit.Refuse("old_format", "XML of Office 2003")
	}
	if bytes.HasPrefix(head, []byte("MIME-Version:")) {
		return readerOf(".mht")
	}
	if _, err := plain.Decode(data); err != nil {
		return nil, limit.Refuse("old_format", extension)
	}
	if _, known := readers[".csv"]; known && extension == ".xls" {
		return readerOf(".csv")
	}
	return readerOf(".txt")
}

// readersOfPackage lists what a zip archive that is a document may be.
func readersOfPackage(extension string) ([]string, error) {
	var found []string
	if slices.Contains(binary, readers[extension].format) && extension != ".pdf" && extension != ".rtf" || readers[extension].format == "archimate" {
		found = append(found, extension)
	}
	for _, candidate := range zipFormats {
		if _, known := readers[candidate]; known && candidate != extension {
			found = append(found, candidate)
		}
	}
	return found, nil
}

func readerOf(extension string) ([]string, error) {
	if _, known := readers[extension]; !known {
		return nil, limit.Refuse("not_this_format", "the file holds "+extension)
	}
	return []string{extension}, nil
}

// refusedAs says whether a reader's error is a refusal of this code.
func refusedAs(err error, code string) bool {
	refusal, ok := errors.AsType[*limit.Refusal](err)
	return ok && refusal.Code == code
}
