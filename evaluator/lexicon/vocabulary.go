package lexicon

import (
	"encoding/binary"
	"math/bits"
	"math/rand/v2"
	"unicode/utf8"
)

// A vocabulary holds spellings by their text. Every word of a dossier is looked up in
// one, so it does with less than a map: nothing is taken out, but for all at once.
type vocabulary struct {
	seeds     [2]uint64 // so that no text can hold words that share a hash
	places    []place   // a power of two of them, half of them free at least
	spellings []spelling
}

// A place holds the number of a spelling, from 1 on, with its text's hash; 0 where it is
// free.
type place struct{ hash, number uint32 }

const fewestPlaces = 1 << 10

func newVocabulary() vocabulary {
	return vocabulary{seeds: [2]uint64{rand.Uint64(), rand.Uint64() | 1}, places: make([]place, fewestPlaces)}
}

// padding is what must stand behind bytes that are read eight at a time.
const padding = "\x00\x00\x00\x00\x00\x00\x00\x00"

// read returns where a word of a text ends that begins at a byte, and its hash. Most words
// are of ASCII: they are cut and hashed in one pass over the text's bytes, which are padded.
func (v *vocabulary) read(text string, padded []byte, start int) (end int, hash uint32) {
	mixed := v.seeds[0]
	for end = start; ; end += 8 {
		block := binary.LittleEndian.Uint64(padded[end:])
		others := othersIn(block)
		if others == 0 {
			mixed = v.mix(mixed ^ block)
			continue
		}
		letters := bits.TrailingZeros64(others) / 8
		if padded[end+letters] < utf8.RuneSelf {
			return end + letters, uint32(v.mix(mixed ^ block&(1<<(8*letters)-1)))
		}
		end = wordEnd(text, end+letters)
		return end, v.hash(padded[start:], end-start)
	}
}

// hash mixes the bytes of a word, eight at a time, as wyhash does, with 0, which is in no
// word, for those that are missing in the end. Others stand behind them.
func (v *vocabulary) hash(padded []byte, length int) uint32 {
	mixed := v.seeds[0]
	for ; length >= 8; length -= 8 {
		mixed = v.mix(mixed ^ binary.LittleEndian.Uint64(padded))
		padded = padded[8:]
	}
	return uint32(v.mix(mixed ^ binary.LittleEndian.Uint64(padded)&(1<<(8*length)-1)))
}

func (v *vocabulary) mix(hash uint64) uint64 {
	high, low := bits.Mul64(hash, v.seeds[1])
	return high ^ low
}

// eachByte repeats a byte eight times.
const eachByte = 0x0101010101010101

// othersIn sets the highest bit of each of eight bytes that is no letter or digit of ASCII,
// and clears all else. What is added to the other seven carries into it from "a" on, say, or
// from what follows "z".
func othersIn(block uint64) uint64 {
	low := block & (0x7f * eachByte)
	small := low | 0x20*eachByte
	letters := (small + (0x80-'a')*eachByte) &^ (small + (0x7f-'z')*eachByte)
	digits := (low + (0x80-'0')*eachByte) &^ (low + (0x7f-'9')*eachByte)
	return (^(letters | digits) | block) & (0x80 * eachByte)
}

// find returns the spelling of a word with a hash, nil where there is none.
func (v *vocabulary) find(word string, hash uint32) *spelling {
	last := uint32(len(v.places) - 1)
	for at := hash & last; ; at = (at + 1) & last {
		place := v.places[at]
		if place.number == 0 {
			return nil
		}
		if place.hash == hash && v.spellings[place.number-1].text == word {
			return &v.spellings[place.number-1]
		}
	}
}

// add takes in a word that is not there yet, for its spelling to be told.
func (v *vocabulary) add(word string, hash uint32) *spelling {
	v.spellings = append(v.spellings, spelling{text: word})
	count := len(v.spellings)
	if 2*count > len(v.places) {
		v.grow()
	}
	v.put(place{hash: hash, number: uint32(count)})
	return &v.spellings[count-1]
}

func (v *vocabulary) grow() {
	taken := v.places
	v.places = make([]place, 2*len(taken))
	for _, place := range taken {
		if place.number > 0 {
			v.put(place)
		}
	}
}

func (v *vocabulary) put(made place) {
	last := uint32(len(v.places) - 1)
	at := made.hash & last
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
