package sample

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"

	"loket/flows/dutch"
	"loket/flows/transfer/fiction"
	"loket/flows/transfer/lines"
)

// A sampler writes lines, and counts the records that it has written.
type sampler struct {
	*fiction.Source
	out  *bufio.Writer
	json *json.Encoder
	err  error

	customers, products, applications int   // Counts of the records written so far.
	lastNumber                        int64 // lastNumber is the latest activation number.
}

func newSampler(w io.Writer, customers int, seed uint64, today dutch.Date) *sampler {
	s := &sampler{
		Source: fiction.New(seed, uint64(customers), today),
		out:    bufio.NewWriterSize(w, 1<<16), lastNumber: int64(seed % activationNumberEnd),
	}
	s.json = json.NewEncoder(s.out)
	s.json.SetEscapeHTML(false)
	return s
}

// finishSample flushes buffered lines, and returns the first error.
func (s *sampler) finishSample() error {
	if s.err == nil {
		s.err = s.out.Flush()
	}
	return s.err
}

func (s *sampler) writeLine(l any) {
	if s.err == nil {
		s.err = s.json.Encode(l)
	}
}

// Activation numbers are a fixed step apart. The step and the number of possible numbers have no common factor, so that no
// number occurs twice.
const (
	activationNumberEnd  = 1_000_000_000_000
	activationNumberStep = 618_033_988_749
)

func (s *sampler) writeNumber(application, customer string, issued dutch.Date) {
	s.lastNumber = (s.lastNumber + activationNumberStep) % activationNumberEnd
	s.writeLine(lines.ActivationNumber{
		Type: lines.NumberType, Application: application, Customer: customer,
		Number: fmt.Sprintf("%012d", s.lastNumber), Issued: issued.String(), Expires: issued.AddMonths(6).String(),
	})
}
