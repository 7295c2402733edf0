package templates

import (
	"cmp"
	"fmt"
	"html"
	"io"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
)

// FormatSVG is a picture, for badges only.
const FormatSVG Format = "svg"

// badgeColours have a contrast of at least 4.5 to white text. The level's letter says
// the same; "" is that of a review without a level.
var badgeColours = map[string]string{"A": "#1a6b32", "B": "#446c15", "C": "#856404", "D": "#a84300", "E": "#a31d1d", "": "#5c5c5c"}

const labelColour = "#3a3a3a"

// A plate is what the shape of a badge sees.
type plate struct {
	Label, Message, Title string
	LabelColour, Colour   string
	LabelWidth, Width     int // of the message; pixels
}

// Whole is the width of both parts.
func (p plate) Whole() int { return p.LabelWidth + p.Width }

// Straight is the upper edge of the message's part before its round corner.
func (p plate) Straight() int { return p.Width - 3 }

// LabelCentre is the middle of the label's part, in tenths of a pixel.
func (p plate) LabelCentre() int { return p.LabelWidth * 5 }

// MessageCentre is the middle of the message's part, in tenths of a pixel.
func (p plate) MessageCentre() int { return p.LabelWidth*10 + p.Width*5 }

// LabelLength is the width that the label is given, in tenths of a pixel.
func (p plate) LabelLength() int { return (p.LabelWidth - 2*margin) * 10 }

// MessageLength is the width that the message is given, in tenths of a pixel.
func (p plate) MessageLength() int { return (p.Width - 2*margin) * 10 }

const margin = 6 // pixels beside a text

// Badge writes the overall result of reviews as a badge: as SVG, or as JSON for
// shields.io (https://shields.io/badges/endpoint-badge). Of several reviews the worst
// is shown; those without a level only where none has one, and then with how much is
// evidenced in place of a score that little stands behind.
func (words *Words) Badge(out io.Writer, format Format, reviews []austauschbar.Review) error {
	if len(reviews) == 0 {
		return fmt.Errorf("write badge: there is no review")
	}
	p, err := words.plate(slices.MinFunc(reviews, worse), len(reviews))
	if err != nil {
		return fmt.Errorf("write badge: %w", err)
	}
	switch format {
	case FormatSVG:
		return words.write(out, voice{shape: "badge", escape: func(text string) string { return html.EscapeString(clean(text)) }}, "badge", p)
	case FormatJSON:
		return writeJSON(out, struct {
			SchemaVersion int    `json:"schemaVersion"`
			Label         string `json:"label"`
			Message       string `json:"message"`
			Color         string `json:"color"`
			LabelColor    string `json:"labelColor"`
		}{1, p.Label, p.Message, p.Colour, p.LabelColour})
	}
	return fmt.Errorf("write badge: format %q is not one of svg, json", format)
}

// worse orders reviews by level from E to A, then by score, those without last.
func worse(a, b austauschbar.Review) int {
	points := func(score *float64) float64 {
		if score == nil {
			return -1
		}
		return *score
	}
	return cmp.Or(strings.Compare(b.Score.Level, a.Score.Level), cmp.Compare(points(a.Score.Overall), points(b.Score.Overall)))
}

func (words *Words) plate(review austauschbar.Review, of int) (plate, error) {
	review = withoutThinScores(review)
	data, kind := map[string]string{"Level": review.Score.Level}, ""
	switch {
	case review.Score.Overall == nil:
		kind = ".unrated"
	case review.Score.Level == "":
		kind = ".provisional"
	}
	if review.Score.Overall != nil {
		score, err := words.decimal(review.Score.Overall)
		if err != nil {
			return plate{}, err
		}
		data["Score"] = strings.TrimSuffix(score, words.numbers.decimal+"0")
	}
	coverage, err := words.share(review.Score.Coverage)
	if err != nil {
		return plate{}, err
	}
	data["Coverage"] = coverage
	p := plate{LabelColour: labelColour, Colour: badgeColours[review.Score.Level]}
	message := cmp.Or(strings.Replace(kind, ".", "badge.", 1), "badge.message")
	for _, part := range []struct {
		name string
		text *string
	}{{"badge.label", &p.Label}, {message, &p.Message}, {"badge.title" + kind, &p.Title}} {
		text, err := words.say(part.name, data)
		if err != nil {
			return plate{}, err
		}
		*part.text = text
	}
	if of > 1 {
		title, err := words.say("badge.title.worst", map[string]any{"title": p.Title, "of": of})
		if err != nil {
			return plate{}, err
		}
		p.Title = title
	}
	p.LabelWidth, p.Width = widthOf(p.Label)+2*margin, widthOf(p.Message)+2*margin
	return p, nil
}

// widthOf estimates the pixels that a text takes in Verdana of 11 pixels. The picture
// tells the browser to fit the text to it, so that other fonts do no harm.
func widthOf(text string) int {
	tenths := 0
	for _, r := range text {
		switch {
		case strings.ContainsRune("ijl.,:;|I1'", r):
			tenths += 42
		case strings.ContainsRune("mwMW", r):
			tenths += 100
		case strings.ContainsRune(" frt", r):
			tenths += 43
		case strings.ContainsRune("ckszvxy", r):
			tenths += 60
		case r >= 'A' && r <= 'Z':
			tenths += 74
		default:
			tenths += 66
		}
	}
	return (tenths + 9) / 10
}
