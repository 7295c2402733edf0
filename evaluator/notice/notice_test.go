package notice

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// corpus holds real notices; tests are skipped where it is absent.
const corpus = "../../../shared/corpus/notices/"

// facts compares notices without their evidence.
var facts = cmpopts.IgnoreTypes(austauschbar.Evidence{})

// show writes passages as lines: line, kind with level, number, text.
func show(passages []austauschbar.Passage) []string {
	var shown []string
	for _, p := range passages {
		line := fmt.Sprintf("%d %s", p.Line, p.Kind)
		if p.Level > 0 {
			line += fmt.Sprint(p.Level)
		}
		if p.Number != "" {
			line += " " + p.Number
		}
		shown = append(shown, line+" "+p.Text)
	}
	return shown
}

func readOne(t *testing.T, read func(context.Context, []byte) (austauschbar.Text, error), source string) (austauschbar.Notice, austauschbar.Text) {
	t.Helper()
	text, err := read(context.Background(), []byte(source))
	if err != nil {
		t.Fatal(err)
	}
	if len(text.Notices) != 1 {
		t.Fatalf("%d notices", len(text.Notices))
	}
	return text.Notices[0], text
}

// A German call for competition with what criteria ask for.
const contractNotice = `<ContractNotice xmlns="urn:x" xmlns:cac="urn:c" xmlns:cbc="urn:b" xmlns:ext="urn:e" xmlns:efac="urn:f">
<ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent><EformsExtension>
<efac:NoticeSubType><cbc:SubTypeCode>16</cbc:SubTypeCode></efac:NoticeSubType>
<efac:Organizations><efac:Organization><efac:Company><cac:PartyIdentification><cbc:ID>ORG-1</cbc:ID></cac:PartyIdentification><cac:PartyName><cbc:Name languageID="DEU">Stadt A</cbc:Name></cac:PartyName><cac:PostalAddress><cac:Country><cbc:IdentificationCode>DEU</cbc:IdentificationCode></cac:Country></cac:PostalAddress></efac:Company></efac:Organization></efac:Organizations>
<efac:Publication><PublicationDate>2026-02-03Z</PublicationDate></efac:Publication>
</EformsExtension></ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>
<cbc:ID>n-1</cbc:ID><cbc:IssueDate>2026-02-01+01:00</cbc:IssueDate><cbc:RegulatoryDomain>32014L0024</cbc:RegulatoryDomain><cbc:NoticeTypeCode listName="competition">cn-standard</cbc:NoticeTypeCode>
<cac:ContractingParty><cac:Party><cac:PartyIdentification><cbc:ID>ORG-1</cbc:ID></cac:PartyIdentification></cac:Party></cac:ContractingParty>
<cac:TenderingTerms><cac:ProcurementLegislationDocumentReference><cbc:ID>vgv</cbc:ID></cac:ProcurementLegislationDocumentReference><cac:ProcurementLegislationDocumentReference><cbc:ID>CrossBorderLaw</cbc:ID></cac:ProcurementLegislationDocumentReference></cac:TenderingTerms>
<cac:TenderingProcess><cbc:ProcedureCode>neg-w-call</cbc:ProcedureCode></cac:TenderingProcess>
<cac:ProcurementProject>
<cbc:Name languageID="FRA">Logiciel</cbc:Name><cbc:Name languageID="ENG">Software</cbc:Name>
<cbc:Name languageID="DEU">Fachverfahren</cbc:Name>
<cbc:Description languageID="DEU">Beschafft wird ein
Fachverfahren.</cbc:Description><cbc:ProcurementTypeCode>services</cbc:ProcurementTypeCode>
<cac:RequestedTenderTotal><cbc:EstimatedOverallContractAmount currencyID="EUR">900000.50</cbc:EstimatedOverallContractAmount></cac:RequestedTenderTotal>
<cac:MainCommodityClassification><cbc:ItemClassificationCode>72200000</cbc:ItemClassificationCode></cac:MainCommodityClassification>
</cac:ProcurementProject>
<cac:ProcurementProjectLot><cbc:ID schemeName="Lot">LOT-0001</cbc:ID>
<cac:TenderingTerms><cbc:VariantConstraintCode>not-allowed</cbc:VariantConstraintCode><cac:AwardingTerms><cac:AwardingCriterion>
%s
</cac:AwardingCriterion></cac:AwardingTerms></cac:TenderingTerms>
<cac:TenderingProcess><cac:TenderSubmissionDeadlinePeriod><cbc:EndDate>2026-04-01+02:00</cbc:EndDate></cac:TenderSubmissionDeadlinePeriod>
<cac:FrameworkAgreement><MaximumOperatorQuantity>3</MaximumOperatorQuantity></cac:FrameworkAgreement>
<cac:ContractingSystem><cbc:ContractingSystemTypeCode listName="framework-agreement">fa-w-rc</cbc:ContractingSystemTypeCode></cac:ContractingSystem></cac:TenderingProcess>
<cac:ProcurementProject><cbc:Name languageID="DEU">Pflege</cbc:Name>
<cac:ProcurementAdditionalType><cbc:ProcurementTypeCode listName="strategic-procurement">inn-pur</cbc:ProcurementTypeCode></cac:ProcurementAdditionalType>
<cac:ProcurementAdditionalType><cbc:ProcurementTypeCode listName="innovative-acquisition">proc-innov</cbc:ProcurementTypeCode></cac:ProcurementAdditionalType>
%s
<cac:ContractExtension><OptionsDescription languageID="DEU">Schulungen können abgerufen werden.</OptionsDescription><cbc:MaximumNumberNumeric>2</cbc:MaximumNumberNumeric>
<cac:Renewal><cac:Period><cbc:Description languageID="DEU">Um je 12 Monate.</cbc:Description></cac:Period></cac:Renewal></cac:ContractExtension>
</cac:ProcurementProject></cac:ProcurementProjectLot>
</ContractNotice>`

func criterion(kind, name, code, figure string) string {
	return `<cac:SubordinateAwardingCriterion><ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent><EformsExtension><efac:AwardCriterionParameter><ParameterCode>` + code +
		`</ParameterCode><ParameterNumeric>` + figure + `</ParameterNumeric></efac:AwardCriterionParameter></EformsExtension></ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>` +
		`<cbc:AwardingCriterionTypeCode>` + kind + `</cbc:AwardingCriterionTypeCode><cbc:Name languageID="DEU">` + name + `</cbc:Name></cac:SubordinateAwardingCriterion>`
}

const planned = `<cac:PlannedPeriod><cbc:DurationMeasure unitCode="MONTH">48</cbc:DurationMeasure></cac:PlannedPeriod>`

func day1(value string) *austauschbar.Day { return &austauschbar.Day{Value: value} }

func TestEforms(t *testing.T) {
	source := fmt.Sprintf(contractNotice, criterion("price", "Preis", "per-exa", "40")+criterion("quality", "Austauschbarkeit", "per-exa", "60"), planned)
	got, text := readOne(t, Read, source)
	forty, sixty := 40.0, 60.0
	want := austauschbar.Notice{
		Format: "eforms", Kind: "competition", Subtype: "16", ID: "n-1", Procedure: "neg-w-call", Type: "negotiated procedure with prior call for competition",
		Title: "Fachverfahren", Description: "Beschafft wird ein Fachverfahren.", Language: "de", Languages: []string{"FRA", "ENG"},
		Buyers: []string{"Stadt A"}, Country: "DEU", Nature: "services", LegalBasis: []string{"32014L0024", "vgv"}, CPV: []string{"72200000"},
		Published: day1("2026-02-03"), Deadline: day1("2026-04-01"), Value: &austauschbar.Money{Value: 900000.5, Currency: "EUR"},
		Lots: []austauschbar.Lot{{
			ID: "LOT-0001", Title: "Pflege", Deadline: day1("2026-04-01"), Term: &austauschbar.Term{Value: 48, Unit: "month", Months: 48},
			Renewal: &austauschbar.Renewal{Maximum: 2, Text: "Um je 12 Monate."}, Options: "Schulungen können abgerufen werden.",
			Criteria: []austauschbar.NoticeCriterion{
				{Type: "price", Name: "Preis", Weight: &forty, WeightKind: "percent"}, {Type: "quality", Name: "Austauschbarkeit", Weight: &sixty, WeightKind: "percent"},
			},
			Framework: &austauschbar.Framework{Kind: "fa-w-rc", Participants: 3}, Variants: "not-allowed", Innovation: []string{"proc-innov"}, Strategic: []string{"inn-pur"},
		}},
	}
	if diff := cmp.Diff(want, got, facts); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	passages := []string{
		"13 heading1 Fachverfahren", "14 paragraph Beschafft wird ein Fachverfahren.", "26 heading2 LOT-0001 Pflege",
		"31 heading3 Verlängerung", "31 paragraph Um je 12 Monate.", "30 heading3 Optionen", "30 paragraph Schulungen können abgerufen werden.",
		"21 heading3 Zuschlagskriterien", "21 row Preis | 40 %", "21 row Austauschbarkeit | 60 %",
	}
	if diff := cmp.Diff(passages, show(text.Passages)); diff != "" || text.Title != "Fachverfahren" {
		t.Errorf("title %q (-want +got):\n%s", text.Title, diff)
	}
	where := austauschbar.Evidence{Line: 21, Section: "/ContractNotice/ProcurementProjectLot/TenderingTerms/AwardingTerms/AwardingCriterion/SubordinateAwardingCriterion[2]/Name", Quote: "Austauschbarkeit"}
	if diff := cmp.Diff(where, got.Lots[0].Criteria[1].Evidence); diff != "" {
		t.Errorf("evidence (-want +got):\n%s", diff)
	}
}

func TestEformsTerms(t *testing.T) {
	for name, test := range map[string]struct {
		period string
		want   *austauschbar.Term
	}{
		"a length":            {planned, &austauschbar.Term{Value: 48, Unit: "month", Months: 48}},
		"years":               {strings.NewReplacer("MONTH", "YEAR", "48", "4").Replace(planned), &austauschbar.Term{Value: 4, Unit: "year", Months: 48}},
		"days":                {strings.NewReplacer("MONTH", "DAY", "48", "60").Replace(planned), &austauschbar.Term{Value: 60, Unit: "day", Months: 2}},
		"from day to day":     {"<PlannedPeriod><StartDate>2026-01-01Z</StartDate><EndDate>2029-12-31Z</EndDate></PlannedPeriod>", &austauschbar.Term{Months: 48, Start: day1("2026-01-01"), End: day1("2029-12-31")}},
		"the first day alone": {"<PlannedPeriod><StartDate>2026-01-01Z</StartDate></PlannedPeriod>", &austauschbar.Term{Start: day1("2026-01-01")}},
		"without end":         {"<PlannedPeriod><DescriptionCode>UNLIMITED</DescriptionCode></PlannedPeriod>", &austauschbar.Term{Unlimited: true}},
		"unknown":             {"<PlannedPeriod><DescriptionCode>UNKNOWN</DescriptionCode></PlannedPeriod>", nil},
		"no number":           {strings.Replace(planned, "48", "vier Jahre", 1), nil},
		"days out of order":   {"<PlannedPeriod><StartDate>2029-01-01</StartDate><EndDate>2026-01-01</EndDate></PlannedPeriod>", &austauschbar.Term{Start: day1("2029-01-01"), End: day1("2026-01-01")}},
		"no period":           {"", nil},
	} {
		t.Run(name, func(t *testing.T) {
			got, _ := readOne(t, Read, fmt.Sprintf(contractNotice, "", test.period))
			if diff := cmp.Diff(test.want, got.Lots[0].Term, facts); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestEformsWeights(t *testing.T) {
	for code, want := range map[string]string{
		"per-exa": "percent", "per-mid": "percent", "dec-exa": "decimal", "poi-exa": "points", "poi-mid": "points", "ord-imp": "order", "min-score": "",
	} {
		got, _ := readOne(t, Read, fmt.Sprintf(contractNotice, criterion("quality", "Q", code, "2"), ""))
		c := got.Lots[0].Criteria[0]
		if c.WeightKind != want || (c.Weight != nil) != (want != "") {
			t.Errorf("%s: weight %v of kind %q, want %q", code, c.Weight, c.WeightKind, want)
		}
	}
}

func TestTED(t *testing.T) {
	source := `<TED_EXPORT DOC_ID="1-2020"><CODED_DATA_SECTION><REF_OJS><DATE_PUB>20200131</DATE_PUB></REF_OJS></CODED_DATA_SECTION><FORM_SECTION>
<F02_2014 CATEGORY="TRANSLATION" LG="EN"><OBJECT_CONTRACT><TITLE><P>Software</P></TITLE></OBJECT_CONTRACT></F02_2014>
<F02_2014 CATEGORY="ORIGINAL" LG="DE"><LEGAL_BASIS VALUE="32014L0024"/>
<CONTRACTING_BODY><ADDRESS_CONTRACTING_BODY><OFFICIALNAME>Stadt A</OFFICIALNAME><COUNTRY VALUE="DE"/></ADDRESS_CONTRACTING_BODY></CONTRACTING_BODY>
<OBJECT_CONTRACT><TITLE><P>Fachverfahren</P></TITLE><CPV_MAIN><CPV_CODE CODE="72200000"/></CPV_MAIN><TYPE_CONTRACT CTYPE="SERVICES"/><SHORT_DESCR><P>Erster Absatz mit CO<FT TYPE="SUB">2</FT>.</P><P>Zweiter.</P></SHORT_DESCR><VAL_ESTIMATED_TOTAL CURRENCY="EUR">1 000 000.00</VAL_ESTIMATED_TOTAL>
<OBJECT_DESCR ITEM="1"><LOT_NO>1</LOT_NO><TITLE><P>Pflege</P></TITLE><AC><AC_QUALITY><AC_CRITERION>Konzept</AC_CRITERION><AC_WEIGHTING>60</AC_WEIGHTING></AC_QUALITY><AC_PRICE><AC_WEIGHTING>40 %</AC_WEIGHTING></AC_PRICE></AC>
<DURATION TYPE="MONTH">36</DURATION><RENEWAL/><RENEWAL_DESCR><P>Zweimal um ein Jahr.</P></RENEWAL_DESCR><NO_ACCEPTED_VARIANTS/><OPTIONS/><OPTIONS_DESCR><P>Schulung.</P></OPTIONS_DESCR></OBJECT_DESCR></OBJECT_CONTRACT>
<PROCEDURE><PT_OPEN/><FRAMEWORK><SINGLE_OPERATOR/></FRAMEWORK><DATE_RECEIPT_TENDERS>2020-03-01</DATE_RECEIPT_TENDERS></PROCEDURE></F02_2014></FORM_SECTION></TED_EXPORT>`
	got, text := readOne(t, Read, source)
	sixty, forty := 60.0, 40.0
	want := austauschbar.Notice{
		Format: "ted", Kind: "competition", Subtype: "F02", ID: "1-2020", Procedure: "open", Type: "open procedure", Title: "Fachverfahren",
		Description: "Erster Absatz mit CO2. Zweiter.", Language: "de", Languages: []string{"EN"}, Buyers: []string{"Stadt A"}, Country: "DE", Nature: "services",
		LegalBasis: []string{"32014L0024"}, CPV: []string{"72200000"}, Published: day1("2020-01-31"), Deadline: day1("2020-03-01"),
		Value: &austauschbar.Money{Value: 1e6, Currency: "EUR"},
		Lots: []austauschbar.Lot{{
			ID: "1", Title: "Pflege", Term: &austauschbar.Term{Value: 36, Unit: "month", Months: 36}, Renewal: &austauschbar.Renewal{Text: "Zweimal um ein Jahr."},
			Options: "Schulung.", Variants: "not-allowed", Framework: &austauschbar.Framework{Kind: "framework", Participants: 1},
			Criteria: []austauschbar.NoticeCriterion{{Type: "quality", Name: "Konzept", Weight: &sixty, WeightKind: "points"}, {Type: "price", Weight: &forty, WeightKind: "percent"}},
		}},
	}
	if diff := cmp.Diff(want, got, facts); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := show(text.Passages)[1]; got != "5 paragraph Erster Absatz mit CO2." {
		t.Errorf("passage %q", got)
	}
}

// A tender with lots as extensions of OCDS describe them.
const release = `{"ocid": "o-1", "language": "de", "date": "2026-02-01T00:00:00Z", "tag": ["tender"],
 "buyer": {"name": "Stadt A"},
 "tender": {"title": "Fachverfahren", "description": "Beschafft wird ein\nFachverfahren.", "procurementMethod": "open", "mainProcurementCategory": "services",
  "value": {"amount": 900000, "currency": "EUR"}, "tenderPeriod": {"endDate": "2026-04-01T12:00:00Z"},
  "items": [{"description": "Software", "classification": {"scheme": "CPV", "id": "72200000"}, "relatedLot": "1"}],
  "lots": [{"id": "1", "title": "Pflege", "contractPeriod": {"startDate": "2026-05-01T00:00:00Z", "endDate": "2030-04-30T00:00:00Z", "durationInDays": 1460},
   "hasRenewal": true,
   "renewal": {"description": "Um je 12 Monate.", "maximumRenewals": 2, "period": {"durationInDays": 360}},
   "submissionTerms": {"variantPolicy": "notAllowed"},
   "awardCriteria": {"criteria": [
    {"type": "price", "name": "Preis", "numbers": [{"number": 0.4, "weight": "decimalExact"}]},
    {"type": "quality", "name": "Austauschbarkeit", "description": "Wie leicht ist der Wechsel?", "numbers": [{"number": 1, "fixed": "total"}, {"number": 0.6, "weight": "decimalExact"}]}]}}]},
 "awards": [{"suppliers": [{"name": "Firma B"}], "relatedLots": ["1"], "value": {"amount": 1, "currency": "EUR"}}]}`

func TestOCDS(t *testing.T) {
	got, text := readOne(t, ReadOCDS, release)
	price, quality := 0.4, 0.6
	want := austauschbar.Notice{
		Format: "ocds", Kind: "competition", Subtype: "tender", ID: "o-1", Procedure: "open", Type: "open procedure", Title: "Fachverfahren",
		Description: "Beschafft wird ein Fachverfahren.", Language: "de", Buyers: []string{"Stadt A"}, Nature: "services", CPV: []string{"72200000"},
		Published: day1("2026-02-01"), Deadline: day1("2026-04-01"), Value: &austauschbar.Money{Value: 900000, Currency: "EUR"},
		Lots: []austauschbar.Lot{{
			ID: "1", Title: "Pflege", CPV: []string{"72200000"}, Term: &austauschbar.Term{Months: 48, Start: day1("2026-05-01"), End: day1("2030-04-30")},
			Renewal: &austauschbar.Renewal{Maximum: 2, Months: 12, Text: "Um je 12 Monate."}, Variants: "not-allowed",
			Criteria: []austauschbar.NoticeCriterion{
				{Type: "price", Name: "Preis", Weight: &price, WeightKind: "decimal"},
				{Type: "quality", Name: "Austauschbarkeit", Description: "Wie leicht ist der Wechsel?", Weight: &quality, WeightKind: "decimal"},
			},
		}},
		Winners: []austauschbar.Winner{{Name: "Firma B", Lot: "1", Value: &austauschbar.Money{Value: 1, Currency: "EUR"}}},
	}
	if diff := cmp.Diff(want, got, facts); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	passages := []string{
		"3 heading1 Fachverfahren", "3 paragraph Beschafft wird ein Fachverfahren.", "5 item1 Software", "6 heading2 1 Pflege",
		"8 heading3 Verlängerung", "8 paragraph Um je 12 Monate.", "11 heading3 Zuschlagskriterien", "11 row Preis | 40 %", "12 row Austauschbarkeit | Wie leicht ist der Wechsel? | 60 %",
	}
	if diff := cmp.Diff(passages, show(text.Passages)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	where := austauschbar.Evidence{Line: 12, Section: "/tender/lots/0/awardCriteria/criteria/1/name", Quote: "Austauschbarkeit"}
	if diff := cmp.Diff(where, got.Lots[0].Criteria[1].Evidence); diff != "" {
		t.Errorf("evidence (-want +got):\n%s", diff)
	}
}

// Releases stand alone, in packages, records and lists, and on lines.
func TestOCDSShapes(t *testing.T) {
	one := strings.ReplaceAll(release, "\n", " ")
	for name, test := range map[string]struct {
		source string
		want   []string // section and line of each
	}{
		"a release":               {one, []string{" 1"}},
		"a package":               {`{"publishedDate": "x", "releases": [` + one + ",\n" + one + `]}`, []string{"/releases/0 1", "/releases/1 2"}},
		"a list":                  {"[" + one + ",\n" + one + "]", []string{"/0 1", "/1 2"}},
		"lines":                   {"\xef\xbb\xbf" + one + "\n" + one + "\n\n" + one, []string{" 1", " 2", " 4"}},
		"a record":                {`{"ocid": "o-1", "compiledRelease": ` + one + `}`, []string{"/compiledRelease 1"}},
		"a record with its parts": {`{"ocid": "o-1", "releases": [` + one + `], "compiledRelease": ` + one + `}`, []string{"/releases/0 1"}},
		"records": {`{"records": [{"ocid": "o-1", "releases": [{"url": "x"}], "compiledRelease": ` + one + `},` + "\n" + `{"ocid": "o-2", "releases": [` + one + `]}]}`,
			[]string{"/records/0/compiledRelease 1", "/records/1/releases/0 2"}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			text, err := ReadOCDS(context.Background(), []byte(test.source))
			for _, notice := range text.Notices {
				got = append(got, fmt.Sprintf("%s %d", strings.TrimSuffix(notice.Evidence.Section, "/tender/title"), notice.Evidence.Line))
			}
			if diff := cmp.Diff(test.want, got); diff != "" || err != nil {
				t.Errorf("error %v (-want +got):\n%s", err, diff)
			}
		})
	}
}

// Of a file with thousands of releases the first ones are read.
func TestManyReleases(t *testing.T) {
	line := []byte(`{"ocid": "o", "tender": {"title": "Titel"}}` + "\n")
	text, err := ReadOCDS(context.Background(), bytes.Repeat(line, limit.Releases+5))
	if err != nil || len(text.Notices) != limit.Releases || len(text.Gaps) != 1 || text.Gaps[0].Reason != "too_large" {
		t.Errorf("%d notices, gaps %v, error %v", len(text.Notices), text.Gaps, err)
	}
}

func TestRefusals(t *testing.T) {
	for name, test := range map[string]struct{ xml, json, code string }{
		"nothing":             {" ", " ", "empty"},
		"other content":       {"<Invoice/>", `{"a": 1}`, "unknown_content"},
		"an old notice":       {"<TED_EXPORT><FORM_SECTION><CONTRACT/></FORM_SECTION></TED_EXPORT>", "", "unknown_content"},
		"without texts":       {"<ContractNotice/>", "", "empty"},
		"no XML":              {"text", "text", "damaged"},
		"an entity":           {`<!DOCTYPE a [<!ENTITY x "y">]><ContractNotice>&x;</ContractNotice>`, "", "damaged"},
		"nested too deeply":   {"<ContractNotice>" + strings.Repeat("<a>", limit.Depth), strings.Repeat(`[`, 300), "too_large"},
		"cut off at its head": {"<ContractNo", `{"ocid": `, "damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			for _, attempt := range []struct {
				source string
				read   func(context.Context, []byte) (austauschbar.Text, error)
			}{{test.xml, Read}, {test.json, ReadOCDS}} {
				if attempt.source == "" {
					continue
				}
				_, err := attempt.read(context.Background(), []byte(attempt.source))
				var refusal *limit.Refusal
				if !errors.As(err, &refusal) || refusal.Code != test.code {
					t.Errorf("%.40q: error %v, want %s", attempt.source, err, test.code)
				}
			}
		})
	}
}

// What stands before the damage is read.
func TestCutOff(t *testing.T) {
	whole := fmt.Sprintf(contractNotice, "", planned)
	text, err := Read(context.Background(), []byte(whole[:strings.Index(whole, "</ContractNotice>")]))
	if err != nil || len(text.Notices) != 1 || len(text.Gaps) != 1 || text.Gaps[0].Reason != "damaged" {
		t.Errorf("%d notices, gaps %v, error %v", len(text.Notices), text.Gaps, err)
	}
	text, err = ReadOCDS(context.Background(), []byte(release+"\n{"))
	if err != nil || len(text.Notices) != 1 || len(text.Gaps) != 1 || text.Gaps[0].Reason != "damaged" {
		t.Errorf("OCDS: %d notices, gaps %v, error %v", len(text.Notices), text.Gaps, err)
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Read(ctx, []byte("<ContractNotice>"+strings.Repeat("<a/>", 10_000)+"</ContractNotice>")); !errors.Is(err, context.Canceled) {
		t.Errorf("XML: error %v", err)
	}
	if _, err := ReadOCDS(ctx, []byte(`{"ocid": "x", "tender": [`+strings.Repeat("1,", 10_000)+`1]}`)); !errors.Is(err, context.Canceled) {
		t.Errorf("JSON: error %v", err)
	}
}

// The notices of the corpus: how many lots, criteria and winners, the first term.
func TestCorpus(t *testing.T) {
	want := map[string]string{
		"eforms_E1_minimal.xml":             "consultation E1 en 1 lots, 0 criteria, 0 winners, term 0",
		"eforms_INVALID_cn_24_multiple.xml": "competition 16 en 2 lots, 0 criteria, 0 winners, term 0",
		"eforms_can_24_no_tenders.xml":      "result 29 en 1 lots, 1 criteria, 0 winners, term 0",
		"eforms_can_25_withheld.xml":        "result 30 en 1 lots, 2 criteria, 1 winners, term 0",
		"eforms_cn_24_maximal.xml":          "competition 16 en 2 lots, 4 criteria, 0 winners, term 5",
		"eforms_cn_24_multilingual.xml":     "competition 16 de 1 lots, 2 criteria, 0 winners, term 48",
		"eforms_cn_24_open.xml":             "competition 16 en 1 lots, 5 criteria, 0 winners, term 36",
		"eforms_pin-only_24.xml":            "planning 4 en 1 lots, 0 criteria, 0 winners, term 0",
		"ocds_1_1_02-tender.json":           "competition tender en 1 lots, 0 criteria, 0 winners, term 12",
		"ocds_1_1_04-award.json":            "result award en 0 lots, 0 criteria, 1 winners, term 0",
		"ocds_1_1_record.json":              "result compiled en 1 lots, 0 criteria, 1 winners, term 12",
	}
	files, _ := filepath.Glob(corpus + "*.*")
	if len(files) == 0 {
		t.Skip("corpus is absent")
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		read := Read
		switch filepath.Ext(file) {
		case ".json":
			read = ReadOCDS
			if !HasOCDS(data) {
				t.Errorf("%s is not known as OCDS", file)
			}
		case ".xml":
		default:
			continue
		}
		check(t, data, read)
		text, err := read(context.Background(), data)
		if expected, known := want[filepath.Base(file)]; known {
			if err != nil || len(text.Notices) != 1 {
				t.Errorf("%s: %d notices, error %v", file, len(text.Notices), err)
				continue
			}
			if got := brief(text.Notices[0]); got != expected {
				t.Errorf("%s: %s, want %s", filepath.Base(file), got, expected)
			}
		}
	}
}

func brief(n austauschbar.Notice) string {
	criteria, months := 0, 0.0
	for i, lot := range n.Lots {
		criteria += len(lot.Criteria)
		if i == 0 && lot.Term != nil {
			months = lot.Term.Months
		}
	}
	return fmt.Sprintf("%s %s %s %d lots, %d criteria, %d winners, term %g", n.Kind, n.Subtype, n.Language, len(n.Lots), criteria, len(n.Winners), months)
}

// check holds what every reading of any bytes must keep: lines and quotes are those
// of the document, and the same bytes give the same text.
func check(t *testing.T, data []byte, read func(context.Context, []byte) (austauschbar.Text, error)) {
	t.Helper()
	text, err := read(context.Background(), data)
	if err != nil {
		if !errors.Is(err, austauschbar.ErrUnreadable) {
			t.Fatalf("error %v is no refusal", err)
		}
		return
	}
	last := 1 + bytes.Count(data, []byte("\n"))
	for _, p := range text.Passages {
		if p.Line < 1 || p.Line > last || p.Text == "" {
			t.Errorf("%q: line %d of %d", p.Text, p.Line, last)
		}
	}
	for _, evidence := range evidenceOf(reflect.ValueOf(text.Notices)) {
		if evidence.Line < 1 || evidence.Line > last {
			t.Errorf("%+v: of %d lines", evidence, last)
		}
	}
	if again, _ := read(context.Background(), data); !reflect.DeepEqual(text, again) {
		t.Error("the second reading differs")
	}
}

// evidenceOf finds all evidence in a value.
func evidenceOf(v reflect.Value) []austauschbar.Evidence {
	var found []austauschbar.Evidence
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			found = evidenceOf(v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			found = append(found, evidenceOf(v.Index(i))...)
		}
	case reflect.Struct:
		if evidence, ok := v.Interface().(austauschbar.Evidence); ok {
			return []austauschbar.Evidence{evidence}
		}
		for i := range v.NumField() {
			found = append(found, evidenceOf(v.Field(i))...)
		}
	}
	return found
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(fmt.Sprintf(contractNotice, criterion("price", "Preis", "per-exa", "40"), planned)))
	f.Add([]byte(`<TED_EXPORT><FORM_SECTION><F02_2014 LG="DE"><OBJECT_CONTRACT><TITLE><P>T</P></TITLE><OBJECT_DESCR><LOT_NO>1</LOT_NO><AC><AC_PRICE><AC_WEIGHTING>40 %</AC_WEIGHTING></AC_PRICE></AC><DURATION TYPE="MONTH">3</DURATION></OBJECT_DESCR></OBJECT_CONTRACT></F02_2014></FORM_SECTION></TED_EXPORT>`))
	f.Fuzz(func(t *testing.T, data []byte) { check(t, data, Read) })
}

func FuzzReadOCDS(f *testing.F) {
	f.Add([]byte(release))
	f.Add([]byte(`{"records": [{"ocid": "o-1", "releases": [{"url": "x"}], "compiledRelease": {"ocid": "o", "tender": {"title": "T", "awardCriteria": "priceOnly"}}}]}` + "\n"))
	f.Fuzz(func(t *testing.T, data []byte) { check(t, data, ReadOCDS) })
}

func BenchmarkRead(b *testing.B) {
	lot := `<cac:ProcurementProjectLot><cbc:ID>LOT-1</cbc:ID><cac:TenderingTerms><cac:AwardingTerms><cac:AwardingCriterion>` + criterion("quality", "Konzept zur Austauschbarkeit", "per-exa", "40") +
		`</cac:AwardingCriterion></cac:AwardingTerms></cac:TenderingTerms><cac:ProcurementProject><cbc:Name languageID="DEU">Pflege</cbc:Name><cbc:Description languageID="DEU">Der Auftragnehmer stellt sicher, dass alle Daten in einem offenen Format vorliegen.</cbc:Description>` + planned + `</cac:ProcurementProject></cac:ProcurementProjectLot>`
	data := []byte(strings.Replace(fmt.Sprintf(contractNotice, "", planned), "</ContractNotice>", strings.Repeat(lot, 5000)+"</ContractNotice>", 1))
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if _, err := Read(context.Background(), data); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkReadOCDS(b *testing.B) {
	data := bytes.Repeat([]byte(strings.ReplaceAll(release, "\n", " ")+"\n"), limit.Releases)
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if _, err := ReadOCDS(context.Background(), data); err != nil {
			b.Fatal(err)
		}
	}
}
