package screenreader

import (
	"unicode/utf8"

	"loket/ui/screen"
	"loket/ui/words"
)

// Lit is what scanning lights up, or the key of the on-screen keyboard at the marker. The zero value is nothing.
type Lit struct {
	At         any              // At identifies the place on the screen.
	Names      []screen.Passage // Names are the names of what is there, from left to right.
	IsKeyboard bool             // IsKeyboard is true if keys of the on-screen keyboard are there.
	HidesKeys  bool             // HidesKeys is true if Names lacks keys that would betray a secret.
}

// Aids are the aids of the visitor that the reader tells about.
type Aids struct {
	Lit          Lit
	KeyboardOpen bool // KeyboardOpen is true if the on-screen keyboard is shown at lines to type in.
	ScanningOn   bool
}

// aidsState is what was said about the aids.
type aidsState struct {
	lit          Lit
	litName      string // litName is what was said for lit.
	isNamingLit  bool   // isNamingLit is true if the last text that was spoken is litName.
	keyboardOpen bool
	scanningOn   bool
	hasToldHeard bool   // hasToldHeard is true if the visitor knows that others hear which key they choose.
	toldSecretAt string // toldSecretAt is the ID of the field for which the visitor was last told that its keys are not named.
}

// readAids speaks which aids the visitor turned on or off, and what is lit or marked now. field is the ID of the field or other
// element that has the focus.
func (r *Reader) readAids(now Aids, field string) {
	switch {
	case now.ScanningOn && !r.scanningOn:
		r.say(words.ScanningOnText)
	case r.scanningOn && !now.ScanningOn:
		r.say(words.ScanningOffText)
	case now.KeyboardOpen && !r.keyboardOpen:
		r.say(words.KeyboardOpenText)
	case r.keyboardOpen && !now.KeyboardOpen:
		r.say(words.KeyboardGoneText)
	}
	r.scanningOn, r.keyboardOpen = now.ScanningOn, now.KeyboardOpen
	if now.ScanningOn && r.speaker.IsSpeaking() && !r.isNamingLit {
		return // The light waits for the end of speech.
	}
	r.readLit(now.Lit, field)
}

// readLit speaks the names of what is lit or marked, if that has changed.
func (r *Reader) readLit(now Lit, field string) {
	said := r.narrator.Row(now.Names)
	if now.At == r.lit.At && said == r.litName {
		return
	}
	r.lit, r.litName = now, said
	switch {
	case now.HidesKeys && r.toldSecretAt != field:
		r.toldSecretAt = field
		r.say(words.KeysSecretText)
	case now.IsKeyboard && !now.HidesKeys && !r.isHeadset && !r.hasToldHeard:
		r.hasToldHeard = true
		r.say(words.KeysHeardText)
	}
	if said != "" {
		r.speak(said, utf8.RuneCountInString(said) == 1)
		r.isNamingLit = true
	}
}

// IsSpeaking reports whether something is spoken now, for which the light of scanning must wait.
func (r *Reader) IsSpeaking() bool { return r.isOn && r.speaker.IsSpeaking() }

// HasInterruptedScreen reports whether the last input interrupted the reading of a new screen. Then the input must take nothing
// that is lit, because the visitor has not heard what that is.
func (r *Reader) HasInterruptedScreen() bool { return r.hasInterrupted }
