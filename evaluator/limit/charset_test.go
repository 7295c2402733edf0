package limit

import (
	"context"
	"strings"
	"testing"
)

func TestCharset(t *testing.T) {
	for name, test := range map[string]struct{ document, want, code string }{
		"UTF-8":              {`<?xml version="1.0" encoding="UTF-8"?><a>Grüße</a>`, "Grüße", ""},
		"of old tools":       {"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>Gr\xfc\xdfe</a>", "Grüße", ""},
		"of old tools, long": {"<?xml version=\"1.0\" encoding=\"windows-1252\"?><a>" + strings.Repeat("\xfc", 10_000) + "</a>", strings.Repeat("ü", 10_000), ""},
		"another one":        {`<?xml version="1.0" encoding="IBM037"?><a>b</a>`, "", "damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			x := NewXML(context.Background(), strings.NewReader(test.document))
			var got string
			_, err := x.Root()
			if err == nil {
				got, err = x.Text()
			}
			if got != test.want || code(err) != test.code {
				t.Errorf("got %q, error %v", got, err)
			}
		})
	}
}

func TestXMLBegin(t *testing.T) {
	x := NewXML(context.Background(), strings.NewReader("<?xml version=\"1.0\"?>\n\n<a\n b=\"c\"\n>\n<d/></a>"))
	if _, err := x.Root(); err != nil || x.Begin() != 3 || x.Line() != 5 {
		t.Errorf("from %d to %d, error %v", x.Begin(), x.Line(), err)
	}
}
