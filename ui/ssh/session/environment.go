package session

import (
	"cmp"
	"strings"

	"loket/flows/text"
)

// environment has the variables that a client has sent: TERM, COLORTERM, NO_COLOR and its language.
type environment map[string]string

// The limits on a client's variables: the number of bytes in a name or value, and the number of variables.
const (
	maxVariableLength = 64
	maxVariables      = 24
)

// setVariable stores a variable if its name is known, its value is harmless and there is room. It reports whether it stored
// the variable.
func (e environment) setVariable(name, value string) bool {
	known := name == "TERM" || name == "COLORTERM" || name == "NO_COLOR" || name == "LANG" || strings.HasPrefix(name, "LC_")
	if !known || len(name) > maxVariableLength || len(value) > maxVariableLength || len(e) >= maxVariables || !isHarmlessValue(value) {
		return false
	}
	e[name] = value
	return true
}

// isHarmlessValue reports whether a value has only letters, digits and some punctuation.
func isHarmlessValue(value string) bool {
	return !strings.ContainsFunc(value, func(r rune) bool {
		return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || strings.ContainsRune("-_.@:+", r))
	})
}

// toEnviron returns the environment in the format of os.Environ.
func (e environment) toEnviron() (all []string) {
	for name, value := range e {
		all = append(all, name+"="+value)
	}
	return all
}

// language returns the language of the client's locale (POSIX, Base Definitions §8.2). It returns a default if the client has
// no locale, and English if the desk does not speak the language.
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
