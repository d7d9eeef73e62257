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

// checkpointKey is the attribute of a log line that holds a whole checkpoint.
const checkpointKey = "checkpoint"

const longestLine = 64 << 10 // bytes; a line with a checkpoint is far shorter

// Checkpoints yields the checkpoints of the audit log in a program's log that maintainLog
// wrote, in slog's text or JSON format: for example the output of journalctl -o cat.
// Lines without a checkpoint are skipped. An error says which line has an unreadable
// checkpoint, or that r failed; after an error it yields nothing more.
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

// readLine reads a line. Of a line that is too long it returns only the beginning.
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

// checkpointIn returns the checkpoint in a line, if there is one.
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

// checkpointInText looks for the checkpoint among the attributes of a text line:
// key=value or key="value".
func checkpointInText(line string) (note string, found bool, err error) {
	for line != "" {
		key, rest := cutBefore(line, " =")
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
			_, line = cutBefore(value, " ")
		}
	}
	return "", false, nil
}

// cutBefore cuts s before the first of the given bytes. It does not cut in a quoted string at
// the beginning.
func cutBefore(s, bytes string) (before, rest string) {
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
