package transfer

import (
	"loket/flows/dutch"
	"loket/flows/transfer/lines"
	"loket/store"
)

// A line is one that was read ahead: parsed, or known by its hash to be the one that a record
// was imported from, which is still as it says.
type line struct {
	lines.ParsedLine
	text  lines.Line
	known string // the key of that record; empty if the line is parsed
}

// A readBatch is a lines.Batch, with what was read of the store for it.
type readBatch struct {
	lines []line
	ahead *store.Ahead
	bytes int64
	err   error
}

// readAhead does for a batch of lines what needs no other line: so it is done on all
// processors, and asks for many records at once.
func readAhead(ahead *store.Ahead, b lines.Batch, today dutch.Date) readBatch {
	all := make([]line, len(b.Lines))
	for i, l := range b.Lines {
		all[i].text = l
	}
	findKnown(ahead, all)
	for i := range all {
		if l := &all[i]; l.known == "" {
			l.ParsedLine = lines.Parse(l.text, today)
			wantRecords(ahead, l.Facts)
		}
	}
	ahead.Read()
	return readBatch{lines: all, ahead: ahead, bytes: b.Bytes}
}

// findKnown finds the lines that need not be parsed.
func findKnown(ahead *store.Ahead, all []line) {
	keys := make([]string, len(all)) // of the records that lines seem to be about
	for i := range all {
		if about, is := lines.Glance(all[i].text.Text); is {
			all[i].Ref, keys[i] = about, wantAbout(ahead, about)
		}
	}
	ahead.Read()
	standing := make([]store.OfLine, len(all))
	for i, l := range all {
		if keys[i] != "" && ahead.Has(keys[i]) {
			standing[i] = compare(ahead, l, keys[i])
		}
	}
	ahead.Read()
	for i, of := range standing {
		if l := &all[i]; of.Is && ahead.HasAll(of) {
			l.known, l.Line, l.Origin = keys[i], l.text.Number, of.Origin
		}
	}
}

// compare compares the record under a key to the line that seems to be about it.
func compare(ahead *store.Ahead, l line, key string) store.OfLine {
	hash := lines.Hash(l.text.Text)
	switch l.Ref.Type {
	case lines.CustomerType:
		return ahead.Customer(hash, key)
	case lines.ProductType:
		return ahead.Product(hash, key)
	case lines.ApplicationType:
		return ahead.Application(hash, key)
	}
	return ahead.Account(hash, key, store.CustomerID(l.Ref.ID))
}

// wantAbout has the record be read that a line is about, and returns its key.
func wantAbout(ahead *store.Ahead, about lines.RecordRef) string {
	switch about.Type {
	case lines.CustomerType:
		return ahead.WantCustomer(store.CustomerID(about.ID))
	case lines.ProductType:
		return ahead.WantProduct(store.ProductID(about.ID))
	case lines.ApplicationType:
		return ahead.WantApplication(store.ApplicationID(about.ID))
	}
	return ahead.WantAccount(store.CustomerID(about.ID))
}

// wantRecords has those records be read that judging a line most often looks at.
func wantRecords(ahead *store.Ahead, said any) {
	switch r := said.(type) {
	case store.Customer:
		ahead.WantCustomer(r.ID)
		ahead.WantPerson(r.Person())
	case store.Product:
		ahead.WantProduct(r.ID)
		ahead.WantProductNumber(r.NormalisedNumber)
		for _, id := range r.Holders {
			ahead.WantCustomer(id)
		}
	case store.Application:
		ahead.WantApplication(r.ID)
		ahead.WantProduct(r.Product)
		for _, id := range r.Applicants {
			ahead.WantCustomer(id)
		}
	case store.Account:
		ahead.WantAccount(r.Customer)
		ahead.WantCustomer(r.Customer)
		ahead.WantUsername(r.Username)
	case store.ActivationNumber:
		ahead.WantNumber(r.Number)
		ahead.WantApplication(r.Application)
	case lines.Removal:
		wantAbout(ahead, r.RecordRef)
	}
}
