package lines_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"loket/flows/transfer/lines"
	"loket/store"
)

// parse is what a line stands for, which must be good.
func parse(t *testing.T, text string) lines.LineRecord {
	t.Helper()
	p := lines.ParseLine(lines.Line{Number: 1, Text: []byte(text)}, tomorrow)
	if p.Facts == nil {
		t.Fatalf("%s: %q", text, p.Problems)
	}
	return p.LineRecord
}

// back is the line of a record, the other way around; empty if there is none.
func back(t *testing.T, facts any) string {
	t.Helper()
	var l any
	switch f := facts.(type) {
	case store.Customer:
		l = lines.NewCustomerLine(f)
	case store.Product:
		l = lines.NewProductLine(f)
	case lines.OpenedApplication:
		l = lines.NewApplicationLine(f)
	case store.Account:
		l = lines.NewAccountLine(f)
	default:
		return ""
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(l); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(out.String())
}

// TestBack: the line that is made of a record stands for the same record, and is made
// of that again.
func TestBack(t *testing.T) {
	types := map[string]bool{}
	for text := range strings.Lines(whole) {
		first := parse(t, text)
		line := back(t, first.Facts)
		if line == "" {
			continue
		}
		types[first.Ref.Type] = true
		again := parse(t, line)
		if again.Ref != first.Ref || again.Origin != first.Origin || back(t, again.Facts) != line {
			t.Errorf("%s became %s", text, line)
		}
	}
	if len(types) != 4 {
		t.Errorf("only %v are made of records", types)
	}
}

// TestFingerprints pins those of a line of each type: a database keeps them over years,
// and a version in which one differed would take every line for a changed one.
func TestFingerprints(t *testing.T) {
	want := []struct {
		kind, id    string
		fingerprint uint64
	}{
		{lines.CustomerType, "K1", 0x9c45eab6f39123e},
		{lines.CustomerType, "K2", 0xa0e29905f0c05b18},
		{lines.ProductType, "P1", 0xf9e3b110409deaa9},
		{lines.ProductType, "P2", 0x3bd811cc724678bb},
		{lines.ProductType, "P3", 0xd59f055ac07cad2a},
		{lines.ProductType, "P4", 0x78c48762ee88e56c},
		{lines.ProductType, "P5", 0x72419232ed3a7d27},
		{lines.ProductType, "P6", 0xfc0d97998aa0b56d},
		{lines.ProductType, "P7", 0x11e61ec69f75d902},
		{lines.AccountType, "K1", 0x77ceb3bb6fa28f39},
		{lines.ApplicationType, "A1", 0xa7addae32f90986a},
		{lines.NumberType, "481620957733", 0x8ec0b6e542046e7b},
		{lines.NumberType, "000000000001", 0xcf91946ceecca749},
	}
	var got int
	for text := range strings.Lines(whole) {
		r := parse(t, text)
		if w := want[got]; r.Ref != (lines.RecordRef{Type: w.kind, ID: w.id}) || r.Origin != w.fingerprint {
			t.Errorf("line %d is of %v, with fingerprint %#x", got+1, r.Ref, r.Origin)
		}
		got++
	}
	if got != len(want) {
		t.Errorf("%d lines", got)
	}
}
