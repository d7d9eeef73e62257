package transfer

import (
	"bytes"
	"encoding/json"
	"fmt"
	"unicode/utf8"

	"loket/flows/dutch"
)

// record is what a line stands for, checked as far as that goes without the
// store and the other lines.
type record interface {
	about() ref
	origin() uint64 // fingerprint of the line

	// apply brings the store to what the line says. It reports to the importer
	// what speaks against that.
	apply(*importer) change
}

// ref names what a line is about: no two lines about the same differ.
type ref struct{ kind, id string }

// parsed is a line that was read. Of one with problems there is no record, but
// perhaps it is known what it was about.
type parsed struct {
	line     int
	about    ref
	record   record
	problems []string
}

// The types of lines.
const (
	customerType    = "customer"
	productType     = "product"
	applicationType = "application"
	accountType     = "account"
	numberType      = "activation_number"
)

var types = []string{customerType, productType, applicationType, accountType, numberType}

// reading is how a line of each type becomes a record.
var reading = map[string]func(*checks, []byte) record{
	customerType:    read(customerLine.record),
	productType:     read(productLine.record),
	applicationType: read(applicationLine.record),
	accountType:     read(accountLine.record),
	numberType:      read(numberLine.record),
}

// read decodes a line into its type and makes the record.
func read[L any](make func(L, *checks) record) func(*checks, []byte) record {
	return func(c *checks, text []byte) record {
		l, ok := decoded[L](c, text)
		if !ok {
			return nil
		}
		if problem := doubtfulKey(text); problem != "" {
			c.problems = append(c.problems, problem)
			return nil
		}
		return make(l, c)
	}
}

// decoded is the object that text is.
func decoded[L any](c *checks, text []byte) (l L, ok bool) {
	if problem := decode(text, &l, c.within); problem != "" {
		c.problems = append(c.problems, problem)
		return l, false
	}
	return l, true
}

// parse reads a line and checks what can be checked of it alone.
func parse(l line, today dutch.Date) parsed {
	c := &checks{today: today}
	p := parsed{line: l.number}
	r := c.record(l.text)
	p.problems = c.problems
	if r != nil {
		p.about = r.about()
	}
	if len(p.problems) == 0 {
		p.record = r
	}
	return p
}

func (c *checks) record(text []byte) record {
	says := func(problem string) record {
		c.problems = append(c.problems, problem)
		return nil
	}
	switch {
	case text == nil:
		return says("the line is longer than 1 MiB")
	case !utf8.Valid(text):
		return says("the line is not UTF-8")
	}
	for kind, begins := range typeFirst {
		if bytes.HasPrefix(text, begins) {
			return reading[kind](c, text)
		}
	}
	var l struct {
		Type string `json:"type"`
	}
	if err := json.Unmarshal(text, &l); err != nil {
		return says(sentence(err, 0, ""))
	}
	if l.Type == "" {
		return says("type is missing")
	}
	make, known := reading[l.Type]
	if !known {
		return says("type must be one of " + list(types))
	}
	return make(c, text)
}

// typeFirst is how nearly every line begins, so that it need not be decoded
// twice only to see what it is.
var typeFirst = func() map[string][]byte {
	begins := map[string][]byte{}
	for _, kind := range types {
		begins[kind] = fmt.Appendf(nil, `{"type":"%s",`, kind)
	}
	return begins
}()
