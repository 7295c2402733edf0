package pdf

// memoryLimit is the most memory, in bytes, that one PDFium instance can have:
// all that PDFium makes of a document, the file itself where it is small.
const memoryLimit = 96 << 20

// copied is a memory that grows by copying, for systems without a cheap way to
// reserve addresses.
type copied struct{ buffer []byte }

// Reallocate returns a buffer of size bytes with the same content, or nil above
// the limit.
func (c *copied) Reallocate(size uint64) []byte {
	if size > memoryLimit {
		return nil
	}
	if size > uint64(cap(c.buffer)) {
		grown := make([]byte, size, min(2*size, memoryLimit))
		copy(grown, c.buffer)
		c.buffer = grown
	}
	c.buffer = c.buffer[:size]
	return c.buffer
}

// Free lets go of the buffer.
func (c *copied) Free() { c.buffer = nil }
