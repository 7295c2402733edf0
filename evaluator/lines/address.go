package lines

import (
	"regexp"
	"slices"
	"strings"
)

// maxAddress bounds the bytes of an address.
const maxAddress = 2_000

// Address returns an address as it may be kept: clean, without the name and password of
// a login, and of bounded length.
func Address(written string) string {
	written = strings.ToValidUTF8(written[:min(len(written), maxAddress)], "")
	return login.ReplaceAllString(Clean(written), "://")
}

// version matches a part of an address that is a version: "v1", "V2.1", "v1beta1",
// "2024-05-01".
var version = regexp.MustCompile(`(?i)^(?:v[0-9]{1,3}(?:\.[0-9]{1,4}){0,3}(?:(?:alpha|beta)[0-9]*)?|20[0-9]{2}-[01][0-9]-[0-3][0-9])$`)

// IsVersion says whether a part of an address or of a name is a version.
func IsVersion(part string) bool { return version.MatchString(part) }

// Versioned says whether a part of an address's path or the first of its host is a
// version.
func Versioned(address string) bool {
	address, _, _ = strings.Cut(address, "?")
	if _, after, found := strings.Cut(address, "://"); found {
		host, path, _ := strings.Cut(after, "/")
		if label, _, _ := strings.Cut(host, "."); IsVersion(label) {
			return true
		}
		address = path
	}
	return slices.ContainsFunc(strings.Split(address, "/"), IsVersion)
}
