package lexicon

import (
	"math/bits"
	"math/rand/v2"
)

// A vocabulary holds spellings by their text. Every word of a dossier is looked up in
// one, so it does with less than a map: nothing is taken out, but for all at once.
type vocabulary struct {
	seeds     [2]uint64 // so that no text can hold words that share a hash
	places    []place   // a power of two of them, half of them free at least
	spellings []spelling
}

// A place holds the number of a spelling, from 1 on, with a part of its text's hash; 0
// where it is free.
type place struct{ hash, number uint32 }

const fewestPlaces = 1 << 10

func newVocabulary() vocabulary {
	return vocabulary{seeds: [2]uint64{rand.Uint64(), rand.Uint64() | 1}, places: make([]place, fewestPlaces)}
}

// hash mixes a word's bytes, eight at a time, as wyhash does: most words take one or two
// steps.
func (v *vocabulary) hash(word string) uint64 {
	hash := v.seeds[0] ^ uint64(len(word))
	for ; len(word) > 8; word = word[8:] {
		hash = v.mix(hash ^ eightBytes(word))
	}
	switch n := len(word); {
	case n == 8:
		hash ^= eightBytes(word)
	case n >= 4:
		hash ^= fourBytes(word) | fourBytes(word[n-4:])<<32
	case n > 0:
		hash ^= uint64(word[0]) | uint64(word[n/2])<<8 | uint64(word[n-1])<<16
	}
	return v.mix(hash)
}

func (v *vocabulary) mix(hash uint64) uint64 {
	high, low := bits.Mul64(hash, v.seeds[1])
	return high ^ low
}

func fourBytes(text string) uint64 {
	return uint64(text[3])<<24 | uint64(text[2])<<16 | uint64(text[1])<<8 | uint64(text[0])
}

func eightBytes(text string) uint64 { return fourBytes(text[4:])<<32 | fourBytes(text) }

// find returns the spelling of a word, nil where there is none, and its hash.
func (v *vocabulary) find(word string) (known *spelling, hash uint64) {
	hash = v.hash(word)
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

// add takes in a spelling that is not there yet. But for its answers, it is not changed
// any more.
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
		hash := v.hash(v.spellings[i].text)
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
