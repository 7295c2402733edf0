package batch

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
)

// A key stands for all that decides on a dossier's line but its path: the bytes and
// names of its documents and what judges them.
type key [sha256.Size]byte

func (k key) String() string { return hex.EncodeToString(k[:]) }

func parseKey(text string) (k key, ok bool) {
	decoded, err := hex.DecodeString(text)
	return k, err == nil && copy(k[:], decoded) == len(k) && len(decoded) == len(k)
}

// keyOf reads a dossier's documents. Of one larger than what is read of any, its size
// says all.
func (r *run) keyOf(ctx context.Context, dossier austauschbar.Dossier) (key, error) {
	sum := sha256.New()
	write(sum, r.What, "")
	for _, document := range slices.SortedFunc(slices.Values(dossier.Documents), func(x, y austauschbar.Document) int { return cmp.Compare(x.Path, y.Path) }) {
		if document.Size > r.Largest {
			write(sum, "large", document.Path, fmt.Sprint(document.Size))
			continue
		}
		data, err := document.Load(ctx)
		if ctx.Err() != nil {
			return key{}, ctx.Err()
		}
		if err != nil {
			write(sum, "unread", document.Path, bot.Cause(err).Error())
			continue
		}
		write(sum, "read", document.Path, fmt.Sprint(len(data)))
		sum.Write(data)
	}
	gaps := make([]string, 0, len(dossier.Gaps))
	for _, gap := range dossier.Gaps {
		gaps = append(gaps, strings.Join([]string{gap.Path, gap.Reason, gap.Detail}, "\x00"))
	}
	slices.Sort(gaps)
	write(sum, gaps...)
	return key(sum.Sum(nil)), nil
}

// digest is one of texts.
func digest(parts ...string) string {
	sum := sha256.New()
	write(sum, parts...)
	return hex.EncodeToString(sum.Sum(nil))
}

// write tells apart where each part ends.
func write(out io.Writer, parts ...string) {
	for _, part := range parts {
		fmt.Fprintf(out, "%d\x00%s\x00", len(part), part)
	}
}

// What is the digest of all that judges: a program's version, its policies, settings.
func What(parts ...string) string { return digest(parts...) }
