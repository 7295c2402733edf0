package lexicon

import (
	"slices"
	"strings"
	"testing"
)

// A vocabulary that has grown or been emptied knows what it was told since.
func TestVocabulary(t *testing.T) {
	v := newVocabulary()
	word := func(i int) string { return string(rune('a'+i%26)) + string(rune(0x4e00+i/26)) }
	for range 2 {
		for i := range 2 * fewestPlaces {
			hash := hashOf(&v, word(i))
			if v.find(word(i), hash) != nil {
				t.Fatalf("%q is known before it is added", word(i))
			}
			v.add(word(i), hash)
		}
		for i := range 2 * fewestPlaces {
			if known := v.find(word(i), hashOf(&v, word(i))); known == nil || known.text != word(i) {
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
		hash := hashOf(&v, word)
		if known := v.find(word, hash); known != nil {
			t.Fatalf("%q is known as %q before it is added", word, known.text)
		}
		v.add(word, hash)
	}
	for _, word := range words {
		if known := v.find(word, hashOf(&v, word)); known == nil || known.text != word {
			t.Errorf("%q: got %v", word, known)
		}
	}
}

// Whatever a text is, its words are its runs of letters and digits, and the hash of each is
// that of the word by itself.
func FuzzVocabularyReads(f *testing.F) {
	for _, text := range []string{"", "a", "abcdefgh", "Die Größe (§ 5) beträgt 3½ – d. h. „mehr“.", "@A[Z`a{z/0:9", "na\u0308he\xff\xc3", "Straßenverkehrsordnung12345678"} {
		f.Add(text)
	}
	v := newVocabulary()
	f.Fuzz(func(t *testing.T, text string) {
		var words []string
		for start, _ := wordStart(text, 0); start < len(text); {
			end, hash := v.read(text, []byte(text+padding), start)
			if words = append(words, text[start:end]); hash != hashOf(&v, text[start:end]) {
				t.Errorf("%q: hashed in another way than by itself", text[start:end])
			}
			start, _ = wordStart(text, end)
		}
		if want := strings.FieldsFunc(text, func(r rune) bool { return !isWordRune(r) }); !slices.Equal(words, want) {
			t.Errorf("got %q, want %q", words, want)
		}
	})
}

func hashOf(v *vocabulary, word string) uint32 { return v.hash([]byte(word+padding), len(word)) }
