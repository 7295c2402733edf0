package gitea

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
)

// features are what not every server offers.
type features struct {
	resolve bool // threads can be resolved and opened again
	reply   bool // comments can be answered in their thread
}

// servers are the first versions of each product that offer a thing; the last row
// that a server reaches counts. Forgejo counts versions of its own, and no version
// so far resolves threads or answers in them.
var servers = map[string][]struct {
	since version
	offer features
}{
	"Gitea": {
		{version{1, 22}, features{}},
		{version{1, 26}, features{resolve: true}},
		{version{1, 27}, features{resolve: true, reply: true}},
	},
	"Forgejo": {
		{version{7, 0}, features{}},
	},
}

type version struct{ major, minor int }

func (v version) compare(other version) int {
	return cmp.Or(cmp.Compare(v.major, other.major), cmp.Compare(v.minor, other.minor))
}

// featuresOf says what a server offers by the version that it tells: "1.25.4", or of
// Forgejo "11.0.1+gitea-1.22.0".
func featuresOf(told string) (features, error) {
	product := "Gitea"
	if strings.Contains(told, "+gitea-") {
		product = "Forgejo"
	}
	is, ok := parseVersion(told)
	if !ok {
		return features{}, fmt.Errorf("%q is no version", told)
	}
	rows := servers[product]
	if is.compare(rows[0].since) < 0 {
		return features{}, fmt.Errorf("%s %s is too old: want %d.%d at least", product, told, rows[0].since.major, rows[0].since.minor)
	}
	var offer features
	for _, row := range rows {
		if is.compare(row.since) >= 0 {
			offer = row.offer
		}
	}
	return offer, nil
}

// parseVersion reads the first two numbers of a version.
func parseVersion(told string) (version, bool) {
	major, rest, ok := strings.Cut(strings.TrimPrefix(told, "v"), ".")
	minor := rest[:len(rest)-len(strings.TrimLeft(rest, "0123456789"))]
	first, errFirst := strconv.Atoi(major)
	second, errSecond := strconv.Atoi(minor)
	return version{first, second}, ok && errFirst == nil && errSecond == nil
}
