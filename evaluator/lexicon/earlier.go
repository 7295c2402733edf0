package lexicon

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// An Earlier is a licence that a product had before one of its versions.
type Earlier struct {
	Before  string `yaml:"before"` // "7.4"
	Licence string `yaml:"licence"`
	Open    bool   `yaml:"open"`
}

// leadingVersion matches the numbers that a version begins with: "7.2.0" of "7.2.0-v11".
var leadingVersion = regexp.MustCompile(`^v?(\d{1,9}(?:\.\d{1,9}){0,3})(?:[^\d.a-zA-Z]|$)`)

// AtVersion is the entry with the licence of a version. One that nobody tells is the
// newest, and so is what a version leaves open: "7" is the last 7.
func (e Entry) AtVersion(version string) Entry {
	found := leadingVersion.FindStringSubmatch(version)
	if found == nil {
		return e
	}
	for _, earlier := range e.Earlier {
		if isBefore(found[1], earlier.Before) {
			e.Licence, e.Open = earlier.Licence, earlier.Open
			return e
		}
	}
	return e
}

// isBefore compares two versions of numbers. A shorter one stands for the last that
// begins with it.
func isBefore(version, other string) bool {
	numbers, limits := strings.Split(version, "."), strings.Split(other, ".")
	for i, limit := range limits {
		if i == len(numbers) {
			return false
		}
		number, err := strconv.Atoi(numbers[i])
		bound, bad := strconv.Atoi(limit)
		if err != nil || bad != nil || number > bound {
			return false
		}
		if number < bound {
			return true
		}
	}
	return false
}

// checkEarlier complains of versions that are none or stand out of their order.
func checkEarlier(list []Earlier) error {
	for i, earlier := range list {
		switch {
		case earlier.Licence == "":
			return fmt.Errorf("before %s: needs a licence", earlier.Before)
		case leadingVersion.FindString(earlier.Before) != earlier.Before:
			return fmt.Errorf("before %q: is no version", earlier.Before)
		case i > 0 && !isBefore(list[i-1].Before, earlier.Before):
			return fmt.Errorf("before %s: stands behind %s", earlier.Before, list[i-1].Before)
		}
	}
	return nil
}
