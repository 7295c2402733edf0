package templates

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar"
)

func scored(level string, points ...float64) austauschbar.Review {
	review := austauschbar.Review{Score: austauschbar.Score{Level: level, Coverage: 0.421}}
	if len(points) > 0 {
		review.Score.Overall = &points[0]
	}
	return review
}

func TestBadge(t *testing.T) {
	for name, reviews := range map[string][]austauschbar.Review{
		"whole":       {scored("D", 54)},
		"decimal":     {scored("E", 46.84)},
		"provisional": {scored("", 54)},
		"unrated":     {scored("")},
		"worst":       {scored("", 3), scored("B", 80), scored("D", 55), scored("D", 41), scored("A", 97)},
	} {
		for _, language := range Languages() {
			words := load(t, language)
			for _, format := range []Format{FormatSVG, FormatJSON} {
				t.Run(strings.Join([]string{name, language, string(format)}, "."), func(t *testing.T) {
					var out bytes.Buffer
					if err := words.Badge(&out, format, reviews); err != nil {
						t.Fatal(err)
					}
					golden(t, strings.Join([]string{"badge", name, language, string(format)}, "."), out.Bytes())
					if format == FormatSVG {
						checkPicture(t, out.Bytes())
					}
				})
			}
		}
	}
}

// checkPicture asks that a picture is well-formed, says in words what it shows, and
// takes nothing from elsewhere.
func checkPicture(t *testing.T, picture []byte) {
	t.Helper()
	title, label := "", ""
	decoder := xml.NewDecoder(bytes.NewReader(picture))
	for inTitle := false; ; {
		token, err := decoder.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			inTitle = token.Name.Local == "title"
			if !slices.Contains([]string{"svg", "title", "g", "rect", "path", "text"}, token.Name.Local) {
				t.Errorf("holds an element %s", token.Name.Local)
			}
			for _, attribute := range token.Attr {
				if strings.Contains(attribute.Value, "url(") || strings.HasPrefix(attribute.Name.Local, "on") || attribute.Name.Local == "href" {
					t.Errorf("attribute %s leads elsewhere", attribute.Name.Local)
				}
				if attribute.Name.Local == "aria-label" {
					label = attribute.Value
				}
			}
		case xml.CharData:
			if inTitle {
				title += string(token)
				inTitle = false
			}
		}
	}
	if title == "" || title != label {
		t.Errorf("title %q, label %q", title, label)
	}
}

func TestBadgeOfNothing(t *testing.T) {
	if err := load(t, "de").Badge(io.Discard, FormatSVG, nil); err == nil {
		t.Error("a badge of no review")
	}
	if err := load(t, "de").Badge(io.Discard, "png", []austauschbar.Review{scored("A", 99)}); err == nil || !strings.Contains(err.Error(), `"png" is not one of svg, json`) {
		t.Errorf("error %v", err)
	}
}

// What shields.io demands of an endpoint: version 1, and a message that is not empty.
func TestBadgeForShields(t *testing.T) {
	var out bytes.Buffer
	if err := load(t, "en").Badge(&out, FormatJSON, []austauschbar.Review{scored("")}); err != nil {
		t.Fatal(err)
	}
	var badge struct {
		SchemaVersion  int
		Label, Message string
	}
	if err := json.Unmarshal(out.Bytes(), &badge); err != nil || badge.SchemaVersion != 1 || badge.Label == "" || badge.Message == "" {
		t.Errorf("%+v, %v", badge, err)
	}
}

// White text on every colour has the contrast that WCAG 2 asks of small text.
func TestBadgeContrast(t *testing.T) {
	colours := map[string]string{"label": labelColour}
	for level, colour := range badgeColours {
		colours["level "+level] = colour
	}
	for name, colour := range colours {
		if contrast := 1.05 / (luminance(t, colour) + 0.05); contrast < 4.5 {
			t.Errorf("%s, %s: contrast %.2f, want at least 4.5", name, colour, contrast)
		}
	}
}

func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		value, err := strconv.ParseUint(colour[1+2*i:3+2*i], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		part := float64(value) / 255
		if part <= 0.04045 {
			part /= 12.92
		} else {
			part = math.Pow((part+0.055)/1.055, 2.4)
		}
		sum += weight * part
	}
	return sum
}

// Words that a writer puts into a picture stay text.
func TestBadgeEscapes(t *testing.T) {
	words, err := New("de")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := words.set.New("badge.message").Parse(`<script>"&'{{.Level}}`); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := words.Badge(&out, FormatSVG, []austauschbar.Review{scored("D", 54)}); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out.String(), "<script") {
		t.Errorf("markup comes of a word: %s", out.String())
	}
	checkPicture(t, out.Bytes())
}
