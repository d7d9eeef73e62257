package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"loket/ui/pages"
	"loket/ui/screen"
)

// cachedView is the view that was drawn last. It saves time on a server with hundreds of terminals, because an idle kiosk
// rarely changes from one tick to the next.
type cachedView struct {
	view tea.View
	key  idleViewKey
}

// idleViewKey identifies the view of an idle kiosk. The zero value means that the kiosk is not idle and must be drawn every
// time.
type idleViewKey struct {
	home    *pages.Menu
	attract bool
	minute  time.Time
	offers  int
}

// viewInThemeColours returns a view whose terminal has the colours of the theme.
func viewInThemeColours(content string, f screen.Frame) tea.View {
	v := tea.NewView(content)
	v.BackgroundColor, v.ForegroundColor = f.Theme.Background, f.Theme.Foreground
	return v
}
