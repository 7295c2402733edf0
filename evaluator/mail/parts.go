package mail

import (
	"encoding/base64"
	"io"
	"mime"
	"mime/quotedprintable"
	"path"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/unicode/norm"
)

// decoded undoes the encoding in which a part was sent.
func decoded(head header, content io.Reader) io.Reader {
	switch strings.ToLower(strings.TrimSpace(head.Get("Content-Transfer-Encoding"))) {
	case "base64":
		return base64.NewDecoder(base64.RawStdEncoding, &alphabet{content})
	case "quoted-printable":
		return quotedprintable.NewReader(content)
	}
	return content
}

// alphabet leaves out all that is not base64, the padding too: mails hold line breaks,
// blanks and several ends.
type alphabet struct{ io.Reader }

func (a *alphabet) Read(p []byte) (int, error) {
	for {
		n, err := a.Reader.Read(p)
		kept := 0
		for _, b := range p[:n] {
			if b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '+' || b == '/' {
				p[kept] = b
				kept++
			}
		}
		if kept > 0 || err != nil {
			return kept, err
		}
	}
}

// decodeHeader decodes the words of a header that are encoded.
func decodeHeader(value string) string {
	decoder := mime.WordDecoder{CharsetReader: func(charset string, input io.Reader) (io.Reader, error) {
		in, err := htmlindex.Get(charset)
		if err != nil {
			return nil, err
		}
		return in.NewDecoder().Reader(input), nil
	}}
	if found, err := decoder.DecodeHeader(value); err == nil {
		value = found
	}
	if !utf8.ValidString(value) {
		value, _ = charmap.Windows1252.NewDecoder().String(value)
	}
	return value
}

// dispositionOf says how a part is to be shown, "inline" where it does not say, and
// the name of its file, "" where it has none.
func dispositionOf(head header, params map[string]string) (disposition, name string) {
	disposition, more, err := mime.ParseMediaType(head.Get("Content-Disposition"))
	if err != nil && disposition == "" {
		disposition = "inline"
	}
	name = more["filename"]
	if name == "" {
		name = params["name"]
	}
	return disposition, decodeHeader(name)
}

// extensions are those of files that come without a name.
var extensions = map[string]string{
	"application/msword": ".doc", "application/pdf": ".pdf", "application/rtf": ".rtf",
	"application/vnd.ms-excel":                                                ".xls",
	"application/vnd.oasis.opendocument.spreadsheet":                          ".ods",
	"application/vnd.oasis.opendocument.text":                                 ".odt",
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":       ".xlsx",
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
	"application/zip": ".zip", "message/rfc822": ".eml", "text/csv": ".csv", "text/html": ".html", "text/plain": ".txt",
}

// longest is the length of a file's name, in bytes.
const longest = 255

// fileName is the last element of a name that a mail gives to a file, made fit to be
// one.
func fileName(name, kind string) string {
	name = norm.NFC.String(strings.ToValidUTF8(name, "\ufffd"))
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, name)
	name = strings.TrimLeft(strings.TrimSpace(name), ".")
	if name == "" {
		name = "attachment"
	}
	if extension := extensions[kind]; path.Ext(name) == "" || kind == "message/rfc822" && path.Ext(name) != extension {
		name += extension
	}
	if len(name) > longest {
		extension := path.Ext(name)
		if len(extension) > 16 {
			extension = ""
		}
		name = strings.ToValidUTF8(name[:longest-len(extension)], "") + extension
	}
	return name
}

// numbered is a file's name with a number: "Angebot (2).pdf".
func numbered(name string, count int) string {
	extension := path.Ext(name)
	return strings.TrimSuffix(name, extension) + " (" + strconv.Itoa(count) + ")" + extension
}
