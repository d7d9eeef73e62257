package transfer

import (
	"loket/flows/dutch"
	"loket/flows/transfer/lines"
	"loket/store"
)

// An importLine is one line of the file, after reading ahead. Either it is parsed, or its hash shows that a stored record was
// imported from an identical line and has not changed since.
type importLine struct {
	lines.ParsedLine
	text  lines.Line
	known string // known is the key of the unchanged record; empty if the line is parsed.
}

// A readBatch is a lines.Batch with the store records that its lines need.
type readBatch struct {
	lines []importLine
	ahead *store.Prefetcher
	bytes int64
	err   error
}

// recordsPerLine is about how many records judging a line looks at.
const recordsPerLine = 2

// prefetchBatch does the work on a batch of lines that does not depend on other lines. Therefore it can run on all processors, and
// can request many records from the store at once.
func prefetchBatch(ahead *store.Prefetcher, b lines.Batch, today dutch.Date) readBatch {
	all := make([]importLine, len(b.Lines))
	for i, l := range b.Lines {
		all[i].text = l
	}
	markKnownLines(ahead, all)
	for i := range all {
		if l := &all[i]; l.known == "" {
			l.ParsedLine = lines.ParseLine(l.text, today)
			requestNeededRecords(ahead, l.Facts)
		}
	}
	ahead.ReadRequested()
	return readBatch{lines: all, ahead: ahead, bytes: b.Bytes}
}

// markKnownLines sets known for each line whose record is unchanged, and which therefore need not be parsed.
func markKnownLines(ahead *store.Prefetcher, all []importLine) {
	keys := make([]string, len(all)) // keys are the keys of the records that the lines seem to describe.
	for i := range all {
		if about, is := lines.GuessRecord(all[i].text.Text); is {
			all[i].Ref, keys[i] = about, requestLineRecord(ahead, about)
		}
	}
	ahead.ReadRequested()
	standing := make([]store.LineMatch, len(all))
	for i, l := range all {
		if keys[i] != "" && ahead.HasRecord(keys[i]) {
			standing[i] = compareWithRecord(ahead, l, keys[i])
		}
	}
	ahead.ReadRequested()
	for i, of := range standing {
		if l := &all[i]; of.Matches && ahead.HasReferences(of) {
			l.known, l.Line, l.Origin = keys[i], l.text.Number, of.Origin
		}
	}
}

// compareWithRecord compares the record under a key with the line that seems to describe it.
func compareWithRecord(ahead *store.Prefetcher, l importLine, key string) store.LineMatch {
	hash := lines.HashLine(l.text.Text)
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

// requestLineRecord requests the record that a line describes, and returns its key.
func requestLineRecord(ahead *store.Prefetcher, about lines.RecordRef) string {
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

// requestNeededRecords requests the records that the import will most likely need when it judges a line.
func requestNeededRecords(ahead *store.Prefetcher, said any) {
	switch r := said.(type) {
	case store.Customer:
		ahead.RequestCustomer(r.ID)
		ahead.RequestPerson(r.PersonFacts())
		ahead.RequestEmail(r.Email, r.ID)
	case store.Product:
		ahead.RequestProduct(r.ID)
		ahead.RequestProductNumber(r.NormalisedNumber)
		for _, id := range r.Holders {
			ahead.RequestCustomer(id)
		}
	case lines.OpenedApplication:
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
		requestLineRecord(ahead, r.RecordRef)
	}
}
