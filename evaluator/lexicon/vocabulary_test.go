package lexicon

import (
	"strings"
	"testing"
)

// A vocabulary that has grown or been emptied knows what it was told since.
func TestVocabulary(t *testing.T) {
	v := newVocabulary()
	word := func(i int) string { return string(rune('a'+i%26)) + string(rune(0x4e00+i/26)) }
	for range 2 {
		for i := range 2 * fewestPlaces {
			if known, hash := v.find(word(i)); known == nil {
				v.add(spelling{text: word(i)}, hash)
			} else {
				t.Fatalf("%q is known before it is added", word(i))
			}
		}
		for i := range 2 * fewestPlaces {
			if known, _ := v.find(word(i)); known == nil || known.text != word(i) {
				t.Fatalf("%q: got %v", word(i), known)
			}
		}
		v.clear()
	}
}

// Words of any length are told apart by any of their bytes.
func TestVocabularyTellsApart(t *testing.T) {
	v := newVocabulary()
	var words []string
	for length := range 40 {
		word := strings.Repeat("a", length)
		words = append(words, word)
		for at := range length {
			words = append(words, word[:at]+"b"+word[at+1:])
		}
	}
	for _, word := range words {
		known, hash := v.find(word)
		if known != nil {
			t.Fatalf("%q is known as %q before it is added", word, known.text)
		}
		v.add(spelling{text: word}, hash)
	}
	for _, word := range words {
		if known, _ := v.find(word); known == nil || known.text != word {
			t.Errorf("%q: got %v", word, known)
		}
	}
}
