package rtf

import (
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// pages are the code pages of \ansicpg and \cpg.
var pages = map[int]encoding.Encoding{
	437: charmap.CodePage437, 850: charmap.CodePage850, 852: charmap.CodePage852, 855: charmap.CodePage855,
	858: charmap.CodePage858, 860: charmap.CodePage860, 862: charmap.CodePage862, 863: charmap.CodePage863,
	865: charmap.CodePage865, 866: charmap.CodePage866, 874: charmap.Windows874, 932: japanese.ShiftJIS,
	936: simplifiedchinese.GBK, 949: korean.EUCKR, 950: traditionalchinese.Big5, 1250: charmap.Windows1250,
	1251: charmap.Windows1251, 1252: charmap.Windows1252, 1253: charmap.Windows1253, 1254: charmap.Windows1254,
	1255: charmap.Windows1255, 1256: charmap.Windows1256, 1257: charmap.Windows1257, 1258: charmap.Windows1258,
	1361: korean.EUCKR, 10000: charmap.Macintosh, 10007: charmap.MacintoshCyrillic, 65001: unicode.UTF8,
}

// charsets are the code pages of \fcharset. 1 leaves the choice to the document.
var charsets = map[int]int{
	0: 1252, 77: 10000, 128: 932, 129: 949, 130: 1361, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258,
	177: 1255, 178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250, 254: 437, 255: 850,
}

// symbolCharset is the \fcharset of fonts without letters.
const symbolCharset = 2

// symbols stands for such a font's encoding, of which nil would be the document's.
var symbols encoding.Encoding = symbolFont{encoding.Nop}

type symbolFont struct{ encoding.Encoding }

// decode appends bytes in an encoding to a builder. Bytes of symbol fonts become
// letters of the private use area, as Word stores them elsewhere.
func decode(to *strings.Builder, bytes []byte, in encoding.Encoding) {
	if in == symbols {
		for _, b := range bytes {
			if b > ' ' {
				to.WriteRune(0xf000 + rune(b))
			} else {
				to.WriteByte(' ')
			}
		}
		return
	}
	ascii := true
	for _, b := range bytes {
		ascii = ascii && b < 0x80
	}
	if ascii {
		to.Write(bytes)
		return
	}
	decoded, err := in.NewDecoder().Bytes(bytes)
	if err != nil {
		decoded = bytes
	}
	to.WriteString(strings.ToValidUTF8(string(decoded), "\ufffd"))
}
