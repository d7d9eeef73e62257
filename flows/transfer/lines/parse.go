package lines

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"loket/flows/dutch"
	"loket/flows/transfer/check"
)

// Parsed is a line that was read. Of one with problems there are no facts, but
// perhaps it is known what it was about.
type Parsed struct {
	Line int
	Text []byte // as it stood there; nil if it was too long
	Record
	Problems []check.Problem
}

// reading is how a line of each type becomes a record.
var reading = map[string]func(*check.Fields, []byte) Record{
	CustomerType:    read(Customer.record),
	ProductType:     read(Product.record),
	ApplicationType: read(Application.record),
	AccountType:     read(Account.record),
	NumberType:      read(Number.record),
}

// read decodes a line into its type and makes the record.
func read[L any](make func(L, *check.Fields) Record) func(*check.Fields, []byte) Record {
	return func(c *check.Fields, text []byte) (r Record) {
		if l, ok := check.Line[L](c, text); ok {
			r = make(l, c)
		}
		return r
	}
}

// Parse reads a line and checks what can be checked of it alone.
func Parse(l Line, today dutch.Date) Parsed {
	c := &check.Fields{Today: today}
	p := Parsed{Line: l.Number, Text: l.Text, Record: recordOf(c, l.Text)}
	if p.Problems = c.Problems; len(p.Problems) > 0 {
		p.Facts = nil
	}
	return p
}

func recordOf(c *check.Fields, text []byte) (r Record) {
	make, problem := readerOf(text)
	if problem != (check.Problem{}) {
		c.Problems = append(c.Problems, problem)
		return r
	}
	return make(c, text)
}

// readerOf returns what reads a line, by its type, or else says what is wrong with it.
func readerOf(text []byte) (read func(*check.Fields, []byte) Record, problem check.Problem) {
	switch {
	case text == nil:
		return nil, check.Problem{Says: "the line is longer than 1 MiB"}
	case !utf8.Valid(text):
		return nil, check.Problem{Says: "the line is not UTF-8"}
	}
	for name, begins := range typeFirst {
		if bytes.HasPrefix(text, begins) {
			return reading[name], problem
		}
	}
	name, problem := check.Type(text)
	read, known := reading[name]
	if problem == (check.Problem{}) && !known {
		problem = check.Problem{Field: "type", Says: "type must be one of " + check.List(types)}
	}
	return read, problem
}

// typeFirst is how nearly every line begins, so that it need not be decoded
// twice only to see what it is.
var typeFirst = func() map[string][]byte {
	begins := map[string][]byte{}
	for _, name := range types {
		begins[name] = fmt.Appendf(nil, `{"type":"%s",`, name)
	}
	return begins
}()
