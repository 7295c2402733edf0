package lines

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/austauschbar/austauschbar"
)

func TestSource(t *testing.T) {
	source := NewSource([]byte("a = 1\n\n  b  =\t2\xff\r\n" + strings.Repeat("ä", 400)))
	for name, test := range map[string]struct {
		line int
		want austauschbar.Evidence
	}{
		"first":       {1, austauschbar.Evidence{Line: 1, Quote: "a = 1"}},
		"blank":       {2, austauschbar.Evidence{Line: 2}},
		"folded":      {3, austauschbar.Evidence{Line: 3, Quote: "b = 2"}},
		"long":        {4, austauschbar.Evidence{Line: 4, Quote: strings.Repeat("ä", 300)}},
		"none":        {0, austauschbar.Evidence{}},
		"not its own": {5, austauschbar.Evidence{}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := source.Evidence(test.line); got != test.want {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
		})
	}
}

func TestWithoutSecrets(t *testing.T) {
	for text, want := range map[string]string{
		`password = "hunter2"`:                  `password = …`,
		`"db_password": "hunter2", "port": 1`:   `"db_password": …`,
		`DJANGO_SECRET_KEY=abc`:                 `DJANGO_SECRET_KEY= …`,
		`- OPENAI_API_KEY: sk-1`:                `- OPENAI_API_KEY: …`,
		`'token' => 'x'`:                        `'token' => …`,
		`AWS_ACCESS_KEY_ID=AKIA`:                `AWS_ACCESS_KEY_ID= …`,
		`resource "aws_secret" "django-secret"`: `resource "aws_secret" "django-secret"`,
		`source = "git::https://u:p@host/x"`:    `source = "git::https://host/x"`,
		`keywords = ["a"]`:                      `keywords = ["a"]`,
		`monkey: banana`:                        `monkey: banana`,
	} {
		if got := WithoutSecrets(text); got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
}

func FuzzSource(f *testing.F) {
	f.Add([]byte("a: b\npassword: c"), 2)
	f.Fuzz(func(t *testing.T, data []byte, line int) {
		got := NewSource(data).Evidence(line)
		if got.Line != 0 && got.Line != line || !utf8.ValidString(got.Quote) || utf8.RuneCountInString(got.Quote) > quoted {
			t.Errorf("line %d: %+v", line, got)
		}
	})
}
