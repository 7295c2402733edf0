package lines

import (
	"strings"
	"testing"
)

func TestQuote(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"a line":           {"\t\"name\":  \"Portal\",\r", `"name": "Portal",`},
		"no characters":    {"b = 2\xff", "b = 2"},
		"a long line":      {strings.Repeat("ä", 400), strings.Repeat("ä", 300)},
		"a very long line": {strings.Repeat("ä", 4000), strings.Repeat("ä", 300)},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Quote(test.text); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestWithoutSecrets(t *testing.T) {
	for text, want := range map[string]string{
		`password = "hunter2"`:                  `password = …`,
		`"db_password": "hunter2", "port": 1`:   `"db_password": …`,
		`"api_key" : "abc",`:                    `"api_key" : …`,
		`{"apiKey": "x1"}`:                      `{"apiKey": …`,
		`DJANGO_SECRET_KEY=abc`:                 `DJANGO_SECRET_KEY=…`,
		`- OPENAI_API_KEY: sk-1`:                `- OPENAI_API_KEY: …`,
		`MYSQL_PASS=a b`:                        `MYSQL_PASS=…`,
		`'token' => 'x'`:                        `'token' => …`,
		`AWS_ACCESS_KEY_ID=AKIA`:                `AWS_ACCESS_KEY_ID=…`,
		`Kennwort: geheim`:                      `Kennwort: …`,
		`<password>geheim</password>`:           `<password>…`,
		`jdbc:x?db_password=abc&ssl=on`:         `jdbc:x?db_password=…`,
		`token list; token: x`:                  `token list; token: …`,
		`amqp://user:abc@host/`:                 `amqp://…@host/`,
		`source = "git::https://u:p@host/x"`:    `source = "git::https://…@host/x"`,
		`https://host/a@b`:                      `https://host/a@b`,
		`resource "aws_secret" "django-secret"`: `resource "aws_secret" "django-secret"`,
		`tokenService = container "Tokens"`:     `tokenService = …`,
		`Token --> Portal`:                      `Token --> Portal`,
		`title: Secrets`:                        `title: Secrets`,
		`keywords = ["a"]`:                      `keywords = ["a"]`,
		`monkey: banana`:                        `monkey: banana`,
	} {
		if got := WithoutSecrets(text); got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
}
