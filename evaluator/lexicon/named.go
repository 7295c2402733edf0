package lexicon

import "errors"

// addNamed gives a name to words of a language, by which its phrases may ask for any of
// them: "{supplier}". Single words become one to the matcher, which has the forms of all:
// however many there are, a phrase looks for one. Whole phrases among them stay apart.
func (m *Matcher) addNamed(name, language string, list []string) error {
	if isSlot(name) {
		return errors.New("is the name of a value or of a kind of names")
	}
	if m.named[language] == nil {
		m.named[language] = map[string]node{}
	}
	if _, twice := m.named[language][name]; twice {
		return errors.New("is defined twice")
	}
	var forms []form
	var choices []node
	for _, phrase := range list {
		parsed, err := parsePhrase(phrase, nil)
		if err != nil {
			return err
		}
		if single, is := parsed.(wordNode); is {
			forms = append(forms, formsOf(single.word)...)
			continue
		}
		choices = append(choices, parsed)
	}
	if len(forms) > 0 {
		word := "{" + name + "} " + language // no phrase can write a word like it
		m.byWord[word] = m.addWord(forms)
		choices = append(choices, wordNode{word})
	}
	if len(choices) == 0 {
		return errors.New("has no words")
	}
	m.named[language][name] = choiceNode{choices}
	return nil
}
