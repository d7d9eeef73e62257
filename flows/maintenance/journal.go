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

// checkpointKey is the attribute of a line in the program's log that is a whole
// checkpoint.
const checkpointKey = "checkpoint"

const longestLine = 64 << 10 // bytes; that of a checkpoint is far shorter

// Checkpoints yields the checkpoints of the audit log that stand in a text, as
// maintainLog had them written there in the form of slog's text or JSON: for example
// what journalctl -o cat gives. Lines that have none do not matter. The error
// says which line has one that cannot be read, or that r failed; it is the last
// thing that is yielded.
func Checkpoints(r io.Reader) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		lines := bufio.NewReaderSize(r, longestLine)
		for number := 1; ; number++ {
			line, err := readLine(lines)
			if err == io.EOF {
				return
			}
			note, found := "", false
			if err == nil {
				note, found, err = checkpointIn(line)
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

// readLine reads a line, and of one that is too long its beginning.
func readLine(r *bufio.Reader) (string, error) {
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

// checkpointIn finds the checkpoint in a line.
func checkpointIn(line string) (note string, found bool, err error) {
	if at := strings.IndexByte(line, '{'); at >= 0 {
		var attributes struct{ Checkpoint *string }
		if json.Unmarshal([]byte(line[at:]), &attributes) == nil {
			if attributes.Checkpoint == nil {
				return "", false, nil
			}
			return *attributes.Checkpoint, true, nil
		}
	}
	return checkpointInText(line)
}

// checkpointInText goes through the words of a line and the attributes among them,
// key=value or key="value".
func checkpointInText(line string) (note string, found bool, err error) {
	for line != "" {
		key, rest := upTo(line, " =")
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
				return note, true, unreadable(err)
			}
			line = value[max(len(quoted), 1):]
		default:
			_, line = upTo(value, " ")
		}
	}
	return "", false, nil
}

// upTo cuts s before the first of some bytes. A quoted beginning is one piece.
func upTo(s, bytes string) (before, rest string) {
	quoted, _ := strconv.QuotedPrefix(s)
	at := strings.IndexAny(s[len(quoted):], bytes)
	if at < 0 {
		return s, ""
	}
	return s[:len(quoted)+at], s[len(quoted)+at:]
}

func unreadable(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("its checkpoint is not whole: %w", err)
}
