package templates

import (
	"bytes"
	"iter"
	"strings"

	"github.com/austauschbar/austauschbar"
)

// writeWithoutStyle writes a report with the texts of its fixture, and a mark in the
// place of its style, which has no part in what is told.
func writeWithoutStyle(words *Words, out *bytes.Buffer, review austauschbar.Review) error {
	var whole bytes.Buffer
	if err := words.HTML(&whole, review, textsOf(someTexts())); err != nil {
		return err
	}
	style := htmlStyle()
	text := strings.Replace(whole.String(), style, "…", 1)
	_, err := out.WriteString(strings.Replace(text, securityPolicy(style), "…", 1))
	return err
}

func textsOf(texts []austauschbar.DocumentText) iter.Seq2[austauschbar.DocumentText, error] {
	return func(yield func(austauschbar.DocumentText, error) bool) {
		for _, text := range texts {
			if !yield(text, nil) {
				return
			}
		}
	}
}

// someTexts are what the fixture's documents could hold, with passages that it quotes.
func someTexts() []austauschbar.DocumentText {
	database := "Die Datenhaltung erfolgt in Oracle Database 19c; vorhandene Skripte | Makros @it-betrieb #40 sind zu übernehmen."
	return []austauschbar.DocumentText{
		{Path: "Leistungsbeschreibung.docx", Text: austauschbar.Text{Passages: []austauschbar.Passage{
			{Kind: austauschbar.Heading, Level: 1, Number: "3", Text: "Systeme <alt> & neu", Paragraph: 38},
			{Kind: austauschbar.Paragraph, Text: "Vorab. " + database + " Danach.", Paragraph: 40},
			{Kind: austauschbar.Item, Level: 1, Number: "a)", Text: "Anderer Wortlaut an der Stelle.", Paragraph: 41},
			{Kind: austauschbar.Paragraph, Text: "Nichts davon.", Paragraph: 47},
		}}},
		{Path: "Preisblatt.xlsx", Text: austauschbar.Text{Passages: []austauschbar.Passage{
			{Kind: austauschbar.Row, Sheet: "Lizenzen", Text: "7 | Schnittstellenlizenz je Anbindung und Jahr", Cells: []austauschbar.Cell{{Ref: "A7", Header: "Nr.", Text: "7"}, {Ref: "C7", Header: "Leistung", Text: "Schnittstellenlizenz je Anbindung und Jahr"}}},
			{Kind: austauschbar.Row, Sheet: "Wertung", Text: "Preis | 40", Cells: []austauschbar.Cell{{Ref: "A2", Text: "Preis"}, {Ref: "B2", Text: "40"}}},
		}}},
		{Path: "Vertrag/EVB-IT-Cloud.pdf", Text: austauschbar.Text{Passages: []austauschbar.Passage{
			{Kind: austauschbar.Paragraph, Text: "Der Vertrag läuft 60 Monate und verlängert sich um jeweils 12 Monate.", Page: 4, Paragraph: 12},
		}}},
		{Path: "architektur/loesung.md", Text: austauschbar.Text{Passages: []austauschbar.Passage{
			{Kind: austauschbar.Code, Text: "<b>Adapter</b> kostenpflichtig, siehe `README`", Line: 120},
		}}},
	}
}
