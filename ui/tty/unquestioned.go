package tty

import (
	"bytes"
	"io"
	"os"

	"github.com/charmbracelet/x/ansi"
)

// questions are the sequences by which Bubble Tea asks a terminal what it can do. The desk
// needs no answer. An old terminal shows such a question as text, and a slow one answers
// when somebody is already typing.
var questions = [][]byte{
	[]byte(ansi.RequestModeSynchronizedOutput), []byte(ansi.RequestModeUnicodeCore), []byte(ansi.RequestKittyKeyboard),
}

// unquestioned returns a writer to a terminal that leaves out questions.
func unquestioned(to io.Writer) io.Writer {
	if f, is := to.(*os.File); is {
		return statementFile{f}
	}
	return statements{to}
}

// statements passes on what is written, without questions. Bubble Tea writes a sequence as a
// whole.
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

// statementFile is statements to a file, which Bubble Tea finds the size of.
type statementFile struct{ *os.File }

func (f statementFile) Write(p []byte) (int, error) { return statements{f.File}.Write(p) }

func (f statementFile) WriteString(s string) (int, error) { return f.Write([]byte(s)) }
