package limit

import (
	"bytes"
	"encoding/binary"
)

// magicOLE begins OLE files: Word, Excel and PowerPoint before 2007, what a
// password makes of newer ones, Outlook messages, and much else.
var magicOLE = []byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}

// IsOLE says whether data is an OLE file.
func IsOLE(data []byte) bool { return bytes.HasPrefix(data, magicOLE) }

// oleStreams tell what an OLE file is, the first that it holds.
var oleStreams = []struct{ name, code, detail string }{
	{"EncryptedPackage", "encrypted", "the document is protected by a password"},
	{"\tDRMContent", "encrypted", "the document is protected by a rights management"},
	{"__properties_version1.0", "mail_format", ""},
	{"WordDocument", "old_format", "Word before 2007"},
	{"Workbook", "old_format", "Excel before 2007"},
	{"Book", "old_format", "Excel before 2007"},
	{"PowerPoint Document", "old_format", "PowerPoint before 2007"},
	{"VisioDocument", "program_format", "Visio"},
}

// RefuseOLE returns why an OLE file is not read: "encrypted", "old_format",
// "mail_format" or "program_format".
func RefuseOLE(data []byte) error {
	for _, stream := range oleStreams {
		if holdsStream(data, stream.name) {
			return Refuse(stream.code, stream.detail)
		}
	}
	return Refuse("old_format", "the document is stored in an OLE file")
}

// Layout of an entry of an OLE file's directory. Entries lie at multiples of their
// size wherever the directory is, so that it need not be found, not even in a
// damaged file.
const (
	oleEntry = 128 // bytes
	oleSize  = 64  // offset of the name's size in bytes, with its closing zero
	oleType  = 66  // offset of the type
	oleFile  = 2   // type of a stream
)

// holdsStream says whether an OLE file's directory lists a stream, somewhere.
func holdsStream(data []byte, name string) bool {
	wide := utf16(name + "\x00")
	for at := 0; ; at += 2 {
		next := bytes.Index(data[at:], wide)
		if next < 0 {
			return false
		}
		at += next
		if entry := data[at:]; at%oleEntry == 0 && len(entry) > oleType &&
			int(binary.LittleEndian.Uint16(entry[oleSize:])) == len(wide) && entry[oleType] == oleFile {
			return true
		}
	}
}

func utf16(ascii string) []byte {
	wide := make([]byte, 0, 2*len(ascii))
	for _, b := range []byte(ascii) {
		wide = append(wide, b, 0)
	}
	return wide
}
