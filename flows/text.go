package flows

import (
	"fmt"
	"time"
)

// Language is one that a customer can read the desk in.
type Language string

const (
	Dutch   Language = "nl"
	English Language = "en"
)

// Other is the language to switch to.
func (l Language) Other() Language {
	if l == English {
		return Dutch
	}
	return English
}

// Text is one message in every language of the desk. Write it unkeyed, so that
// a missing language does not compile.
type Text struct{ NL, EN string }

// In gives the text in one language; whatever is not English is Dutch.
func (t Text) In(l Language) string {
	if l == English {
		return t.EN
	}
	return t.NL
}

// say returns a message that is always the same.
func say(nl, en string) func() Text { return func() Text { return Text{nl, en} } }

// text puts two sentences together, such as those that package dutch gives.
func text(nl, en string) Text { return Text{nl, en} }

// inWords tells a time to wait, in whole seconds or minutes, never too short.
func inWords(d time.Duration) (nl, en string) {
	seconds := int((d + time.Second - 1) / time.Second)
	if seconds > 90 {
		minutes := (seconds + 59) / 60
		return fmt.Sprintf("%d minuten", minutes), fmt.Sprintf("%d minutes", minutes)
	}
	if seconds == 1 {
		return "1 seconde", "1 second"
	}
	return fmt.Sprintf("%d seconden", seconds), fmt.Sprintf("%d seconds", seconds)
}
