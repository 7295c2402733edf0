// Package limit holds the bounds that every reader keeps, since each document
// comes from a stranger. A limit reached is a gap in the review; what was read
// before it is kept.
package limit

import "time"

// Bounds of one document.
const (
	File     = 64 << 20         // bytes of the file as it is stored
	Expanded = 256 << 20        // bytes of a package's parts after decompression, all together
	Entries  = 10_000           // parts of a package
	Depth    = 256              // nesting of elements, lists, quotes
	Text     = 16 << 20         // bytes of text taken from one document
	Passages = 200_000          // passages of one document
	Cells    = 1_000_000        // cells of one document's sheets and tables
	Styles   = 100_000          // styles of one OpenDocument file
	Pages    = 5_000            // pages of one document
	Elements = 500_000          // elements, members and values of one notice or catalogue
	YAML     = 2 << 20          // bytes of a YAML file: its parser takes up to 130 times the memory
	Releases = 200              // releases of an OCDS file that a review reads
	Time     = 60 * time.Second // wall time for one document
)

// Bounds of one dossier.
const (
	Documents = 2_000   // members of archives and attachments of mails too
	Dossier   = 1 << 30 // bytes of all files as they are stored
	Unpacked  = 1 << 30 // bytes of all members and attachments once unpacked
	Nesting   = 2       // archives and mails within each other
)
