package theme

import (
	"slices"

	"loket/flows/text"
)

// Name is the name of a theme that a visitor can choose.
type Name string

const (
	Normal Name = "normal"
	// Contrast has no colours. The terminal is white on black, and the row with the focus is reversed.
	Contrast         Name = "contrast"
	Spacious         Name = "large" // Spacious has more room between items, for people with poor sight or unsteady hands.
	SpaciousContrast Name = "both"  // SpaciousContrast combines Contrast and Spacious.
)

var allNames = []Name{Normal, Contrast, Spacious, SpaciousContrast}

// Next returns the theme that comes after n. After the last theme comes the first.
func (n Name) Next() Name { return allNames[(slices.Index(allNames, n)+1)%len(allNames)] }

// DisplayName returns the name of the theme for a visitor.
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

// FooterName returns a short name of the theme for the footer, beside the key that chooses the next theme.
func (n Name) FooterName() text.Text {
	if n == SpaciousContrast {
		return text.New("beide", "both")
	}
	return n.DisplayName()
}

func (n Name) hasContrast() bool { return n == Contrast || n == SpaciousContrast }
func (n Name) isSpacious() bool  { return n == Spacious || n == SpaciousContrast }
