package theme

import (
	"image/color"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
)

// An ink is a colour for letters, as a number among the 256 and in full. Nobody
// knows what colour a terminal is, so that an ink keeps its contrast with black
// and with white: 4.5 to 1, as WCAG 2.2 asks for text (1.4.3, level AA). Of the
// 256 no orange does; the one that comes closest has 4.46.
type ink struct{ of256, full string }

var (
	orange = ink{"130", "#C85000"}
	grey   = ink{"243", "#767676"}
	green  = ink{"29", "#12874B"}
	red    = ink{"131", "#D43D3D"}
)

// in is the ink on a terminal of 256 colours or more.
func (i ink) in(profile colorprofile.Profile) color.Color {
	if profile == colorprofile.ANSI256 {
		return lipgloss.Color(i.of256)
	}
	return lipgloss.Color(i.full)
}

// inks are the ones that a terminal has.
type inks struct{ orange, grey, green, red color.Color }

// terminalInks gives the inks of a terminal. What 16 colours look like is up to the
// terminal, and none of them is readable on all. So there only the orange is
// used, which is for marks that say nothing by themselves. But the Linux console
// is black, and its colours are known.
func terminalInks(profile colorprofile.Profile, console bool) inks {
	none := lipgloss.NoColor{}
	switch {
	case profile >= colorprofile.ANSI256:
		return inks{orange.in(profile), grey.in(profile), green.in(profile), red.in(profile)}
	case profile == colorprofile.ANSI && console:
		return inks{lipgloss.Yellow, none, lipgloss.Green, lipgloss.BrightRed}
	case profile == colorprofile.ANSI:
		return inks{lipgloss.Yellow, none, none, none}
	}
	return inks{none, none, none, none}
}
