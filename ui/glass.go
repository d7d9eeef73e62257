package ui

import (
	"fmt"
	"io"
	"os"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"

	"loket/flows/clock"
	"loket/flows/text"
	"loket/ui/theme"
	"loket/ui/words"
)

// Glass is a terminal that a kiosk has for its own: it does not only draw on it,
// but sees to it from the beginning to the end.
type Glass struct {
	In      io.Reader
	Out     io.Writer
	Console bool // it is a Linux console, which gets the colours of the desk

	before *term.State // of what In is, if that is a terminal
}

// begin sets it up. Until the end no key that is pressed is shown, or sends a
// signal, whether a kiosk runs at that moment or not.
func (g *Glass) begin(walkIn bool) (err error) {
	if f, is := g.In.(*os.File); is && term.IsTerminal(f.Fd()) {
		if g.before, err = term.MakeRaw(f.Fd()); err != nil {
			return fmt.Errorf("set up terminal: %w", err)
		}
	}
	if walkIn {
		g.write(clear)
	}
	if g.Console {
		g.write(theme.SetPalette)
	}
	return nil
}

// end leaves it as it was, and one where customers walk in with nothing but that
// the desk is closed.
func (g *Glass) end(walkIn bool) (err error) {
	if g.Console {
		g.write(theme.ResetPalette)
	}
	if walkIn {
		g.tell(words.Closed)
		g.write("\r\n" + ansi.SetModeTextCursorEnable)
	}
	if g.before != nil {
		if err = term.Restore(g.In.(*os.File).Fd(), g.before); err != nil {
			return fmt.Errorf("leave terminal: %w", err)
		}
	}
	return nil
}

// keyboard is where keys come from: none if nobody has the terminal for their own.
// What was typed before does not count where customers walk in (afresh). gone is
// called when it is gone.
func (g *Glass) keyboard(clock *clock.Clock, afresh bool, gone func()) []tea.ProgramOption {
	if g == nil {
		return nil
	}
	k := newKeyboard(g.In, clock)
	k.gone = gone
	if afresh {
		k.ignoreWaiting()
	}
	return []tea.ProgramOption{tea.WithInput(k.asFile()), tea.WithOutput(g.Out)}
}

// apologise shows that something went wrong and that the desk begins anew, by
// nothing but writing: whatever else there is may be what failed.
func (g *Glass) apologise() {
	if g != nil {
		g.tell(words.Apology().Title(), words.Restarts)
		g.write(ansi.ResetModeTextCursorEnable)
	}
}

// tell shows messages in both languages, and nothing else.
func (g *Glass) tell(all ...text.Text) {
	lines := []string{""}
	for _, language := range []text.Language{text.Dutch, text.English} {
		for _, text := range all {
			lines = append(lines, "  "+text.In(language))
		}
		lines = append(lines, "")
	}
	g.write(clear + strings.Join(lines, "\r\n"))
}

// clear clears a terminal, and what it remembers of what was on it (R19).
var clear = ansi.ResetStyle + ansi.CursorHomePosition + ansi.EraseEntireScreen + ansi.EraseDisplay(3)

// write writes what drives the terminal. That it is gone, reading it tells.
func (g *Glass) write(sequences string) { fmt.Fprint(g.Out, sequences) }
