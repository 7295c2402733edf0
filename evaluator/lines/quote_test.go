package lines

import (
	"strings"
	"testing"
)

func TestQuote(t *testing.T) {
	for name, test := range map[string]struct{ line, want string }{
		"a line":                   {"\t\"name\": \"Portal\",", `"name": "Portal",`},
		"a value behind its name":  {`db "jdbc:x?db_password=abc&ssl=on"`, `db "jdbc:x?db_password=…&ssl=on"`},
		"a member of JSON":         {`"api_key" : "abc",`, `"api_key" : "…",`},
		"a key of YAML":            {`DB_PASSWORD: abc`, `DB_PASSWORD: …`},
		"a password in an address": {`-> "amqp://user:abc@host/"`, `-> "amqp://user:…host/"`},
		"a name alone":             {`tokenService = container "Token Service"`, `tokenService = container "Token Service"`},
		"a long line":              {strings.Repeat("ä", 400), strings.Repeat("ä", 300)},
		"a very long line":         {strings.Repeat("ä", 4000), strings.Repeat("ä", 300)},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Quote(test.line); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
