// Package mail reads electronic mail as it is stored in .eml files, and web archives
// (.mht), which are made in the same way.
package mail

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"slices"
	"strings"

	"golang.org/x/text/encoding/htmlindex"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/html"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/lines"
	"github.com/austauschbar/austauschbar/evaluator/plain"
)

// Bounds beside those of package limit.
const (
	parts = limit.Documents // of one mail
	depth = 8               // of parts within each other
)

// Read reads the text that the sender wrote; of a text in two forms the one without
// markup. The subject is the title. Paragraphs are counted through all of it. What is
// attached is left to Attachments.
//
// Refusals: "empty", "too_large", "not_this_format", "encrypted", "not_text",
// "damaged", "timeout".
func Read(ctx context.Context, data []byte) (austauschbar.Text, error) {
	m, err := parse(ctx, data)
	if err != nil {
		return austauschbar.Text{}, err
	}
	text := austauschbar.Text{Title: m.subject, Gaps: m.gaps}
	for _, written := range m.texts {
		if len(bytes.TrimSpace(written.data)) == 0 {
			continue
		}
		var passages []austauschbar.Passage
		if passages, err = written.passages(ctx); err != nil && len(passages) == 0 {
			text.Gaps = append(text.Gaps, limit.Gap("", err))
			err = nil
		}
		for _, passage := range passages {
			passage.Line, passage.Paragraph = 0, len(text.Passages)+1
			text.Passages = append(text.Passages, passage)
		}
		if err != nil {
			break
		}
	}
	return limit.Finish(ctx, text, err)
}

// Attachments lists what is attached to a mail as documents, in stored order. Names
// that come twice get a number. The documents hold their bytes.
//
// The error is a *limit.Refusal, as that of Read.
func Attachments(ctx context.Context, data []byte) ([]austauschbar.Document, []austauschbar.Gap, error) {
	m, err := parse(ctx, data)
	if err != nil {
		return nil, nil, err
	}
	return m.attached, nil, nil
}

// A message is a mail taken apart.
type message struct {
	ctx      context.Context
	subject  string
	texts    []written
	attached []austauschbar.Document
	gaps     []austauschbar.Gap
	names    map[string]bool // of what is attached
	parts    int             // so far
}

// written is a text of the mail itself.
type written struct {
	html bool
	data []byte // UTF-8 where the mail says what it is
}

func (w written) passages(ctx context.Context) ([]austauschbar.Passage, error) {
	if w.html {
		page, err := html.Read(ctx, w.data)
		return page.Passages, err
	}
	source, err := plain.Decode(w.data)
	if err != nil {
		return nil, err
	}
	return plain.Passages(ctx, source)
}

// header is that of a mail or of one of its parts.
type header interface{ Get(key string) string }

func parse(ctx context.Context, data []byte) (*message, error) {
	switch {
	case len(data) == 0:
		return nil, limit.Refuse("empty", "")
	case len(data) > limit.File:
		return nil, limit.Refuse("too_large", "")
	}
	read, err := mail.ReadMessage(bytes.NewReader(withoutEnvelope(data)))
	if err != nil {
		return nil, limit.Refuse("not_this_format", err.Error())
	}
	if !slices.ContainsFunc([]string{"Content-Type", "Date", "From", "Received", "Subject", "To"}, func(name string) bool { return read.Header.Get(name) != "" }) {
		return nil, limit.Refuse("not_this_format", "there is no header")
	}
	m := &message{ctx: ctx, subject: lines.Clean(decodeHeader(read.Header.Get("Subject"))), names: map[string]bool{}}
	m.part(read.Header, read.Body, 0)
	if err := ctx.Err(); err != nil {
		_, err = limit.Finish(ctx, austauschbar.Text{}, err)
		return nil, err
	}
	return m, nil
}

// withoutEnvelope cuts the line off that mailboxes put before a mail.
func withoutEnvelope(data []byte) []byte {
	data = bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), "\r\n")
	if bytes.HasPrefix(data, []byte("From ")) {
		if _, rest, found := bytes.Cut(data, []byte("\n")); found {
			return rest
		}
	}
	return data
}

// part takes the mail or one of its parts.
func (m *message) part(head header, content io.Reader, within int) {
	m.parts++
	if m.parts > parts || within > depth {
		m.gap("too_large", fmt.Sprintf("the mail has more than %d parts, or more than %d within each other", parts, depth))
		return
	}
	kind, params := contentType(head)
	switch {
	case kind == "multipart/encrypted", kind == "application/pkcs7-mime", kind == "application/x-pkcs7-mime":
		m.gap("encrypted", kind)
	case kind == "multipart/alternative":
		before := len(m.texts)
		m.several(content, params["boundary"], within)
		m.texts = append(m.texts[:before], plainest(m.texts[before:])...)
	case strings.HasPrefix(kind, "multipart/"):
		m.several(content, params["boundary"], within)
	default:
		m.single(head, kind, params, content)
	}
}

// several takes parts that a boundary divides.
func (m *message) several(content io.Reader, boundary string, within int) {
	reader := multipart.NewReader(content, boundary)
	for m.ctx.Err() == nil && m.parts <= parts {
		next, err := reader.NextRawPart()
		if err == io.EOF {
			return
		}
		if err != nil {
			m.gap("damaged", err.Error())
			return
		}
		m.part(next.Header, next, within+1)
	}
}

// plainest chooses between forms of one text: those without markup, where they hold
// any, else the others.
func plainest(forms []written) []written {
	var found []written
	for _, form := range forms {
		if !form.html && len(bytes.TrimSpace(form.data)) > 0 {
			found = append(found, form)
		}
	}
	if len(found) == 0 {
		return forms
	}
	return found
}

// single takes a part that holds no others.
func (m *message) single(head header, kind string, params map[string]string, content io.Reader) {
	disposition, name := dispositionOf(head, params)
	switch {
	case kind == "application/pkcs7-signature", kind == "application/x-pkcs7-signature", kind == "application/pgp-signature":
		return
	case strings.HasPrefix(kind, "image/") && disposition != "attachment":
		return // a logo, or part of a page
	}
	data, err := io.ReadAll(decoded(head, content))
	if err != nil {
		m.gap("damaged", err.Error())
	}
	isText := kind == "text/plain" || kind == "text/html"
	if isText && disposition != "attachment" && name == "" {
		m.texts = append(m.texts, written{html: kind == "text/html", data: toUTF8(data, params["charset"])})
		return
	}
	if kind == "text/css" {
		return
	}
	m.attach(fileName(name, kind), data)
}

func (m *message) attach(name string, data []byte) {
	unique := name
	for count := 2; m.names[unique]; count++ {
		unique = numbered(name, count)
	}
	m.names[unique] = true
	m.attached = append(m.attached, austauschbar.Document{Path: unique, Size: int64(len(data)), Load: func(context.Context) ([]byte, error) { return data, nil }})
}

func (m *message) gap(reason, detail string) {
	if gap := (austauschbar.Gap{Reason: reason, Detail: detail}); !slices.Contains(m.gaps, gap) {
		m.gaps = append(m.gaps, gap)
	}
}

// contentType is the kind of a part in lower case, plain text where it says none.
func contentType(head header) (string, map[string]string) {
	kind, params, err := mime.ParseMediaType(head.Get("Content-Type"))
	if err != nil && kind == "" {
		before, _, _ := strings.Cut(head.Get("Content-Type"), ";")
		kind = strings.ToLower(strings.TrimSpace(before))
	}
	if !strings.Contains(kind, "/") || strings.HasPrefix(kind, "multipart/") && params["boundary"] == "" {
		kind = "text/plain"
	}
	return kind, params
}

// toUTF8 converts a text whose character set is stated and known.
func toUTF8(data []byte, charset string) []byte {
	in, err := htmlindex.Get(charset)
	if err != nil {
		return data
	}
	if converted, err := in.NewDecoder().Bytes(data); err == nil {
		return converted
	}
	return data
}
