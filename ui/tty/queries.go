package tty

import (
	"bytes"
	"io"
	"os"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// terminalQueries are the sequences with which Bubble Tea asks a terminal about its features. The desk needs no answers. An
// old terminal shows such a query as text, and a slow one may answer when somebody is already typing.
var terminalQueries = [][]byte{
	[]byte(ansi.RequestModeSynchronizedOutput), []byte(ansi.RequestModeUnicodeCore), []byte(ansi.RequestKittyKeyboard),
}

// WithoutQueries returns an option with which Bubble Tea writes to a terminal but leaves out terminalQueries.
func WithoutQueries(to io.Writer) tea.ProgramOption { return tea.WithOutput(filterQueries(to)) }

// filterQueries returns a writer that writes to a terminal but leaves out terminalQueries.
func filterQueries(to io.Writer) io.Writer {
	if f, is := to.(*os.File); is {
		return queryFileFilter{f}
	}
	return queryFilter{to}
}

// A queryFilter is a writer that leaves out terminalQueries. Bubble Tea always writes a sequence in one piece.
type queryFilter struct{ io.Writer }

func (s queryFilter) Write(p []byte) (int, error) {
	said := p
	for _, question := range terminalQueries {
		if bytes.Contains(said, question) {
			said = bytes.ReplaceAll(said, question, nil)
		}
	}
	if _, err := s.Writer.Write(said); err != nil {
		return 0, err
	}
	return len(p), nil
}

// A queryFileFilter is a queryFilter that writes to a file. Bubble Tea needs the file to find the size of the terminal.
type queryFileFilter struct{ *os.File }

func (f queryFileFilter) Write(p []byte) (int, error) { return queryFilter{f.File}.Write(p) }

func (f queryFileFilter) WriteString(s string) (int, error) { return f.Write([]byte(s)) }
