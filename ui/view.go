package ui

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"loket/flows"
	"loket/flows/place"
	"loket/ui/aids"
	"loket/ui/attract"
	"loket/ui/background"
	"loket/ui/demo"
	"loket/ui/layout"
	"loket/ui/pages"
	"loket/ui/screen"
)

// screenFrame returns the frame for the screen on top.
func (a *App) screenFrame() screen.Frame {
	f := a.columnFrame()
	if a.isPanelBeside() {
		f = layout.PanelFrame(f)
	}
	return f
}

// isPanelBeside reports whether the demo panel is open beside another screen.
func (a *App) isPanelBeside() bool {
	_, panel := a.topScreen().(*demo.Panel)
	return panel && a.screens.Len() > 1 && a.terminal.HasRoomBeside()
}

// columnFrame returns the frame of the column in the middle of the terminal, above the aids.
func (a *App) columnFrame() screen.Frame {
	f := a.frameWithAids()
	f.Height = max(f.Height-len(a.drawnAids.Lines), 1)
	return f
}

// frameWithAids returns the frame of the column in the middle of the terminal, including the lines of the aids.
func (a *App) frameWithAids() screen.Frame {
	f := a.terminal.ColumnFrame()
	f.Lang, f.Theme, f.Now = a.language, a.theme, a.desk.Clock.Now()
	f.FunctionKeys = a.options.WalkIn || a.terminal.IsConsole
	return f
}

// View draws the kiosk. If drawing panics, it draws an apology instead.
func (a *App) View() (v tea.View) {
	defer func() {
		if !a.hasDrawnFrame && a.terminal.Width > 0 {
			a.hasDrawnFrame = true
			a.options.ReportAlive()
		}
	}()
	defer func() {
		v.AltScreen, v.WindowTitle = true, "Loket"
		if a.terminal.IsConsoleKnown && !a.terminal.IsConsole {
			v.MouseMode = tea.MouseModeCellMotion
		}
	}()
	if f := background.CatchPanic(func() { v = a.drawCachedView() }); f != nil {
		a.showApology(*f)
		v = a.drawCachedView()
	}
	return v
}

// idleViewKey returns what identifies the view if the kiosk is idle, or else the zero value.
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
	case a.terminal.Width == 0 || a.terminal.Height == 0:
		return tea.NewView("") // The size of the terminal is not known yet.
	case a.terminal.IsTooSmall():
		return tea.NewView(a.terminal.TooSmallText(a.language, a.offersPlainFace()))
	}
	a.drawnAids = a.aids.Draw(a.frameWithAids(), secretOffer(a.visit, a.topScreen()))
	f := a.screenFrame()
	if a.isAttractShown {
		return viewInThemeColours(a.drawAttract(f), f)
	}
	lines, cursor := a.renderLines(f)
	content := strings.Join(lines, "\n")
	if d := a.dialog; d != nil {
		content, cursor = d.DrawOver(content, f, a.terminal.Width, a.terminal.Height)
	}
	if a.aids.Scanner.IsOn() {
		var question []screen.KeyZone
		if a.dialog != nil {
			question = a.dialog.Zones()
		}
		content, cursor = a.aids.LightUp(content, cursor, f, aids.Pressable{Rows: a.viewport.ScanRows(question), Zones: a.viewport.Zones, NameBar: a.viewport.NameBar}, a.desk.Clock.RealNow())
	}
	v := viewInThemeColours(content, f)
	v.Cursor = cursor
	return v
}

// drawAttract draws the attract screen.
func (a *App) drawAttract(f screen.Frame) string {
	content, zones := attract.Attract{
		Width: a.terminal.Width, Height: a.terminal.Height, HasSpeech: a.hasSpeech(),
		Offers: flows.MenuAt(a.visit, place.Home).Places, UnattendedTime: a.idle.UnattendedTime(),
	}.Draw(f)
	a.viewport = layout.Viewport{Zones: zones}
	return content
}

// renderLines returns the lines of the whole terminal, with the screen on top in frame f.
func (a *App) renderLines(f screen.Frame) ([]string, *tea.Cursor) {
	parts := layout.Parts{
		Header: a.header(), Page: layout.DrawWithLargestGap(a.topScreen(), f), Aids: a.drawnAids, Footer: a.footer(f),
		IsCovered: a.dialog != nil, IsBusy: a.isBusy(),
	}
	if a.isPanelBeside() {
		parts.Left = layout.Column{Screen: a.screens.OpenScreens()[a.screens.Len()-2], Frame: a.columnFrame()}
	}
	return a.viewport.Draw(a.terminal, f, parts)
}
