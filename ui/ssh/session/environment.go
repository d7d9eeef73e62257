package session

import (
	"cmp"
	"strings"

	"loket/flows/text"
)

// environment is what a client says of itself: TERM, COLORTERM and its language.
type environment map[string]string

// What is taken of a variable, and how many of them.
const (
	maxVariableLength = 64
	maxVariables      = 24
)

// setVariable keeps a variable, and reports whether it did: if it is one of those that mean something here.
func (e environment) setVariable(name, value string) bool {
	known := name == "TERM" || name == "COLORTERM" || name == "LANG" || strings.HasPrefix(name, "LC_")
	if !known || len(name) > maxVariableLength || len(value) > maxVariableLength || len(e) >= maxVariables || !isHarmless(value) {
		return false
	}
	e[name] = value
	return true
}

// isHarmless reports whether there is nothing in a value but what names are made of.
func isHarmless(value string) bool {
	return !strings.ContainsFunc(value, func(r rune) bool {
		return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || strings.ContainsRune("-_.@:+", r))
	})
}

// list returns the environment in the form of os.Environ.
func (e environment) list() (all []string) {
	for name, value := range e {
		all = append(all, name+"="+value)
	}
	return all
}

// language returns the client's, as far as it says: English stands in for those
// that the desk does not speak (POSIX, Base Definitions §8.2).
func (e environment) language(otherwise text.Language) text.Language {
	locale := cmp.Or(e["LC_ALL"], e["LC_MESSAGES"], e["LANG"])
	tongue, _, _ := strings.Cut(locale, ".")
	tongue, _, _ = strings.Cut(tongue, "_")
	switch strings.ToLower(tongue) {
	case "", "c", "posix":
		return otherwise
	case "nl":
		return text.Dutch
	}
	return text.English
}
