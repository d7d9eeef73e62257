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
	Record
	Problems []check.Problem
}

// readersByType maps each type of line to the function that converts such a line to a record.
var readersByType = map[string]func(*check.Fields, []byte) Record{
	CustomerType:    readerFor(Customer.toRecord),
	ProductType:     readerFor(Product.toRecord),
	ApplicationType: readerFor(Application.toRecord),
	AccountType:     readerFor(Account.toRecord),
	NumberType:      readerFor(ActivationNumber.toRecord),
	RemovedType:     readerFor(Removed.toRecord),
}

// readerFor returns a function that decodes a line into type L and converts it to a record.
func readerFor[L any](make func(L, *check.Fields) Record) func(*check.Fields, []byte) Record {
	return func(c *check.Fields, text []byte) (r Record) {
		if l, ok := check.DecodeObject[L](c, text); ok {
			r = make(l, c)
		}
		return r
	}
}

// Parse parses a line and checks everything that does not depend on other lines or the store.
func Parse(l Line, today dutch.Date) ParsedLine {
	c := &check.Fields{Today: today, LineHash: Hash(l.Text)}
	p := ParsedLine{Line: l.Number, Text: l.Text, Record: recordOf(c, l.Text)}
	if p.Problems = c.Problems; len(p.Problems) > 0 {
		p.Facts = nil
	}
	return p
}

func recordOf(c *check.Fields, text []byte) (r Record) {
	make, problem := findReader(text)
	if problem != (check.Problem{}) {
		c.Problems = append(c.Problems, problem)
		return r
	}
	return make(c, text)
}

// findReader returns the reader for the type of a line, or a problem if the line has no known type.
func findReader(text []byte) (read func(*check.Fields, []byte) Record, problem check.Problem) {
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
	name, problem := check.LineType(text)
	read, known := readersByType[name]
	if problem == (check.Problem{}) && !known {
		problem = check.Problem{Field: "type", Reason: "type must be one of " + check.WordList(types)}
	}
	return read, problem
}

// usualBeginnings is how nearly every line of a type begins, so that it need not be decoded
// twice only to see what it is.
var usualBeginnings = func() (all []usualBeginning) {
	for _, name := range types {
		all = append(all, usualBeginning{fmt.Appendf(nil, `{"type":"%s",`, name), readersByType[name]})
	}
	return all
}()

type usualBeginning struct {
	prefix []byte
	read   func(*check.Fields, []byte) Record
}
