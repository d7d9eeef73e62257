package tty

import (
	"bytes"
	"io"
	"os"

	"github.com/charmbracelet/x/ansi"
)

// terminalQueries are the sequences with which Bubble Tea asks a terminal about its features. The desk needs no answers. An
// old terminal shows such a query as text, and a slow one may answer when somebody is already typing.
var questions = [][]byte{
	[]byte(ansi.RequestModeSynchronizedOutput), []byte(ansi.RequestModeUnicodeCore), []byte(ansi.RequestKittyKeyboard),
}

// withoutQueries returns a writer that writes to a terminal but leaves out terminalQueries.
func unquestioned(to io.Writer) io.Writer {
	if f, is := to.(*os.File); is {
		return statementFile{f}
	}
	return statements{to}
}

// A queryFilter is a writer that leaves out terminalQueries. Bubble Tea always writes a sequence in one piece.
type statements struct{ io.Writer }

func (s statements) Write(p []byte) (int, error) {
	said := p
	for _, question := range questions {
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
type statementFile struct{ *os.File }

func (f statementFile) Write(p []byte) (int, error) { return statements{f.File}.Write(p) }

func (f statementFile) WriteString(s string) (int, error) { return f.Write([]byte(s)) }
