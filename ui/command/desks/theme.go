package desks

import "loket/ui/theme"

// automatic is the theme that goes by where the desk is.
const automatic theme.Name = "auto"

// visitTheme returns the theme that every visit begins with, where one is named in the flags.
// People stand at a kiosk, and see it from further away.
func visitTheme(named theme.Name, kiosk bool) theme.Name {
	switch {
	case named != automatic:
		return named
	case kiosk:
		return theme.Spacious
	}
	return theme.Normal
}
