package evaluator

import (
	"context"
	"errors"
	"math"
	"reflect"
	"slices"

	"github.com/maypok86/otter/v2"

	"github.com/austauschbar/austauschbar"
)

// Keep makes an Evaluator keep what it found in documents that have an id, about
// this many bytes of it, and not read them again. It keeps nothing without.
func Keep(bytes uint64) Option {
	return func(e *Evaluator) {
		e.kept = otter.Must(&otter.Options[key, documentFacts]{MaximumWeight: max(1, bytes), Weigher: weigh})
	}
}

// kept holds what was found in documents, those asked for last or most. It is shared
// by all reviews: nobody changes what it returns.
type kept = otter.Cache[key, documentFacts]

// A key is everything that decides what is found in a document, but for the policies'
// data, which an Evaluator never changes.
type key struct {
	id, path string
	role     role
}

// known returns what was found in a document, reading it where that is not kept.
// Whoever asks while another reads it waits for the other.
func (e *Evaluator) known(ctx context.Context, document austauschbar.Document, role role) (documentFacts, error) {
	if e.kept == nil || document.ID == "" {
		return e.document(ctx, document, role)
	}
	found, err := e.kept.Get(ctx, key{document.ID, document.Path, role}, otter.LoaderFunc[key, documentFacts](func(ctx context.Context, _ key) (documentFacts, error) {
		found, err := e.document(ctx, document, role)
		if err == nil && slices.ContainsFunc(found.gaps, ofTheMoment) {
			return documentFacts{}, &unkept{found}
		}
		return found, err
	}))
	if passing, ok := errors.AsType[*unkept](err); ok {
		return passing.found, nil
	}
	return found, err
}

// unkept brings facts past the store, which keeps what comes without an error.
type unkept struct{ found documentFacts }

func (*unkept) Error() string { return "not to be kept" }

// ofTheMoment says whether a gap may be gone the next time: reading took too long or
// was not allowed. Damage counts too, since a reader that runs out of memory
// reports it.
func ofTheMoment(gap austauschbar.Gap) bool {
	return slices.Contains([]string{"timeout", "permission_denied", "damaged"}, gap.Reason)
}

// weigh estimates the bytes that an entry takes.
func weigh(k key, found documentFacts) uint32 {
	bytes := sizeOf(reflect.ValueOf(k)) + sizeOf(reflect.ValueOf(found))
	return uint32(min(bytes, math.MaxUint32)) // #nosec G115 -- bounded
}

// sizeOf adds up a value and what it refers to, in bytes. Shared strings count
// each time.
func sizeOf(v reflect.Value) uintptr {
	size := v.Type().Size()
	switch v.Kind() {
	case reflect.String:
		size += uintptr(v.Len())
	case reflect.Pointer:
		if !v.IsNil() {
			size += sizeOf(v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			size += sizeOf(v.Index(i))
		}
	case reflect.Map:
		for entry := v.MapRange(); entry.Next(); {
			size += sizeOf(entry.Key()) + sizeOf(entry.Value())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			size += sizeOf(v.Field(i)) - v.Field(i).Type().Size()
		}
	}
	return size
}
