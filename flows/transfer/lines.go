package transfer

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"iter"
)

const (
	longestLine = 1 << 20 // bytes, without the line end
	batchSize   = 64 << 10
)

// line is one line of the file, without its end; nil if it was too long.
type line struct {
	number int // the first is 1
	text   []byte
}

// batch is as many lines as are worth handing to another goroutine.
type batch struct {
	lines []line
	bytes int64 // of the file, up to the end of these lines
}

// lineReader cuts a file into lines.
type lineReader struct {
	in     *bufio.Reader
	number int
	bytes  int64
	err    error // why the file ended, if it was not its end
}

func newLineReader(r io.Reader) *lineReader {
	return &lineReader{in: bufio.NewReaderSize(r, longestLine+len("\r\n"))}
}

// batches yields the lines that have something on them. When it is through,
// r.err says whether that was the whole file.
func (r *lineReader) batches() iter.Seq[batch] {
	return func(yield func(batch) bool) {
		var b batch
		size := 0
		for more := true; more; {
			var text []byte
			text, more = r.next()
			if text == nil || len(bytes.TrimSpace(text)) > 0 {
				b.lines = append(b.lines, line{r.number, text})
				size += len(text)
			}
			if b.bytes = r.bytes; size >= batchSize || !more {
				if !yield(b) {
					return
				}
				b, size = batch{}, 0
			}
		}
	}
}

// next reads a line; more tells whether there may be another one.
func (r *lineReader) next() (text []byte, more bool) {
	r.number++
	text, err := r.in.ReadSlice('\n')
	r.bytes += int64(len(text))
	tooLong := errors.Is(err, bufio.ErrBufferFull)
	for errors.Is(err, bufio.ErrBufferFull) {
		text, err = r.in.ReadSlice('\n')
		r.bytes += int64(len(text))
	}
	if err != nil && !errors.Is(err, io.EOF) {
		r.err = err
	}
	text = bytes.TrimSuffix(bytes.TrimSuffix(text, []byte("\n")), []byte("\r"))
	if r.number == 1 {
		text = bytes.TrimPrefix(text, []byte("\ufeff")) // as some systems begin a file
	}
	if tooLong || len(text) > longestLine {
		return nil, err == nil
	}
	return append([]byte{}, text...), err == nil
}
