package lines

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"iter"
)

const (
	maxLine   = 1 << 20 // bytes, without the line end
	batchSize = 64 << 10
)

// A Line is one line of the file, without its end; nil if it was too long.
type Line struct {
	Number int // the first is 1
	Text   []byte
}

// A Batch is as many lines as are worth handing to another goroutine.
type Batch struct {
	Lines []Line
	Bytes int64 // of the file, up to the end of these lines
}

// A Reader cuts a file into lines.
type Reader struct {
	in     *bufio.Reader
	Number int // of the latest line
	bytes  int64
	Err    error // why the file ended, if it was not its end
}

func NewReader(r io.Reader) *Reader {
	return &Reader{in: bufio.NewReaderSize(r, maxLine+len("\r\n"))}
}

// Batches yields the lines that have something on them. When it is through,
// r.Err says whether that was the whole file.
func (r *Reader) Batches() iter.Seq[Batch] {
	return func(yield func(Batch) bool) {
		var b Batch
		size := 0
		for more := true; more; {
			var text []byte
			text, more = r.nextLine()
			if text == nil || len(bytes.TrimSpace(text)) > 0 {
				b.Lines = append(b.Lines, Line{r.Number, text})
				size += len(text)
			}
			if b.Bytes = r.bytes; size >= batchSize || !more {
				if !yield(b) {
					return
				}
				b, size = Batch{}, 0
			}
		}
	}
}

// nextLine reads a line; more reports whether there may be another one.
func (r *Reader) nextLine() (text []byte, more bool) {
	r.Number++
	text, err := r.in.ReadSlice('\n')
	r.bytes += int64(len(text))
	tooLong := errors.Is(err, bufio.ErrBufferFull)
	for errors.Is(err, bufio.ErrBufferFull) {
		text, err = r.in.ReadSlice('\n')
		r.bytes += int64(len(text))
	}
	if err != nil && !errors.Is(err, io.EOF) {
		r.Err = err
	}
	text = bytes.TrimSuffix(bytes.TrimSuffix(text, []byte("\n")), []byte("\r"))
	if r.Number == 1 {
		text = bytes.TrimPrefix(text, []byte("\ufeff")) // as some systems begin a file
	}
	if tooLong || len(text) > maxLine {
		return nil, err == nil
	}
	return append([]byte{}, text...), err == nil
}
