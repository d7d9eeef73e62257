package lines

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"iter"
)

const (
	maxLineBytes = 1 << 20 // maxLineBytes is the maximum length of a line in bytes, without the line end.
	batchSize    = 64 << 10
)

// A Line is one line of a file.
type Line struct {
	Number int // Number is the line number, starting at 1.
	Text   []byte
}

// A Batch is a group of lines that is large enough to be worth handing to another goroutine.
type Batch struct {
	Lines []Line
	Bytes int64 // Bytes is the position in the file after these lines.
}

// A Reader splits a file into lines.
type Reader struct {
	in     *bufio.Reader
	texts  []byte // texts has the texts of the lines of the current batch.
	Number int    // Number is the number of the latest line.
	bytes  int64
	Err    error // Err is the read error that ended the file early, if any.
}

func NewReader(r io.Reader) *Reader {
	return &Reader{in: bufio.NewReaderSize(r, maxLineBytes+len("\r\n")), texts: newTexts()}
}

// newTexts returns room for the texts of a batch, whose last line may begin just before batchSize.
func newTexts() []byte { return make([]byte, 0, batchSize+batchSize/4) }

// ReadBatches yields the lines that are not blank. After the last batch, r.Err is nil if the whole file was read.
func (r *Reader) ReadBatches() iter.Seq[Batch] {
	return func(yield func(Batch) bool) {
		var b Batch
		for more := true; more; {
			var text []byte
			text, more = r.nextLine()
			if text == nil || len(bytes.TrimSpace(text)) > 0 {
				b.Lines = append(b.Lines, Line{r.Number, text})
			}
			if b.Bytes = r.bytes; len(r.texts) >= batchSize || !more {
				if !yield(b) {
					return
				}
				b, r.texts = Batch{Lines: make([]Line, 0, len(b.Lines))}, newTexts()
			}
		}
	}
}

// nextLine reads a line; more reports whether another line may follow. A line that is too long is returned as nil.
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
		text = bytes.TrimPrefix(text, []byte("\ufeff")) // Some systems begin a file with a byte order mark.
	}
	if tooLong || len(text) > maxLineBytes {
		return nil, err == nil
	}
	start := len(r.texts)
	r.texts = append(r.texts, text...)
	return r.texts[start:len(r.texts):len(r.texts)], err == nil
}
