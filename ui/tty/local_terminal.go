package tty

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
)

// LocalTerminal is a terminal of this machine that a kiosk has for its own: the kiosk
// does not only draw on it, but sees to it from the beginning to the end.
type LocalTerminal struct {
	In      io.Reader
	Out     io.Writer
	Console bool // whether it is a Linux console, which gets the colours of the desk

	before *term.State // of In, if that is a terminal
}

// Begin sets it up, and clears it first where customers walk in. Until End no key that
// is pressed is shown, or sends a signal, whether a kiosk runs at that moment or not.
func (l *LocalTerminal) Begin(walkIn bool) (err error) {
	if f, is := l.In.(*os.File); is && term.IsTerminal(f.Fd()) {
		if l.before, err = term.MakeRaw(f.Fd()); err != nil {
			return fmt.Errorf("set up terminal: %w", err)
		}
	}
	if walkIn {
		l.write(clear)
	}
	if l.Console {
		l.write(theme.SetPalette)
	}
	return nil
}

// End leaves it as it was; with messages on it and nothing else, if there are any.
func (l *LocalTerminal) End(messages ...text.Text) (err error) {
	if l.Console {
		l.write(theme.ResetPalette)
	}
	if len(messages) > 0 {
		l.show(messages)
		l.write("\r\n" + ansi.SetModeTextCursorEnable)
	}
	if l.before != nil {
		if err = term.Restore(l.In.(*os.File).Fd(), l.before); err != nil {
			return fmt.Errorf("leave terminal: %w", err)
		}
	}
	return nil
}

// Options have a program read from and draw on the terminal. There are none if nobody
// has the terminal for their own. afresh is whether what was typed before does not
// count, as where customers walk in. gone is called when the terminal is gone.
func (l *LocalTerminal) Options(clock *clock.Clock, afresh bool, gone func()) []tea.ProgramOption {
	if l == nil {
		return nil
	}
	k := NewKeyboard(l.In, clock)
	k.gone = gone
	if afresh {
		k.IgnoreWaiting()
	}
	return []tea.ProgramOption{tea.WithInput(k.asFile()), tea.WithOutput(unquestioned(l.Out))}
}

// Show shows messages and no cursor, if somebody has the terminal for their own. It
// does nothing but write: whatever else there is may be what failed.
func (l *LocalTerminal) Show(messages ...text.Text) {
	if l != nil {
		l.show(messages)
		l.write(ansi.ResetModeTextCursorEnable)
	}
}

// show shows messages in both languages, and nothing else.
func (l *LocalTerminal) show(messages []text.Text) {
	lines := []string{""}
	for _, language := range []text.Language{text.Dutch, text.English} {
		for _, message := range messages {
			lines = append(lines, "  "+message.In(language))
		}
		lines = append(lines, "")
	}
	l.write(clear + strings.Join(lines, "\r\n"))
}

// clear clears a terminal, and what it remembers of what was on it (R19).
var clear = ansi.ResetStyle + ansi.CursorHomePosition + ansi.EraseEntireScreen + ansi.EraseDisplay(3)

// write writes what drives the terminal. That the terminal is gone is seen by reading it.
func (l *LocalTerminal) write(sequences string) { fmt.Fprint(l.Out, sequences) }
