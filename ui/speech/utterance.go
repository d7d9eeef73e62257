package speech

import (
	"strings"

	"loket/flows/text"
	"loket/ui/plain/lines"
	"loket/ui/words"
)

// An Utterance is a text to speak, and how to speak it.
type Utterance struct {
	Text     string
	Language text.Language
	Rate     Rate
	IsSpelt  bool   // IsSpelt is true if the text is spoken character by character.
	volume   Volume // volume is how loud the text is spoken. The Speaker sets it.
}

// A Rate is how fast a text is spoken, from -100 to 100. Zero is the usual speed of the service.
type Rate int

// The rates that a visitor can choose.
const (
	Slowest Rate = -60
	Slower  Rate = -30
	Usual   Rate = 0
	Faster  Rate = 30
	Fastest Rate = 60
)

// Rates has the rates in the order in which the visitor goes through them.
var Rates = []Rate{Usual, Slower, Slowest, Fastest, Faster}

// A Volume is how loud a text is spoken, from -100 to 100. 100 is the loudest that the service can be, and -100 is silence.
type Volume int

// volumeLevels are the volumes that a visitor can choose, from soft to loud. They are 4 dB apart, because the service multiplies
// the sound by (volume + 100) / 200. Each of them can be heard. 0 is not among them, because it stands for no choice.
var volumeLevels = []Volume{-68, -50, -20, 26, 100}

// nextVolume returns the nearest level above v or, if by is negative, below it. It returns v if there is no such level.
func nextVolume(v Volume, by int) Volume {
	next := v
	for _, level := range volumeLevels {
		switch {
		case by > 0 && level > v:
			return level
		case by < 0 && level < v:
			next = level
		}
	}
	return next
}

// MaxTextLength is the maximum number of bytes of a text that is spoken. It is longer than any page of the desk.
const MaxTextLength = 32 << 10

// dataLines returns the text as the lines of data of a SPEAK command, with the line that ends them. A line that begins with a
// dot gets another dot before it, so that no text can end the data. No-break spaces become spaces, because synthesizers do not
// pause at a comma before a no-break space.
func (u Utterance) dataLines() string {
	var b strings.Builder
	for line := range strings.SplitSeq(words.StripControl(cutBytes(u.Text, MaxTextLength)), "\n") {
		if strings.HasPrefix(line, ".") {
			b.WriteByte('.')
		}
		b.WriteString(dataSpaces.Replace(line) + "\r\n")
	}
	return b.String() + ".\r\n"
}

var dataSpaces = strings.NewReplacer("\r", " ", "\u00a0", " ")

// cutBytes returns the beginning of a text of at most length bytes, without a part of a character at the end.
func cutBytes(s string, length int) string {
	if len(s) <= length {
		return s
	}
	return strings.ToValidUTF8(s[:length], "")
}

// wordCount returns how many words the text has when it is spoken. Each character of a text that is spelt is a word.
func (u Utterance) wordCount() int {
	if u.IsSpelt {
		return len(u.Text)
	}
	return lines.CountSpokenWords(u.Text)
}
