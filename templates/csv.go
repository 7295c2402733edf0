package templates

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/austauschbar/austauschbar"
)

// byteOrderMark tells Excel that a file is UTF-8.
const byteOrderMark = "\ufeff"

// longestCell is the number of characters that a cell of a spreadsheet can hold.
const longestCell = 32767

// CSV writes reviews as Fill returned them as one table with a line for each finding,
// contradiction and gap, for spreadsheets: UTF-8 with a byte order mark, the separator
// and numbers of the language, lines that end as RFC 4180 asks for. No text begins as a
// formula does.
func (words *Words) CSV(out io.Writer, reviews []austauschbar.Review) error {
	separator, err := words.say("csv.separator", nil)
	if err != nil {
		return fmt.Errorf("write csv: %w", err)
	}
	text := bytes.NewBufferString(byteOrderMark)
	lines := csv.NewWriter(text)
	lines.Comma, _ = utf8.DecodeRuneInString(separator)
	lines.UseCRLF = true
	if err := words.csvLines(lines, reviews); err != nil {
		return fmt.Errorf("write csv: %w", err)
	}
	if _, err := out.Write(text.Bytes()); err != nil {
		return fmt.Errorf("write csv: %w", err)
	}
	return nil
}

func (words *Words) csvLines(lines *csv.Writer, reviews []austauschbar.Review) error {
	var cells []string
	for _, column := range columns {
		heading, err := words.say("column."+column.key, nil)
		if err != nil {
			return err
		}
		cells = append(cells, heading)
	}
	if err := lines.Write(cells); err != nil {
		return err
	}
	for _, review := range reviews {
		review, err := words.shown(review)
		if err != nil {
			return err
		}
		points, err := words.pointsOf(review)
		if err != nil {
			return err
		}
		for _, point := range points {
			for i, column := range columns {
				if cells[i], err = words.csvCell(column, point); err != nil {
					return err
				}
			}
			if err := lines.Write(cells); err != nil {
				return err
			}
		}
	}
	lines.Flush()
	return lines.Error()
}

func (words *Words) csvCell(column column, p point) (string, error) {
	value, err := column.of(words, p)
	if err != nil {
		return "", err
	}
	if text, ok := value.(string); ok {
		return noFormula(shorten(text, longestCell-1)), nil
	}
	return words.number(value)
}

// noFormula gives a text that spreadsheets do not take for a formula: one that begins
// like one gets an apostrophe before it, as they show texts themselves.
func noFormula(text string) string {
	first, _ := utf8.DecodeRuneInString(text)
	if text != "" && strings.ContainsRune("=+-@\t\r\n|%＝＋－＠", first) {
		return "'" + text
	}
	return text
}
