package lines

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"loket/flows/dutch"
	"loket/flows/transfer/check"
)

// ParsedLine is a line that was read. Of one with problems there are no facts, but
// perhaps it is known what it was about.
type ParsedLine struct {
	Line int
	Text []byte // as it stood there; nil if it was too long
	Record
	Problems []check.Problem
}

// readersByType is how a line of each type becomes a record.
var readersByType = map[string]func(*check.Fields, []byte) Record{
	CustomerType:    readerFor(Customer.toRecord),
	ProductType:     readerFor(Product.toRecord),
	ApplicationType: readerFor(Application.toRecord),
	AccountType:     readerFor(Account.toRecord),
	NumberType:      readerFor(ActivationNumber.toRecord),
	RemovedType:     readerFor(Removed.toRecord),
}

// readerFor decodes a line into its type and makes the record.
func readerFor[L any](make func(L, *check.Fields) Record) func(*check.Fields, []byte) Record {
	return func(c *check.Fields, text []byte) (r Record) {
		if l, ok := check.DecodeObject[L](c, text); ok {
			r = make(l, c)
		}
		return r
	}
}

// Parse reads a line and checks what can be checked of it alone.
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

// findReader returns what reads a line, by its type, or else says what is wrong with it.
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
