package ui

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"loket/flows/text"
	"loket/ui/screen"
)

// The smallest terminal that the kiosk can be used on (R15).
const (
	leastWidth  = 60
	leastHeight = 20
)

func (a *App) tooSmall() bool {
	return a.terminal.width < leastWidth || a.terminal.height < leastHeight
}

// frame is what the screen on top draws in.
func (a *App) frame() screen.Frame {
	return screen.Frame{
		Width:  max(min(screen.ColumnWidth, a.terminal.width-4), 1),
		Room:   max(a.terminal.width-4, 1),
		Height: max(a.terminal.height-headerHeight-footerHeight, 1),
		Lang:   a.language, Theme: a.look, Now: a.desk.Clock.Now(),
	}
}

// View draws the kiosk. A screen that cannot be drawn is replaced by an apology.
func (a *App) View() (v tea.View) {
	defer func() {
		if !a.shown && a.terminal.width > 0 {
			a.shown = true
			a.options.Alive()
		}
	}()
	defer func() {
		v.AltScreen, v.WindowTitle = true, "Loket"
		if a.terminal.named && !a.terminal.console {
			v.MouseMode = tea.MouseModeCellMotion
		}
	}()
	defer func() {
		if p := recover(); p != nil {
			a.apologise(faultOf(p))
			v = a.draw()
		}
	}()
	return a.draw()
}

// glance is what was to be seen last, and when. Of hundreds of terminals nobody is
// at most: from one heartbeat to the next nothing changes there.
type glance struct {
	view tea.View
	of   restful
}

// restful is all that a kiosk at which nobody is shows anything of; the zero one
// goes for any other.
type restful struct {
	home    *menu
	attract bool
	minute  time.Time
	offers  time.Duration
}

func (a *App) restful() restful {
	home, is := a.top().(*menu)
	if !is || a.idle.begun || a.dialog != nil || home.notice != nil && home.fades {
		return restful{}
	}
	return restful{home, a.attract, a.desk.Clock.Now().Truncate(time.Minute), a.idle.alone / offersShown}
}

// draw draws what may have changed.
func (a *App) draw() tea.View {
	of := a.restful()
	if of == (restful{}) || of != a.glance.of {
		a.glance = glance{a.drawAnew(), of}
		a.options.Drawn()
	}
	return a.glance.view
}

func (a *App) drawAnew() tea.View {
	switch {
	case a.terminal.width == 0 || a.terminal.height == 0:
		return tea.NewView("") // its size is still to come
	case a.tooSmall():
		return tea.NewView(a.askForRoom())
	}
	f := a.frame()
	if a.attract {
		return onPaper(a.inviting(f), f)
	}
	lines, cursor := a.drawn(f)
	content := strings.Join(lines, "\n")
	if d := a.question(); d != nil {
		content, cursor = over(content, d, f, a.terminal)
	}
	v := onPaper(content, f)
	v.Cursor = cursor
	return v
}

// onPaper is a view in the colours that the theme has for the whole terminal.
func onPaper(content string, f screen.Frame) tea.View {
	v := tea.NewView(content)
	v.BackgroundColor, v.ForegroundColor = f.Theme.Paper, f.Theme.Ink
	return v
}

// question is the question that goes first, if there is one.
func (a *App) question() *dialog {
	if a.warned() {
		return a.stillThere()
	}
	return a.dialog
}

// askForRoom is the one line for a terminal that is too small.
func (a *App) askForRoom() string {
	t := text.New("Maak het venster groter: %d bij %d", "Please enlarge the window: %d by %d")
	line := fmt.Sprintf(t.In(a.language), leastWidth, leastHeight)
	return ansi.Truncate(line, a.terminal.width, "")
}

// drawn gives the lines of the whole terminal: header, the part of the page that
// is in sight, and footer.
func (a *App) drawn(f screen.Frame) ([]string, *tea.Cursor) {
	p := a.page(f)
	f.Width = max(f.Width, p.Spread)
	a.sight.x = (a.terminal.width - f.Width) / 2
	a.sight.y = headerHeight
	a.sight.show(p, f.Height)

	body := p.Lines[a.sight.top:min(a.sight.top+f.Height, len(p.Lines))]
	above := topMargin(f.Height - len(body))
	a.sight.y += above

	lines := a.header(f)
	lines = append(lines, make([]string, above)...)
	lines = append(lines, body...)
	lines = append(lines, make([]string, headerHeight+f.Height-len(lines))...)
	lines = append(lines, a.footer(f)...)
	margin := strings.Repeat(" ", a.sight.x)
	for i, line := range lines {
		if line != "" {
			lines[i] = margin + line
		}
	}
	return lines, a.sight.onTerminal(p.Cursor)
}

// page draws the screen on top, with as much room between things as there is.
// Where they stand two lines apart, there is one above and below them too. In a
// wide theme there is room on a page that does not fit anyhow.
func (a *App) page(f screen.Frame) screen.Page {
	for f.Gap = f.Theme.Gap; f.Gap > 0; f.Gap-- {
		if p := a.top().View(f); len(p.Lines)+2*(f.Gap-1) <= f.Height {
			return p
		}
	}
	p := a.top().View(f)
	if len(p.Lines) > f.Height && f.Theme.Wide {
		f.Gap = 1
		p = a.top().View(f)
	}
	return p
}

// topMargin is how many of the lines to spare go above a page: one, and on a
// tall terminal more, so that it hangs a little above the middle.
func topMargin(spare int) int {
	return min(1, spare) + max(spare-10, 0)/3
}

// over draws a question over what stands there, which steps back. Beside the
// question and next to it nothing is left of that: nobody can read half a line.
func over(content string, d *dialog, f screen.Frame, t terminal) (string, *tea.Cursor) {
	box, at := d.draw(f)
	width, height := lipgloss.Size(box)
	x, y := (t.width-width)/2, (t.height-height)/2
	behind := strings.Split(ansi.Strip(content), "\n")
	for i, line := range behind {
		if behind[i] = f.Theme.Muted.Render(line); y-1 <= i && i <= y+height {
			behind[i] = ""
		}
	}
	layers := lipgloss.NewCompositor(
		lipgloss.NewLayer(strings.Join(behind, "\n")),
		lipgloss.NewLayer(box).X(x).Y(y).Z(1))
	return lipgloss.NewCanvas(t.width, t.height).Compose(layers).Render(), screen.NewCursor(x+at.X, y+at.Y)
}
