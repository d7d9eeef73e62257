package lines

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"loket/flows/dutch"
	"loket/flows/transfer/check"
)

// ParsedLine is the result of parsing a line. A line with problems has no facts, but its record may be known.
type ParsedLine struct {
	Line int
	Text []byte // Text is the original text; nil if the line was too long.
	LineRecord
	Problems []check.Problem
}

// recordReadersByType maps each type of line to the function that converts such a line to a record.
var recordReadersByType = map[string]func(*check.FieldReader, []byte) LineRecord{
	CustomerType:    newRecordReader(Customer.toRecord),
	ProductType:     newRecordReader(Product.toRecord),
	ApplicationType: newRecordReader(Application.toRecord),
	AccountType:     newRecordReader(Account.toRecord),
	NumberType:      newRecordReader(ActivationNumber.toRecord),
	RemovedType:     newRecordReader(RemovedLine.toRecord),
}

// newRecordReader returns a function that decodes a line into type L and converts it to a record.
func newRecordReader[L any](make func(L, *check.FieldReader) LineRecord) func(*check.FieldReader, []byte) LineRecord {
	return func(c *check.FieldReader, text []byte) (r LineRecord) {
		if l, ok := check.DecodeObject[L](c, text); ok {
			r = make(l, c)
		}
		return r
	}
}

// ParseLine parses a line and checks everything that does not depend on other lines or the store.
func ParseLine(l Line, today dutch.Date) ParsedLine {
	c := &check.FieldReader{Today: today, LineHash: HashLine(l.Text)}
	p := ParsedLine{Line: l.Number, Text: l.Text, LineRecord: readRecord(c, l.Text)}
	if p.Problems = c.Problems; len(p.Problems) > 0 {
		p.Facts = nil
	}
	return p
}

func readRecord(c *check.FieldReader, text []byte) (r LineRecord) {
	make, problem := findRecordReader(text)
	if problem != (check.Problem{}) {
		c.Problems = append(c.Problems, problem)
		return r
	}
	return make(c, text)
}

// findRecordReader returns the reader for the type of a line, or a problem if the line has no known type.
func findRecordReader(text []byte) (read func(*check.FieldReader, []byte) LineRecord, problem check.Problem) {
	switch {
	case text == nil:
		return nil, check.Problem{Reason: "the line is longer than 1 MiB"}
	case !utf8.Valid(text):
		return nil, check.Problem{Reason: "the line is not UTF-8"}
	}
	for _, usual := range usualBeginnings {
		if bytes.HasPrefix(text, usual.prefix) {
			return usual.read, problem
		}
	}
	name, problem := check.ReadLineType(text)
	read, known := recordReadersByType[name]
	if problem == (check.Problem{}) && !known {
		problem = check.Problem{Field: "type", Reason: "type must be one of " + check.JoinWordList(types)}
	}
	return read, problem
}

// usualBeginnings is how nearly every line of a type begins, so that it need not be decoded
// twice only to see what it is.
var usualBeginnings = func() (all []usualBeginning) {
	for _, name := range types {
		all = append(all, usualBeginning{fmt.Appendf(nil, `{"type":"%s",`, name), recordReadersByType[name]})
	}
	return all
}()

type usualBeginning struct {
	prefix []byte
	read   func(*check.FieldReader, []byte) LineRecord
}
