package theme

import (
	"slices"

	"loket/flows/text"
)

// Name names a theme that a visitor can choose.
type Name string

const (
	Normal           Name = "normal"
	Contrast         Name = "contrast" // no colours; the focus is reversed, and the terminal white on black
	Spacious         Name = "large"    // room between things, for poor sight and unsteady hands
	SpaciousContrast Name = "both"     // Contrast and Spacious
)

var allNames = []Name{Normal, Contrast, Spacious, SpaciousContrast}

// Next is the theme that comes after n, round and round.
func (n Name) Next() Name { return allNames[(slices.Index(allNames, n)+1)%len(allNames)] }

// DisplayName names the theme to a visitor.
func (n Name) DisplayName() text.Text {
	switch n {
	case Contrast:
		return text.New("hoog contrast", "high contrast")
	case Spacious:
		return text.New("meer ruimte", "more room")
	case SpaciousContrast:
		return text.New("contrast en ruimte", "contrast and room")
	}
	return text.New("gewoon", "normal")
}

// Hint returns the name as it stands beside a key, after the two names before it: short enough for
// the other keys of the footer.
func (n Name) Hint() text.Text {
	if n == SpaciousContrast {
		return text.New("beide", "both")
	}
	return n.DisplayName()
}

func (n Name) hasContrast() bool { return n == Contrast || n == SpaciousContrast }
func (n Name) isSpacious() bool  { return n == Spacious || n == SpaciousContrast }
