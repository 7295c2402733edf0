package limit

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"io"
)

// Rescue opens a package like Open or, where the directory at its end is missing, what
// stands before the place it was cut off at; damage says so then and is nil otherwise.
func Rescue(data []byte) (p *Package, damage, err error) {
	p, err = Open(data)
	var refusal *Refusal
	if err == nil || !errors.As(err, &refusal) || refusal.Code != "damaged" {
		return p, nil, err
	}
	rebuilt := salvage(data)
	if rebuilt == nil {
		return nil, nil, err
	}
	p, err = Open(rebuilt)
	return p, Refuse("damaged", "the file is cut off; only what stands before the cut could be read"), err
}

// Marks and sizes of what stands around the parts of an archive.
const (
	headMark       = "PK\x03\x04"
	headSize       = 30
	descriptorSize = 24        // at most
	sizesBehind    = 1 << 3    // flag: the sizes of the part stand behind it
	wide           = 1<<32 - 1 // size that is told elsewhere
)

// salvage rebuilds an archive from its parts; of one that breaks off, what can be
// decompressed. It returns nil where there is no part.
func salvage(data []byte) []byte {
	var rebuilt bytes.Buffer
	archive := zip.NewWriter(&rebuilt)
	left := int64(Expanded)
	found := 0
	for ; found < Entries && left > 0; found++ {
		head, content, rest := cutPart(data, &left)
		if head == nil {
			break
		}
		if rest == nil {
			if restore(archive, head, content, left) {
				found++
			}
			break
		}
		part, err := archive.CreateRaw(head)
		if err != nil {
			break
		}
		if _, err := part.Write(content); err != nil {
			break
		}
		data = rest
	}
	if err := archive.Close(); err != nil || found == 0 {
		return nil
	}
	return rebuilt.Bytes()
}

// restore adds a part that breaks off.
func restore(archive *zip.Writer, head *zip.FileHeader, content []byte, left int64) bool {
	var from io.Reader = bytes.NewReader(content)
	if head.Method == zip.Deflate {
		from = flate.NewReader(from)
	}
	part, err := archive.Create(head.Name)
	if err != nil {
		return false
	}
	n, _ := io.Copy(part, io.LimitReader(from, left))
	return n > 0
}

// cutPart takes the first part off an archive: its head, its content as it is stored,
// and what follows, which is nil where the part breaks off. left is how many bytes may
// still be decompressed to find the ends of parts whose sizes stand behind them. The
// head is nil where no part begins.
func cutPart(data []byte, left *int64) (head *zip.FileHeader, content, rest []byte) {
	if len(data) < headSize || string(data[:len(headMark)]) != headMark {
		return nil, nil, nil
	}
	short := func(at int) uint16 { return binary.LittleEndian.Uint16(data[at:]) }
	long := func(at int) uint32 { return binary.LittleEndian.Uint32(data[at:]) }
	nameEnd := headSize + int(short(26))
	begin := nameEnd + int(short(28))
	if begin > len(data) {
		return nil, nil, nil
	}
	head = &zip.FileHeader{
		Name: string(data[headSize:nameEnd]), Method: short(8), Flags: short(6), CRC32: long(14),
		CompressedSize64: uint64(long(18)), UncompressedSize64: uint64(long(22)),
	}
	content = data[begin:]
	if head.Flags&sizesBehind != 0 || head.CompressedSize64 == wide {
		return described(head, content, left)
	}
	if head.CompressedSize64 > uint64(len(content)) {
		return head, content, nil
	}
	return head, content[:head.CompressedSize64], content[head.CompressedSize64:]
}

// described cuts off a part whose sizes stand behind it.
func described(head *zip.FileHeader, data []byte, left *int64) (*zip.FileHeader, []byte, []byte) {
	head.Flags &^= sizesBehind
	from := bytes.NewReader(data)
	size, err := io.Copy(io.Discard, io.LimitReader(flate.NewReader(from), *left))
	*left -= size
	stored := len(data) - from.Len()
	if head.Method != zip.Deflate || err != nil || *left <= 0 {
		return head, data, nil
	}
	content, behind := data[:stored], data[stored:]
	head.CompressedSize64, head.UncompressedSize64 = uint64(stored), uint64(size)
	head.CRC32 = 0 // is not compared then
	next := bytes.Index(behind[:min(len(behind), descriptorSize+len(headMark))], []byte(headMark))
	if next < 0 {
		return head, content, behind[len(behind):]
	}
	return head, content, behind[next:]
}
