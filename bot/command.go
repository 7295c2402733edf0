package bot

import "strings"

// A Command is what a person asks of us in a comment.
type Command struct {
	Verb string // in lower case; "" for a comment that only calls us
	Args []string
}

// call begins a comment that speaks to us.
const call = "/austauschbar"

// ParseCommand reads the command in a comment's first line; false where it does
// not speak to us.
func ParseCommand(body string) (Command, bool) {
	line, _, _ := strings.Cut(strings.TrimLeft(body, " \t\r\n"), "\n")
	words := strings.Fields(line)
	if len(words) == 0 || !strings.EqualFold(words[0], call) {
		return Command{}, false
	}
	if len(words) == 1 {
		return Command{}, true
	}
	return Command{strings.ToLower(words[1]), words[2:]}, true
}
