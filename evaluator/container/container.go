// Package container holds what the files that start containers have in common: how an
// image is named, what a port stands for.
package container

import (
	"strings"

	"github.com/austauschbar/austauschbar"
)

// Bounds of what is taken from one file.
const (
	Components = 2_000
	Settings   = 20_000
	Value      = 4 << 10 // bytes of a setting
)

// Version returns the tag of an image; "" where it has none, where that says no
// version ("latest"), and where it is a variable without a default.
func Version(image string) string {
	_, tag := cut(image)
	if tag == "latest" || strings.ContainsAny(tag, "${}") {
		return ""
	}
	return tag
}

// Name returns the last part of an image's name: "postgres" of
// "docker.io/library/postgres:16".
func Name(image string) string {
	name, _ := cut(image)
	return name[strings.LastIndexByte(name, '/')+1:]
}

// cut parts an image's name from its tag; the digest is left out.
func cut(image string) (name, tag string) {
	image, _, _ = strings.Cut(image, "@")
	if colon := lastOutside(image, ':'); colon > strings.LastIndexByte(image, '/') {
		return image[:colon], image[colon+1:]
	}
	return image, ""
}

// lastOutside is the place of the last such character outside "${…}"; -1 for none.
func lastOutside(text string, char byte) int {
	for i, depth := len(text)-1, 0; i >= 0; i-- {
		switch {
		case text[i] == '}':
			depth++
		case text[i] == '{':
			depth--
		case text[i] == char && depth <= 0:
			return i
		}
	}
	return -1
}

// A Port is what IANA registers for a port's number.
type Port struct{ Kind, Protocol string }

// Known says what a port stands for; an API of an unknown protocol where nothing is
// registered or a number is commonly used for anything.
func Known(number int) Port {
	switch number {
	case 80:
		return Port{"user", "http"}
	case 443:
		return Port{"user", "https"}
	case 21:
		return Port{"files", "ftp"}
	case 22:
		return Port{"files", "ssh"}
	case 25, 465, 587:
		return Port{"api", "smtp"}
	case 143, 993:
		return Port{"api", "imap"}
	case 389:
		return Port{"api", "ldap"}
	case 636:
		return Port{"api", "ldaps"}
	case 445:
		return Port{"files", "smb"}
	case 2049:
		return Port{"files", "nfs"}
	case 1433:
		return Port{"database", "tds"}
	case 1521:
		return Port{"database", "tns"}
	case 3306:
		return Port{"database", "mysql"}
	case 5432:
		return Port{"database", "postgresql"}
	case 6379:
		return Port{"database", "redis"}
	case 27017:
		return Port{"database", "mongodb"}
	case 1883, 8883:
		return Port{"events", "mqtt"}
	case 4222:
		return Port{"events", "nats"}
	case 5671, 5672:
		return Port{"events", "amqp"}
	case 9092:
		return Port{"events", "kafka"}
	}
	return Port{Kind: "api"}
}

// Mute is evidence without its quote, since settings hold secrets.
func Mute(evidence austauschbar.Evidence) austauschbar.Evidence {
	evidence.Quote = ""
	return evidence
}
