package lexicon

import "hash/maphash"

// A vocabulary holds spellings by their text. Every word of a dossier is looked up in
// one, so it does with less than a map: nothing is taken out, but for all at once.
type vocabulary struct {
	seed      maphash.Seed
	places    []place // a power of two of them, half of them free at least
	spellings []spelling
}

// A place holds the number of a spelling, from 1 on, with a part of its text's hash; 0
// where it is free.
type place struct{ hash, number uint32 }

const fewestPlaces = 1 << 10

func newVocabulary() vocabulary {
	return vocabulary{seed: maphash.MakeSeed(), places: make([]place, fewestPlaces)}
}

// find returns the spelling of a word, nil where there is none, and its hash.
func (v *vocabulary) find(word string) (known *spelling, hash uint64) {
	hash = maphash.String(v.seed, word)
	last := uint64(len(v.places) - 1)
	for at := hash & last; ; at = (at + 1) & last {
		place := v.places[at]
		if place.number == 0 {
			return nil, hash
		}
		if place.hash == uint32(hash>>32) && v.spellings[place.number-1].text == word {
			return &v.spellings[place.number-1], hash
		}
	}
}

// add takes in a spelling that is not there yet. It is not changed any more.
func (v *vocabulary) add(made spelling, hash uint64) *spelling {
	v.spellings = append(v.spellings, made)
	count := len(v.spellings)
	if 2*count > len(v.places) {
		v.grow()
	}
	v.put(place{hash: uint32(hash >> 32), number: uint32(count)}, hash)
	return &v.spellings[count-1]
}

func (v *vocabulary) grow() {
	v.places = make([]place, 2*len(v.places))
	for i := range v.spellings[:len(v.spellings)-1] {
		hash := maphash.String(v.seed, v.spellings[i].text)
		v.put(place{hash: uint32(hash >> 32), number: uint32(i + 1)}, hash)
	}
}

func (v *vocabulary) put(made place, hash uint64) {
	last := uint64(len(v.places) - 1)
	at := hash & last
	for v.places[at].number != 0 {
		at = (at + 1) & last
	}
	v.places[at] = made
}

// clear takes all out. Spellings that were handed out must not be used any more.
func (v *vocabulary) clear() {
	clear(v.places)
	clear(v.spellings)
	v.spellings = v.spellings[:0]
}
