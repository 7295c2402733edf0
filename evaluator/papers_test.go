package evaluator

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// demands are a text that binds a supplier.
const (
	demands   = "Der Auftragnehmer muss das Portal barrierefrei bereitstellen. Alle Daten sind auf Anforderung herauszugeben.\n\n"
	demandsEN = "The contractor shall deliver an accessible portal. All data shall be handed over on request.\n\n"
)

// What a paper is, by its name, its title and what it says.
func TestRolesOfPapers(t *testing.T) {
	blankRows := strings.Repeat("| Feld | [Angabe] |\n", 8)
	for name, test := range map[string]struct{ path, text, want string }{
		"description":                      {"a.md", "# Leistungsbeschreibung\n\n" + demands, "specification"},
		"description, English":             {"a.md", "# Statement of Work\n\n" + demandsEN, "specification"},
		"description with a checklist":     {"a.md", "# Leistungsbeschreibung\n\n" + demands + "## Checkliste für Angebote\n\nDiese Checkliste ist dem Angebot beizufügen.\n\n- Preisblatt\n- Eigenerklärung\n", "specification"},
		"description with one blank":       {"a.md", "# Leistungsbeschreibung\n\n" + strings.Repeat(demands, 6) + "Aktenzeichen: [Nummer]\n\nBeginn: ____\n", "specification"},
		"description with a few blanks":    {"a.md", "# Statement of Work\n\n" + strings.Repeat(demandsEN, 20) + strings.Repeat("Date: [**Date]\n\n", 6), "specification"},
		"description with references":      {"a.md", "# Leistungsbeschreibung\n\n" + strings.Repeat("Der Export folgt der Norm [1], siehe [2].\n\n", 9), "specification"},
		"description with links":           {"a.md", "# Requirements\n\n" + strings.Repeat("The portal follows [the guide](https://example.org/guide).\n\n", 9), "specification"},
		"description of an FAQ program":    {"a.md", "# Lastenheft FAQ-Chatbot\n\n" + demands, "specification"},
		"request for quotations":           {"rfq.md", "# General Services Administration\n\n" + demandsEN, "specification"},
		"request for proposals":            {"a.md", "# Request for Proposals 2026-04\n\n" + demandsEN, "specification"},
		"answers on a request":             {"RFP questions and answers.md", "# Questions\n\n" + demandsEN, "annex"},
		"capitals in a file's name":        {"api_soo.md", "# Blanket Purchase Agreement\n\n" + demandsEN, "specification"},
		"an FAQ program":                   {"ausschreibung_faq_chatbot.md", "# FAQ-Chatbot für die Stadt\n\n" + demands, "specification"},
		"a program for needs":              {"a.md", "# Lastenheft Bedarfsmeldung\n\n" + demands, "specification"},
		"a request for a needs report":     {"a.md", "# Ausschreibung Bedarfsmeldung\n\nAngebote sind bis zum 3. März einzureichen. Der Zuschlag wird auf das wirtschaftlichste Angebot erteilt.\n\n" + demands, "specification"},
		"a handbook that is bought":        {"a.md", "# Leistungsbeschreibung Erstellung eines Leitfadens für Archive\n\nDer Leitfaden wird vom Auftragnehmer erstellt.\n", "specification"},
		"request with a guide as its head": {"request.md", "# Supplemental Guide\n\nQuotes must be submitted by email. " + demandsEN, "annex"},
		"few qualifications":               {"a.md", "# Qualifications\n\nThe vendor must have experience with PostgreSQL.\n", "annex"},
		"qualifications beside demands":    {"a.md", "# Portal\n\n" + strings.Repeat("All data shall be exported as CSV.\n\n", 3) + "# Qualifications\n\n" + strings.Repeat("- The vendor must have experience with PostgreSQL.\n", leastOnBidders), "annex"},
		"criteria of a service":            {"a.md", "# Kriterienkatalog für Cloudleistungen\n\nDie Daten werden verschlüsselt.\n", "annex"},
		"criteria of a data centre":        {"a.md", "# C5-Kriterienkatalog Rechenzentrum\n\nDie Daten werden verschlüsselt.\n", "annex"},
		"criteria of an award":             {"a.md", "# Kriterienkatalog zur Bewertung der Angebote\n\nDer Preis zählt 40 %.\n", "criteria"},
		"price sheet":                      {"pricing.md", "# Rates\n\n" + strings.Repeat("| Role | ____ |\n", 9), "price_sheet"},
		"contract with blanks":             {"vertrag.md", "# Vertrag\n\n" + strings.Repeat("Beginn: ____\n\n", 9), "contract"},

		"blank form":               {"a.md", "# Leistungsbeschreibung\n\n| Feld | Angabe |\n|---|---|\n" + blankRows, "form"},
		"blank form, English":      {"statement of work.txt", "Purpose\n\n" + strings.Repeat("Purpose: <purpose of the service>\n\n", 6), "form"},
		"blank lines":              {"anlage.md", "# Angaben\n\n" + strings.Repeat("Name: ______\n\n", 6), "form"},
		"fields of a program":      {"sow.md", "# Work\n\n" + strings.Repeat("The service is {{ buy.name }}.\n\n", 6), "form"},
		"yet to be decided":        {"sow.md", "# Work\n\n" + strings.Repeat("Number of users: TBD\n\n", 6), "form"},
		"too short for a form":     {"a.md", "# Leistungsbeschreibung\n\nAktenzeichen: [Nummer]\n", "specification"},
		"form without a good deal": {"a.md", "# Leistungsbeschreibung\n\n" + strings.Repeat(demands, 15) + blankRows, "specification"},

		"model clauses in a contract's name": {"contract_clauses.md", "# Which clauses have been used?\n\nThe following clauses have been used in contracts of the office.\n\n" + demandsEN, "module"},
		"sample language":                    {"a.md", "# Scenario A\n\nAgency uses the below text as the scope of work for a task.\n\n" + demandsEN, "module"},
		"example of a statement of work":     {"a.md", "# Statement of Work\n\nBelow is an example statement of work for an open source project.\n\n" + demandsEN, "module"},
		"standards of a buyer":               {"a.md", "# Standards\n\nThese standards should be used by anyone looking to procure IT services.\n\n" + demandsEN, "module"},
		"model texts, German":                {"a.md", "# Hilfen\n\nDie folgenden Klauseln können in Verträge übernommen werden.\n\n" + demands, "module"},
		"clauses taken in by reference":      {"sow.md", "# Statement of Work\n\nThe following clauses are part of this order.\n\n" + demandsEN, "specification"},
		"model texts far behind":             {"a.md", "# Statement of Work\n\n" + strings.Repeat(demandsEN, 8) + "The following clauses have been used in contracts of the office.\n", "specification"},
		"one chapter":                        {"a.md", "# Office\n\n## 5.0 Data rights\n\n" + demandsEN, "module"},
		"sections of one chapter":            {"a.md", "# Amt\n\n## 12.1 Rechte\n\n" + demands + "## 12.2 Daten\n\n" + demands, "module"},
		"the first chapter":                  {"a.md", "# Office\n\n## 1. Scope\n\n" + demandsEN, "annex"},
		"several chapters":                   {"a.md", "# Office\n\n## 5 Rights\n\n" + demandsEN + "## 6 Data\n\n" + demandsEN, "annex"},
		"a long chapter":                     {"a.md", "# Office\n\n## 5 Requirements\n\n" + strings.Repeat(demandsEN, 10), "annex"},

		"checklist":                     {"beschaffung_checkliste.md", "# Beschaffung\n\nIst der Export geregelt?\n", "guidance"},
		"checklist by its title":        {"a.md", "# Procurement Checklist\n\nIs the export settled?\n", "guidance"},
		"guide":                         {"a.md", "# Leitfaden für die Beschaffung von Software\n\nAchten Sie auf offene Schnittstellen.\n", "guidance"},
		"guide, English":                {"buying_open_source_guide_v2.md", "# Buying\n\nAsk for the source code.\n", "guidance"},
		"questions and answers":         {"ausschreibung-faq.md", "# Fragen\n\nWie schreibe ich eine Ausschreibung?\n", "guidance"},
		"working paper":                 {"a.md", "# Interne Arbeitsgrundlage Leistungsbeschreibung\n\nDiese Arbeitsgrundlage hält den internen Stand fest.\n", "guidance"},
		"memo":                          {"vergabevermerk.md", "# Vermerk\n\nDer Export soll verlangt werden.\n", "guidance"},
		"needs of an office":            {"a.md", "# Ausgangslage und Bedarfsnotiz\n\nDas Portal soll Daten exportieren.\n", "guidance"},
		"needs and ways to award":       {"a.md", "# Bedarfsmeldung\n\nDie Zuschlagskriterien werden in der Bekanntmachung mitgeteilt. Angebote sind bis zum 3. März einzureichen.\n", "guidance"},
		"needs by what it says":         {"a.md", "# Ausgefüllter Bogen Fachbereich\n\nDieser Bedarfserhebungsbogen wurde vom Fachbereich als Grundlage erstellt.\n", "guidance"},
		"business case":                 {"a.md", "# Case management: business case\n\nThe system shall export all data.\n", "guidance"},
		"business case by what it says": {"a.md", "# Case management\n\nThis business case sets out three options.\n", "guidance"},
		"market exploration":            {"a.md", "# Portal\n\nDieses Schreiben stellt keine Aufforderung zur Abgabe eines Angebots dar.\n", "guidance"},
		"request for information":       {"a.md", "# Portal\n\nThis notice is not a request for proposals. What can your product do?\n", "guidance"},
		"questions to the market":       {"markterkundung_fragenkatalog.md", "# Beispiele\n\n- Schnittstellen zu Finanzsoftware\n- Exit: Exportformate\n", "guidance"},
		"questionnaire, English":        {"market-survey-questionnaire.md", "# Products\n\nWhich formats does your product export?\n", "guidance"},
		"market consultation":           {"a.md", "# Portal\n\nDie Stadt führt eine unverbindliche Marktkonsultation durch. Welche Schnittstellen hat Ihr Produkt?\n", "guidance"},
		"RFI by what it says":           {"a.md", "# Portal\n\nThis RFI seeks information on products. What can your product do?\n", "guidance"},
		"a survey that is over":         {"a.md", "# Leistungsbeschreibung\n\nIm Rahmen einer Markterkundung wurde festgestellt, dass mehrere Produkte in Frage kommen. " + demands, "specification"},
		"self-description far below":    {"a.md", "# Leistungsbeschreibung\n\n" + strings.Repeat(demands, clausesOfBeginning) + "Dieser Leitfaden unterstützt die Verwaltung.\n", "specification"},
		"a checklist with the proposal": {"a.md", "# Statement of Work\n\nThis checklist is to be completed and sent by the offeror. " + demandsEN, "specification"},

		"model clauses":            {"musterklauseln_export.md", "# Datenhoheit\n\n" + demands, "module"},
		"model clauses, English":   {"a.md", "# Model clauses on data\n\n" + demandsEN, "module"},
		"annex on one subject":     {"Anlage 3 Datenformate.md", "# Datenformate\n\n" + demands, "module"},
		"qualifications only":      {"a.md", "# Mandatory Qualifications\n\n" + strings.Repeat("- The vendor must have five years of experience with PostgreSQL.\n", leastOnBidders), "module"},
		"qualifications, German":   {"a.md", "# Eignungskriterien\n\n" + strings.Repeat("- Der Bieter hat Erfahrung mit PostgreSQL.\n", leastOnBidders), "module"},
		"annex by its title":       {"standards.md", "# Attachment D: IT Standards\n\n" + demandsEN, "module"},
		"description as an annex":  {"Anlage 1 Leistungsbeschreibung.md", "# Leistungsbeschreibung\n\n" + demands, "specification"},
		"request, German":          {"anschreiben.md", "# Aufforderung zur Angebotsabgabe\n\nAngebote sind elektronisch einzureichen. " + demands, "specification"},
		"request as an attachment": {"attachment 2.md", "# Request for Quotation\n\nQuotes must be submitted by email. " + demandsEN, "specification"},
		"module of a catalogue":    {"schnittstellen.yml", "title: Schnittstellen\nrequirements:\n- title: Export\n  level: MUST\n  description: Das System gibt alle Daten in offenen Formaten aus.\n", "module"},
		"a catalogue as a whole":   {"katalog.yml", "title: Leistungskatalog\nrequirements:\n- title: Export\n  level: MUST\n  description: Das System gibt alle Daten in offenen Formaten aus.\n", "specification"},
		"one question":             {"q.yml", "name: Export\nquestion: How do users export their data?\ntype: checkboxes\noptions:\n- label: CSV\n  value: csv\n", "question"},
		"several questions":        {"q.yml", "title: Requirements\nquestions:\n- question: How do users export their data?\n  type: text\n- question: How is the service documented for users?\n  type: text\n", "specification"},
	} {
		t.Run(name, func(t *testing.T) {
			documents := factsOf(t, map[string]string{test.path: test.text}).Documents
			if len(documents) != 1 {
				t.Fatalf("%d documents", len(documents))
			}
			if got := documents[0].Role; got != test.want {
				t.Errorf("is read as %s, want %s", got, test.want)
			}
			if documents[0].Role == "form" && len(documents[0].Evidence) == 0 {
				t.Error("no place tells the form")
			}
		})
	}
}

// What a manifest says of a document holds.
func TestDeclaredPapers(t *testing.T) {
	facts := factsOf(t, map[string]string{"leitfaden.md": "# Leitfaden\n\nDer Auftragnehmer liefert.\n", "dossier.yaml": "roles: {leitfaden.md: specification}\n"})
	if got := facts.Documents[0]; got.Role != "specification" || got.Source != "declared" {
		t.Errorf("is read as %s, %s", got.Role, got.Source)
	}
}

// Brackets that say how binding a requirement is, or number it, are no places to fill in.
func TestMarksAreNoBlanks(t *testing.T) {
	for name, item := range map[string]string{
		"grade":  "- [MUSS] Alle Daten sind als CSV zu exportieren.\n",
		"wish":   "- [SOLLTE] Alle Daten sind als CSV zu exportieren.\n",
		"number": "- [DAT-3] Alle Daten sind als CSV zu exportieren.\n",
		"tick":   "- [x] Alle Daten sind als CSV zu exportieren.\n",
	} {
		t.Run(name, func(t *testing.T) {
			facts := factsOf(t, map[string]string{"a.md": "# Leistungsbeschreibung\n\n" + strings.Repeat(item, 9)})
			if got := facts.Documents[0].Role; got != "specification" || len(facts.Topics["data_export"]) == 0 {
				t.Errorf("is read as %s, with %d demands", got, len(facts.Topics["data_export"]))
			}
		})
	}
	for name, item := range map[string]string{
		"beside a mark": "- [MUSS] Die Lösung läuft bei [Ort].\n",
		"a number":      "- Die Laufzeit beträgt [X] Monate.\n",
		"one of many":   "- Die Lösung läuft bei [Firma 1].\n",
	} {
		form := factsOf(t, map[string]string{"a.md": "# Leistungsbeschreibung\n\n" + strings.Repeat(item, 9)})
		if got := form.Documents[0].Role; got != "form" {
			t.Errorf("%s: what has places to fill in is read as %s", name, got)
		}
	}
}

// What a form only seems to say is left out.
func TestBlanksSayNothing(t *testing.T) {
	facts := factsOf(t, map[string]string{"a.md": "# Leistungsbeschreibung\n\n" + strings.Repeat("Die Vertragslaufzeit beträgt [Zahl] Monate.\n\n", 6) + "Alle Daten sind als CSV zu exportieren.\n"})
	if got := len(facts.Topics["contract_term"]); got > 0 {
		t.Errorf("%d terms are told", got)
	}
	if len(facts.Topics["data_export"]) == 0 {
		t.Error("what is filled in is lost")
	}
}

// The documents of the corpus that describe no procurement, and whether there is an
// award. All others are read as before.
func TestPapersOfTheCorpus(t *testing.T) {
	const corpus = "../../shared/corpus/tenders"
	entries, err := os.ReadDir(corpus)
	if err != nil {
		t.Skip("corpus is absent")
	}
	want := map[string]string{
		"de_360grad_plattform_lastenheft.md":                         "specification, no award",
		"de_bonn_muenster_musterklauseln_datenhoheit.md":             "module",
		"de_budgetbinder_lastenheft.md":                              "specification, no award",
		"de_eyematics_lastenheft.md":                                 "specification, no award",
		"de_loklm_lastenheft_lokaler_ki_assistent.md":                "specification, no award",
		"de_pretix_ticketing_ausschreibung_faq.md":                   "guidance, award",
		"de_pretix_ticketing_leistungskatalog_onpremise.yml":         "module",
		"de_pretix_ticketing_leistungskatalog_saas.yml":              "module",
		"de_pretix_ticketing_leistungskatalog_schnittstellen.yml":    "module",
		"de_pretix_ticketing_leistungskatalog_zutrittskontrolle.yml": "module, no award",
		"de_sachsen_leistungsbeschreibung_vorlage.md":                "form, award",
		"de_vergabelab_lbit01_entwurf_leistungsbeschreibung.md":      "specification, award",
		"de_vergabelab_lbit01_erwartungshorizont.md":                 "guidance",
		"de_vergabelab_lbit01_interne_arbeitsgrundlage.md":           "guidance",
		"de_vergabelab_lbit01_uebergabevermerk_markterkundung.md":    "guidance, no award",
		"en_18f_agile_bpa_pws_template.md":                           "specification, award",
		"en_18f_datagov_ckan_pricing.xlsx":                           "price_sheet",
		"en_18f_datagov_ckan_rfq.md":                                 "specification, award",
		"en_18f_fedramp_dashboard_pricing.xlsx":                      "price_sheet",
		"en_18f_fedramp_dashboard_pws.md":                            "specification, award",
		"en_18f_fedramp_dashboard_rfq.md":                            "specification, award",
		"en_18f_fs_epermit_api_pricing.xlsx":                         "price_sheet",
		"en_18f_fs_epermit_api_soo.md":                               "specification",
		"en_18f_fs_epermit_intake_soo.md":                            "specification, award",
		"en_18f_opm_eqip_pws.md":                                     "specification, award",
		"en_18f_talentmap_pws.md":                                    "specification, award",
		"en_18f_tdrs_rfq_draft.pdf":                                  "specification, award",
		"en_18f_tdrs_rfq_draft_objectives.md":                        "specification",
		"en_18f_tdrs_rfq_final.docx":                                 "specification, award",
		"en_alaska_dhss_attachment_a_it_requirements.md":             "specification",
		"en_alaska_dhss_attachment_d_it_standards.pdf":               "module",
		"en_alaska_dhss_rfp_search_unification.md":                   "specification, award",
		"en_civicactions_open_requirements_library.html":             "module",
		"en_civicactions_oss_procurement_checklist.md":               "guidance",
		"en_civicactions_oss_procurement_faq.md":                     "guidance, no award",
		"en_drupal_cms_rfp_template.md":                              "specification, award",
		"en_gcloud12_question_APIDocumentationFormats.yml":           "question",
		"en_gcloud12_question_APIUsage.yml":                          "question",
		"en_gcloud12_question_dataExportFormats.yml":                 "question",
		"en_gcloud12_question_dataExportHow.yml":                     "question",
		"en_gcloud12_question_dataStorageAndProcessingLocations.yml": "question",
		"en_gcloud12_question_endOfContractDataExtraction.yml":       "question",
		"en_gcloud12_question_endOfContractProcess.yml":              "question",
		"en_gfa_diu_tor_checklist.md":                                "guidance",
	}
	got := map[string]string{}
	for _, entry := range entries {
		if strings.HasSuffix(entry.Name(), ".labels.yaml") {
			continue
		}
		data, err := os.ReadFile(filepath.Join(corpus, entry.Name()))
		if err != nil {
			t.Fatal(err)
		}
		facts := factsOf(t, map[string]string{entry.Name(): string(data)})
		got[entry.Name()] = facts.Documents[0].Role
		if award := facts.Dossier.Award; award != nil {
			got[entry.Name()] += map[bool]string{true: ", award", false: ", no award"}[award.Value]
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Papers that a document names, what each holds by its title, and whether it is here.
func TestAttachments(t *testing.T) {
	for name, test := range map[string]struct {
		files map[string]string
		want  []string // of a.md
	}{
		"none":                       {map[string]string{"a.md": demands}, nil},
		"a list":                     {map[string]string{"a.md": "# Unterlagen\n\n- Anlage 1: Leistungsbeschreibung\n- Anlage 2 – Vertragsentwurf\n- Anlage 3: Preisblatt\n"}, []string{"Anlage 1 specification", "Anlage 2 contract", "Vertragsentwurf contract", "Anlage 3 price_sheet"}},
		"a list, English":            {map[string]string{"a.md": "# Documents\n\nAppendix 1 - Contract Terms and Conditions\n\nAppendix 2 - Response Template\n"}, []string{"Appendix 1 contract", "Appendix 2"}},
		"in brackets":                {map[string]string{"a.md": "Es gelten die Vertragsbedingungen (Anlage 4).\n"}, []string{"Anlage 4 contract"}},
		"in brackets, English":       {map[string]string{"a.md": "Rates stand in the price sheet (see Attachment B).\n"}, []string{"Attachment B price_sheet"}},
		"contract rates elsewhere":   {map[string]string{"a.md": "Contractors submit the attached file (Appendix 3) with their contract rates.\n"}, []string{"Appendix 3"}},
		"named later with a title":   {map[string]string{"a.md": "Siehe Anlage 2.\n\nAnlage 2: Rahmenvertrag\n"}, []string{"Anlage 2 contract"}},
		"by what it is":              {map[string]string{"a.md": "Die Gewichtung steht in der Bewertungsmatrix.\n"}, []string{"Bewertungsmatrix criteria"}},
		"by what it is said to hold": {map[string]string{"a.md": "Data rights and other terms and conditions are provided in the QASP.\n"}, []string{"QASP contract"}},
		"held, in German":            {map[string]string{"a.md": "Die Vertragsbedingungen sind in Anlage 4 geregelt.\n"}, []string{"Anlage 4 contract"}},
		"a plan":                     {map[string]string{"a.md": "Quality levels are those of the QASP.\n"}, []string{"QASP"}},
		"a file of that name":        {map[string]string{"a.md": "Siehe Anlage 2.\n", "anlage_2_vertrag.md": "# Vertrag\n\n" + demands}, []string{"Anlage 2 here"}},
		"a title of that name":       {map[string]string{"a.md": "See the evaluation matrix.\n", "b.md": "# Evaluation Matrix\n\nPrice counts.\n"}, []string{"evaluation matrix criteria here"}},
		"a section of that name":     {map[string]string{"a.md": "Siehe Anlage 2.\n\n# Anlage 2: Formate\n\nCSV ist zu verwenden.\n"}, []string{"Anlage 2 here"}},
		"a heading without a text":   {map[string]string{"a.md": "See Appendix 1.\n\n# Appendix 1 - Terms\n\n# Appendix 2 - Prices\n"}, []string{"Appendix 1"}},
		"another number":             {map[string]string{"a.md": "Siehe Anlage 2.\n", "anlage_21.md": "# Formate\n\n" + demands}, []string{"Anlage 2"}},
		"called attached":            {map[string]string{"a.md": "# Request for Quotation\n\nThe services are listed in the attached Performance Work Statement (PWS).\n"}, []string{"Performance Work Statement specification"}},
		"called attached, in German": {map[string]string{"a.md": "# Ausschreibung\n\nMaßgeblich sind die im beigefügten Lastenheft beschriebenen Anforderungen.\n"}, []string{"Lastenheft specification"}},
		"attached, said behind":      {map[string]string{"a.md": "# Ausschreibung\n\nDie Leistungsbeschreibung ist als Anlage beigefügt.\n"}, []string{"Leistungsbeschreibung specification"}},
		"attached, behind, English":  {map[string]string{"a.md": "# Invitation to tender\n\nThe statement of work (SOW), attached hereto, tells what is bought.\n"}, []string{"statement of work specification"}},
		"behind its number":          {map[string]string{"a.md": "# Request for Proposals\n\nFor the scope see Attachment 1, Statement of Work.\n"}, []string{"Attachment 1 specification"}},
		"behind its number, German":  {map[string]string{"a.md": "# Ausschreibung\n\nZum Umfang siehe Anlage 1 (Leistungsbeschreibung).\n"}, []string{"Anlage 1 specification"}},
		"attached to a file of it":   {map[string]string{"a.md": "# Request for Quotation\n\nSee the attached Performance Work Statement.\n", "pws.md": "# PWS\n\n" + demandsEN}, []string{"Performance Work Statement specification here"}},
		"attached as a section":      {map[string]string{"a.md": "# Request for Quotation\n\nSee the attached statement of work.\n\n# Statement of Work\n\n" + demandsEN}, []string{"statement of work specification here"}},
		"a specification's own":      {map[string]string{"lastenheft.md": demands, "a.md": "Siehe Anlage 1: Leistungsbeschreibung.\n"}, []string{"Anlage 1 specification here"}},
		"a template of one":          {map[string]string{"a.md": "# Request for Quotation\n\nAppendix 4 - Performance Work Statement (PWS) Template\n"}, []string{"Appendix 4"}},
		"something else attached":    {map[string]string{"a.md": "Sign the attached Non-Disclosure Agreement. The invoice is attached. Das Angebot liegt bei.\n"}, nil},
		"of another part of it":      {map[string]string{"a.md": "Work under the resulting contract follows the formatting standard of the office, as specified in Exhibit G.\n"}, []string{"Exhibit G"}},
		"a title of its own":         {map[string]string{"a.md": "Attachment 2 – Schedule 2 Statement of Requirements\nRequest Number: 7\n\n" + demandsEN}, []string{"Attachment 2 specification here"}},
		"a title, German":            {map[string]string{"a.md": "Anlage 3 zum Vertrag\n\n" + demands}, []string{"Anlage 3 here"}},
		"a sentence at the start":    {map[string]string{"a.md": "Anlage 3 ist auszufüllen.\n\n" + demands}, []string{"Anlage 3"}},
		"an installation":            {map[string]string{"a.md": "Die Anlage wird gewartet. Im Anhang steht mehr.\n"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, attachment := range factsOf(t, test.files).Attachments {
				if attachment.Evidence.Path != "a.md" || attachment.Evidence.Quote == "" {
					t.Errorf("%s stands at %v", attachment.Name, attachment.Evidence)
				}
				line := strings.TrimSpace(fmt.Sprint(attachment.Name, " ", attachment.About))
				if attachment.Present {
					line += " here"
				}
				got = append(got, line)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// Terms that go into many contracts, by their name or by what they leave to each of these.
func TestGeneralTerms(t *testing.T) {
	for name, test := range map[string]struct {
		path, text string
		want       bool
	}{
		"by the file's name":       {"cloud_agb.md", "Der Auftragnehmer erbringt die Leistung.\n", true},
		"by the title":             {"a.md", "# Allgemeine Vertragsbedingungen\n\nDer Auftragnehmer erbringt die Leistung.\n", true},
		"by the title, English":    {"a.md", "# General Conditions of Contract\n\nThe contractor works with care.\n", true},
		"licence of all users":     {"a.md", "# End User License Agreement\n\nThe Licensor gives no warranty.\n", true},
		"left to the contract":     {"vertrag.md", "Die Dauer der Überlassung ergibt sich aus dem Vertrag.\n", true},
		"collection of clauses":    {"vertragsklauseln.md", "# Quellcode\n\nDer Auftragnehmer übergibt den Quellcode.\n", true},
		"collection, English":      {"contract-clauses.md", "# Code\n\nThe contractor delivers the source code.\n", true},
		"clauses of one contract":  {"vertragsklauseln.md", "# Laufzeit\n\nDie Vertragslaufzeit beträgt 24 Monate.\n", false},
		"left to orders, English":  {"contract.md", "# Contract\n\nUnless otherwise stated in the Order Form, the term is one year.\n", true},
		"one contract":             {"vertrag.md", "# Vertrag\n\nDieser Vertrag läuft 24 Monate.\n", false},
		"one contract, English":    {"contract.md", "# Contract\n\nThe term of this contract is two years.\n", false},
		"description naming terms": {"a.md", "# Leistungsbeschreibung\n\nDie Dauer ergibt sich aus dem Vertrag.\n", false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := factsOf(t, map[string]string{test.path: test.text}).Documents[0].General; got != test.want {
				t.Errorf("general %v, want %v", got, test.want)
			}
		})
	}
}

// What a paper calls its parties.
func TestPartiesOfALicence(t *testing.T) {
	for name, test := range map[string]struct {
		text string
		want bool
	}{
		"licensor and licensee":          {"# Lizenzvertrag\n\nDer Lizenzgeber übergibt dem Lizenznehmer den Quellcode.\n", true},
		"licensor and licensee, English": {"# Licence agreement\n\nThe Licensor delivers the source code to the Licensee.\n", true},
		"a maker beside the contractor":  {"# Vertrag\n\nDer Auftragnehmer übergibt die Software.\n\nDer Lizenzgeber ist der Hersteller.\n", false},
		"contractor":                     {"# Contract\n\nThe contractor delivers the source code.\n", false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := factsOf(t, map[string]string{"a.md": test.text}).Documents[0].Licence; got != test.want {
				t.Errorf("licence %v, want %v", got, test.want)
			}
		})
	}
}
