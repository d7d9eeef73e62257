package ui

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"loket/flows"
	"loket/flows/place"
	"loket/ui/attract"
	"loket/ui/bars"
	"loket/ui/pages"
	"loket/ui/scanning"
	"loket/ui/screen"
)

// screenFrame returns the frame for the screen on top.
func (a *App) screenFrame() screen.Frame {
	f := a.columnFrame()
	if a.isPanelBeside() {
		f = a.panelFrame(f)
	}
	return f
}

// columnFrame returns the frame of the column in the middle of the terminal, above the aids.
func (a *App) columnFrame() screen.Frame {
	f := a.frameWithAids()
	f.Height = max(f.Height-len(a.drawnAids.lines), 1)
	return f
}

// frameWithAids returns the frame of the column in the middle of the terminal, including the lines of the aids.
func (a *App) frameWithAids() screen.Frame {
	return screen.Frame{
		Width:     min(screen.ColumnWidth, a.terminal.contentWidth()),
		FullWidth: a.terminal.contentWidth(),
		Height:    max(a.terminal.pageHeight()-a.terminal.topMargin(), 1),
		Lang:      a.language, Theme: a.theme, Now: a.desk.Clock.Now(),
		FunctionKeys: a.options.WalkIn || a.terminal.isConsole,
	}
}

// View draws the kiosk. If drawing panics, it draws an apology instead.
func (a *App) View() (v tea.View) {
	defer func() {
		if !a.hasDrawnFrame && a.terminal.width > 0 {
			a.hasDrawnFrame = true
			a.options.ReportAlive()
		}
	}()
	defer func() {
		v.AltScreen, v.WindowTitle = true, "Loket"
		if a.terminal.isConsoleKnown && !a.terminal.isConsole {
			v.MouseMode = tea.MouseModeCellMotion
		}
	}()
	if f := catchPanic(func() { v = a.drawCachedView() }); f != nil {
		a.showApology(*f)
		v = a.drawCachedView()
	}
	return v
}

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

func (a *App) idleViewKey() idleViewKey {
	home, is := a.topScreen().(*pages.Menu)
	if !is || a.idle.HasVisitor() || a.dialog != nil || home.HasNotice() {
		return idleViewKey{}
	}
	return idleViewKey{home, a.isAttractShown, a.desk.Clock.Now().Truncate(time.Minute), attract.OfferRotationCount(a.idle.UnattendedTime())}
}

// drawCachedView returns the cached view, or draws the kiosk if the view may have changed.
func (a *App) drawCachedView() tea.View {
	key := a.idleViewKey()
	if key == (idleViewKey{}) || key != a.cachedView.key {
		a.cachedView = cachedView{a.drawView(), key}
		a.options.OnDraw()
	}
	return a.cachedView.view
}

func (a *App) drawView() tea.View {
	switch {
	case a.terminal.width == 0 || a.terminal.height == 0:
		return tea.NewView("") // The size of the terminal is not known yet.
	case a.terminal.isTooSmall():
		return tea.NewView(a.terminal.tooSmallText(a.language))
	}
	a.drawnAids = a.drawAids(a.frameWithAids())
	f := a.screenFrame()
	if a.isAttractShown {
		return viewInThemeColours(a.drawAttract(f), f)
	}
	lines, cursor := a.renderLines(f)
	content := strings.Join(lines, "\n")
	if d := a.dialog; d != nil {
		content, cursor = d.DrawOver(content, f, a.terminal.width, a.terminal.height)
	}
	if a.aids.scanner.IsOn() {
		content, cursor = a.drawLight(content, cursor, f)
	}
	v := viewInThemeColours(content, f)
	v.Cursor = cursor
	return v
}

// drawAttract draws the attract screen.
func (a *App) drawAttract(f screen.Frame) string {
	content, zones := attract.Attract{
		Width: a.terminal.width, Height: a.terminal.height, HasSpeech: a.hasSpeech(),
		Offers: flows.MenuAt(a.visit, place.Home).Places, UnattendedTime: a.idle.UnattendedTime(),
	}.Draw(f)
	a.viewport = viewport{zones: zones}
	return content
}

// viewInThemeColours returns a view whose terminal has the colours of the theme.
func viewInThemeColours(content string, f screen.Frame) tea.View {
	v := tea.NewView(content)
	v.BackgroundColor, v.ForegroundColor = f.Theme.Background, f.Theme.Foreground
	return v
}

// renderLines returns the lines of the whole terminal: the header, the visible part of the page
// and the footer.
func (a *App) renderLines(f screen.Frame) ([]string, *tea.Cursor) {
	p := a.drawPage(f)
	left := 0 // left is the number of cells to the left of the page.
	if a.isPanelBeside() {
		left = a.columnFrame().Width + panelGap
	}
	f.Width = max(f.Width, p.NeededWidth) + left
	margin := (a.terminal.width - f.Width) / 2
	a.viewport.x, a.viewport.y = margin+left, bars.HeaderHeight+a.terminal.topMargin()
	a.viewport.scrollTo(p, f.Height)

	body := p.Lines[a.viewport.topLine:min(a.viewport.topLine+f.Height, len(p.Lines))]
	if left > 0 {
		body = a.drawBesidePanel(body)
	}
	lines := a.headerLines(f, margin)
	lines = append(lines, make([]string, a.viewport.y-len(lines))...)
	lines = append(lines, body...)
	lines = append(lines, make([]string, a.viewport.y+f.Height-len(lines))...)
	aids := a.drawnAids
	aidsLine := len(lines)
	lines = append(lines, aids.lines...)
	lines = append(lines, a.footerLines(f, margin, len(lines))...)
	a.viewport.choices, a.viewport.keyboard = nil, nil
	a.viewport.addClickZones(aids.zones, margin, aidsLine)
	a.viewport.bar = scanning.Target{X: margin, Y: aidsLine + len(aids.lines) - 1, Width: aids.nameWidth, Height: 1}
	if a.dialog == nil { // An open question would cover the zones.
		a.viewport.addVisibleZones(p.Zones)
		a.viewport.addChoices(p, f.Width-left)
		a.viewport.keyboard = moveZones(aids.keyboard, margin, aidsLine)
	}
	for i, line := range lines {
		if line != "" {
			lines[i] = strings.Repeat(" ", margin) + line
		}
	}
	cursor := a.viewport.terminalCursor(p.Cursor)
	if cursor == nil && !a.isBusy() {
		// On every page, a screen reader needs a point to start reading from (R33).
		cursor = screen.NewCursor(a.viewport.x, a.viewport.y)
	}
	return lines, cursor
}

// drawPage draws the screen on top.
func (a *App) drawPage(f screen.Frame) screen.Page { return drawWithLargestGap(a.topScreen(), f) }

// drawWithLargestGap draws a screen with the largest gap between items that makes the page fit. A gap of two lines also needs a free
// line above and below the page. If a page is only one line too long, it has no empty line below its title. If a page does not
// fit at all, it has a gap of one line in a roomy theme.
func drawWithLargestGap(s screen.Screen, f screen.Frame) screen.Page {
	for f.Gap = f.Theme.Gap; f.Gap > 0; f.Gap-- {
		if p := s.View(f); len(p.Lines)+2*(f.Gap-1) <= f.Height {
			return p
		}
	}
	p := s.View(f)
	switch over := len(p.Lines) - f.Height; {
	case over == 1:
		f.Tight = true
		return s.View(f)
	case over > 1 && f.Theme.Roomy:
		f.Gap = 1
		return s.View(f)
	}
	return p
}
