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
	ahead *store.Prefetcher
	bytes int64
	err   error
}

// recordsPerLine is about how many records judging a line looks at.
const recordsPerLine = 2

// readAhead does for a batch of lines what needs no other line: so it is done on all
// processors, and asks for many records at once.
func readAhead(ahead *store.Prefetcher, b lines.Batch, today dutch.Date) readBatch {
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
	ahead.ReadRequested()
	return readBatch{lines: all, ahead: ahead, bytes: b.Bytes}
}

// findKnown finds the lines that need not be parsed.
func findKnown(ahead *store.Prefetcher, all []line) {
	keys := make([]string, len(all)) // of the records that lines seem to be about
	for i := range all {
		if about, is := lines.Glance(all[i].text.Text); is {
			all[i].Ref, keys[i] = about, wantAbout(ahead, about)
		}
	}
	ahead.ReadRequested()
	standing := make([]store.LineMatch, len(all))
	for i, l := range all {
		if keys[i] != "" && ahead.HasRecord(keys[i]) {
			standing[i] = compare(ahead, l, keys[i])
		}
	}
	ahead.ReadRequested()
	for i, of := range standing {
		if l := &all[i]; of.Matches && ahead.HasReferences(of) {
			l.known, l.Line, l.Origin = keys[i], l.text.Number, of.Origin
		}
	}
}

// compare compares the record under a key to the line that seems to be about it.
func compare(ahead *store.Prefetcher, l line, key string) store.LineMatch {
	hash := lines.Hash(l.text.Text)
	switch l.Ref.Type {
	case lines.CustomerType:
		return ahead.MatchCustomer(hash, key)
	case lines.ProductType:
		return ahead.MatchProduct(hash, key)
	case lines.ApplicationType:
		return ahead.MatchApplication(hash, key)
	}
	return ahead.MatchAccount(hash, key, store.CustomerID(l.Ref.ID))
}

// wantAbout has the record be read that a line is about, and returns its key.
func wantAbout(ahead *store.Prefetcher, about lines.RecordRef) string {
	switch about.Type {
	case lines.CustomerType:
		return ahead.RequestCustomer(store.CustomerID(about.ID))
	case lines.ProductType:
		return ahead.RequestProduct(store.ProductID(about.ID))
	case lines.ApplicationType:
		return ahead.RequestApplication(store.ApplicationID(about.ID))
	}
	return ahead.RequestAccount(store.CustomerID(about.ID))
}

// wantRecords has those records be read that judging a line most often looks at.
func wantRecords(ahead *store.Prefetcher, said any) {
	switch r := said.(type) {
	case store.Customer:
		ahead.RequestCustomer(r.ID)
		ahead.RequestPerson(r.Person())
	case store.Product:
		ahead.RequestProduct(r.ID)
		ahead.RequestProductNumber(r.NormalisedNumber)
		for _, id := range r.Holders {
			ahead.RequestCustomer(id)
		}
	case store.Application:
		ahead.RequestApplication(r.ID)
		ahead.RequestProduct(r.Product)
		for _, id := range r.Applicants {
			ahead.RequestCustomer(id)
		}
	case store.Account:
		ahead.RequestAccount(r.Customer)
		ahead.RequestCustomer(r.Customer)
		ahead.RequestUsername(r.Username)
	case store.ActivationNumber:
		ahead.RequestNumber(r.Number)
		ahead.RequestApplication(r.Application)
	case lines.Removal:
		wantAbout(ahead, r.RecordRef)
	}
}
