package maintenance

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
)

// checkpointKey is the attribute of a log line that contains a whole checkpoint.
const checkpointKey = "checkpoint"

// maxLogLineBytes is the number of bytes of a log line that are read. A line with a checkpoint is far shorter.
const maxLogLineBytes = 64 << 10

// ReadLogCheckpoints yields the checkpoints of the audit log that are in the log output of the program, in the text or JSON format of
// slog: for example the output of journalctl -o cat. Lines without a checkpoint are skipped. An error names the line with an
// unreadable checkpoint, or says that reading from r failed. After an error the sequence ends.
func ReadLogCheckpoints(r io.Reader) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		lines := bufio.NewReaderSize(r, maxLogLineBytes)
		for number := 1; ; number++ {
			line, err := readLogLine(lines)
			if err == io.EOF {
				return
			}
			note, found := "", false
			if err == nil {
				note, found, err = findCheckpoint(line)
			}
			if err != nil {
				yield("", fmt.Errorf("line %d: %w", number, err))
				return
			}
			if found && !yield(note, nil) {
				return
			}
		}
	}
}

// readLogLine reads a line. If the line is longer than maxLogLineBytes, it returns only the beginning.
func readLogLine(r *bufio.Reader) (string, error) {
	line, err := r.ReadSlice('\n')
	text := string(line)
	for errors.Is(err, bufio.ErrBufferFull) {
		_, err = r.ReadSlice('\n')
	}
	if errors.Is(err, io.EOF) && text != "" {
		err = nil
	}
	return strings.TrimRight(text, "\r\n"), err
}

// findCheckpoint returns the checkpoint in a log line, if the line has one.
func findCheckpoint(line string) (note string, found bool, err error) {
	if at := strings.IndexByte(line, '{'); at >= 0 {
		var attributes struct{ Checkpoint *string }
		if json.Unmarshal([]byte(line[at:]), &attributes) == nil {
			if attributes.Checkpoint == nil {
				return "", false, nil
			}
			return *attributes.Checkpoint, true, nil
		}
	}
	return findTextCheckpoint(line)
}

// findTextCheckpoint finds the checkpoint among the attributes of a text line, which have the form key=value or key="value".
func findTextCheckpoint(line string) (note string, found bool, err error) {
	for line != "" {
		key, rest := cutBeforeAny(line, " =")
		value, isAttribute := strings.CutPrefix(rest, "=")
		switch {
		case !isAttribute:
			line = strings.TrimPrefix(rest, " ")
		case strings.HasPrefix(value, `"`):
			quoted, err := strconv.QuotedPrefix(value)
			if err == nil && key == checkpointKey {
				note, err = strconv.Unquote(quoted)
			}
			if key == checkpointKey {
				return note, true, checkpointError(err)
			}
			line = value[max(len(quoted), 1):]
		default:
			_, line = cutBeforeAny(value, " ")
		}
	}
	return "", false, nil
}

// cutBeforeAny splits s just before the first occurrence of any of the given bytes. It does not split inside a quoted string at
// the beginning of s.
func cutBeforeAny(s, bytes string) (before, rest string) {
	quoted, _ := strconv.QuotedPrefix(s)
	at := strings.IndexAny(s[len(quoted):], bytes)
	if at < 0 {
		return s, ""
	}
	return s[:len(quoted)+at], s[len(quoted)+at:]
}

func checkpointError(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("its checkpoint is not whole: %w", err)
}
