package desks

import "loket/ui/theme"

// automaticTheme is the name of the theme that depends on where the desk runs.
const automaticTheme theme.Name = "auto"

// visitTheme returns the theme with which every visit begins. If the flags name none, a kiosk gets the spacious theme, because
// people stand at a kiosk and see it from further away.
func visitTheme(named theme.Name, kiosk bool) theme.Name {
	switch {
	case named != automaticTheme:
		return named
	case kiosk:
		return theme.Spacious
	}
	return theme.Normal
}
