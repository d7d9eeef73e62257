package demo

import (
	"errors"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"loket/flows/clock"
	"loket/flows/text"
	"loket/ui/keys"
	"loket/ui/screen"
	"loket/ui/screen/screentest"
	"loket/ui/theme"
)

// openPanel opens the demo panel of a sandbox that has mail.
func openPanel(t *testing.T) (*Panel, *Sandbox) {
	t.Helper()
	t.Setenv("TMPDIR", t.TempDir())
	clock := clock.New()
	clock.Advance(screentest.FrameTime.Sub(clock.Now()))
	sandbox, err := OpenSandbox(t.Context(), clock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := sandbox.Close(); err != nil {
			t.Error(err)
		}
	})
	screentest.ReceiveMail(t, sandbox.Sandbox)
	p := NewPanel(sandbox)
	work(t, p, p.Start())
	return p, sandbox
}

// work runs the background work of a panel, and passes it the result.
func work(t *testing.T, p *Panel, cmd tea.Cmd) {
	t.Helper()
	switch msg := screentest.CmdMessage(cmd).(type) {
	case screen.BackgroundWork:
		work(t, p, p.Update(msg.Work(t.Context())))
	}
}

// TestPanelWithoutStore checks that the panel reports a failing store in words, and tries again where that may help.
func TestPanelWithoutStore(t *testing.T) {
	p, _ := openPanel(t)
	press := func(key string) { work(t, p, p.Update(keys.PressByName(key))) }
	sees := func(says string) {
		t.Helper()
		if shown := screentest.PageText(p.View(screentest.Frame(text.Dutch, screen.ColumnWidth))); !strings.Contains(shown, says) {
			t.Errorf("no %q on\n%s", says, shown)
		}
	}
	press("2")
	broken := errors.New("the disk is gone")
	p.Update(mailFetched{mailbox: p.parts[1].Screen.(*mailbox), err: broken})
	sees("De post kon niet worden opgehaald.")
	press("enter")
	sees("Th. Wiersma")
	press("3")
	p.Update(clockMovedMsg{screen: p.parts[2].Screen.(*clockScreen), err: broken})
	sees("wat er intussen gebeurde, is niet bekend")
}

// TestPanelKeepsToColumn checks the width of every line of every part, also on a Linux console,
// which lacks some glyphs.
func TestPanelKeepsToColumn(t *testing.T) {
	p, sandbox := openPanel(t)
	mail := p.parts[1].Screen.(*mailbox).mail
	var screens []screen.Screen
	for i := range p.parts {
		screens = append(screens, p.parts[i], &mailScreen{mail: mail[i]})
	}
	people := p.parts[0].Screen.(*peopleScreen)
	for width := 52; width <= screen.ColumnWidth; width++ {
		for _, language := range []text.Language{text.Dutch, text.English} {
			f := screen.Frame{Width: width, Height: 15, Lang: language, Theme: theme.New(theme.Normal, colorprofile.ANSI, true), Now: sandbox.Clock.Now()}
			for i := range people.people {
				people.focusIndex = i
				p.visiblePart = i % len(p.parts)
				wantWithin(t, p.View(f), f)
				wantWithin(t, people.View(f), f)
			}
			for _, s := range screens {
				wantWithin(t, s.View(f), f)
			}
		}
	}
}

func wantWithin(t *testing.T, p screen.Page, f screen.Frame) {
	t.Helper()
	for _, line := range p.Lines {
		if lipgloss.Width(line) > f.Width || strings.ContainsAny(line, "€…“”‘’–") {
			t.Errorf("width %d: %q", f.Width, ansi.Strip(line))
		}
	}
}
