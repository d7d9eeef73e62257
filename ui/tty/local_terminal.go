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

// LocalTerminal is a terminal of this machine that is a kiosk. The kiosk sets it up, draws on it, and restores it.
type LocalTerminal struct {
	In        io.Reader
	Out       io.Writer
	IsConsole bool // IsConsole reports whether the terminal is a Linux console, on which the desk sets the colour palette.

	initialState *term.State // initialState is the state of In before Begin. It is nil if In is not a terminal.
}

// SetUpTerminal sets up the terminal, and clears it if walkIn is true. Until End is called, the terminal echoes no keys and no key
// sends a signal, not even between two runs of the screen.
func (l *LocalTerminal) SetUpTerminal(walkIn bool) (err error) {
	if f, is := l.In.(*os.File); is && term.IsTerminal(f.Fd()) {
		if l.initialState, err = term.MakeRaw(f.Fd()); err != nil {
			return fmt.Errorf("set up terminal: %w", err)
		}
	}
	if walkIn {
		l.write(clearSequence)
	}
	if l.IsConsole {
		l.write(utf8Sequence + theme.SetPaletteSequence)
	}
	return nil
}

// RestoreTerminal restores the terminal. If there are messages, it clears the screen and shows them.
func (l *LocalTerminal) RestoreTerminal(messages ...text.Text) (err error) {
	if l.IsConsole {
		l.write(theme.ResetPaletteSequence)
	}
	if len(messages) > 0 {
		l.writeMessages(messages)
		l.write("\r\n" + ansi.SetModeTextCursorEnable)
	}
	if l.initialState != nil {
		if err = term.Restore(l.In.(*os.File).Fd(), l.initialState); err != nil {
			return fmt.Errorf("leave terminal: %w", err)
		}
	}
	return nil
}

// ProgramOptions returns the options for a Bubble Tea program that runs on the terminal. If l is nil, there are no options. If
// ignoreEarlier is true, the program ignores input that was sent before. gone is called when the terminal is closed.
func (l *LocalTerminal) ProgramOptions(clock *clock.Clock, ignoreEarlier bool, gone func()) []tea.ProgramOption {
	if l == nil {
		return nil
	}
	k := NewKeyboard(l.In, clock)
	k.onClose = gone
	if ignoreEarlier {
		k.IgnoreEarlierInput()
	}
	return []tea.ProgramOption{tea.WithInput(k.asFile()), WithoutQueries(l.Out)}
}

// ShowMessages shows messages on the terminal, without a cursor. It only writes to the terminal, because it is called after a
// failure of anything else. It does nothing if l is nil.
func (l *LocalTerminal) ShowMessages(messages ...text.Text) {
	if l != nil {
		l.writeMessages(messages)
		l.write(ansi.ResetModeTextCursorEnable)
	}
}

// writeMessages clears the terminal and shows messages in both languages.
func (l *LocalTerminal) writeMessages(messages []text.Text) {
	lines := []string{""}
	for _, language := range []text.Language{text.Dutch, text.English} {
		for _, message := range messages {
			lines = append(lines, "  "+message.In(language))
		}
		lines = append(lines, "")
	}
	l.write(clearSequence + strings.Join(lines, "\r\n"))
}

// ClearTerminal clears a terminal and its scrollback, so that no data of a visit stays there (R19).
func ClearTerminal(out io.Writer) { fmt.Fprint(out, clearSequence) }

// clearSequence clears a terminal and its scrollback, so that no data of a visitor stays on the screen (R19).
var clearSequence = ansi.ResetStyle + ansi.CursorHomePosition + ansi.EraseEntireScreen + ansi.EraseDisplay(3)

// utf8Sequence makes a Linux console read what is written to it as UTF-8 (console_codes(4)). Setting up a machine without a UTF-8
// locale leaves its console in another encoding.
const utf8Sequence = "\x1b%G"

// write writes to the terminal. It ignores errors, because a closed terminal is noticed when reading from it.
func (l *LocalTerminal) write(sequences string) { fmt.Fprint(l.Out, sequences) }
