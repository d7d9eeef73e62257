package tty

import (
	"fmt"
	"os"
	"sync"

	"github.com/muesli/cancelreader"
)

// LineInput is the input of a terminal of this machine at which the visitor types lines, until it is closed. Then something else can
// read from the terminal: a Read that was waiting takes nothing of it.
type LineInput struct {
	*LineTerminal
	reader cancelreader.CancelReader
	mu     sync.Mutex // mu is held during a Read.
}

// OpenLineInput begins to read lines from a terminal. The caller must Close the LineInput. If walkIn is true, no key ends the input or
// sends a signal.
func OpenLineInput(file *os.File, walkIn bool) (*LineInput, error) {
	reader, err := cancelreader.NewReader(file)
	if err != nil {
		return nil, fmt.Errorf("read from terminal: %w", err)
	}
	return &LineInput{LineTerminal: NewLineTerminal(file, walkIn), reader: reader}, nil
}

// Read reads input. After Close it returns an error.
func (i *LineInput) Read(p []byte) (int, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.reader.Read(p)
}

// Close ends a Read that is waiting, and restores the terminal.
func (i *LineInput) Close() {
	i.reader.Cancel()
	i.mu.Lock()
	defer i.mu.Unlock()
	_ = i.reader.Close()
	i.Restore()
}
