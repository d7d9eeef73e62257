package transfer

import (
	"cmp"
	"encoding/binary"
	"encoding/json"
	"errors"
	"iter"
	"strings"

	"loket/flows/transfer/lines"
	"loket/store"
	"loket/store/spill"
)

// notes is what an import remembers of the lines that it has judged: on disk, if that
// is much.
type notes struct {
	table *spill.Table
	later *spill.Table // what is to be done once all lines are judged
	told  int          // lines for importWithNotice

	judged  bool // all lines were: then nothing more is noted but what is refused
	spooled int  // lines

	silences bool // whether there is anybody with whom the desk no longer deals
}

func newNotes(place spill.Place) *notes {
	return &notes{table: spill.NewTable(place), later: spill.NewTable(place)}
}

// Err returns the first failure.
func (n *notes) Err() error { return cmp.Or(n.table.Err(), n.later.Err()) }

func (n *notes) Close() error { return errors.Join(n.table.Close(), n.later.Close()) }

// seenRecord is what is noted of a record in the file: its line, its fingerprint, and what the line does.
type seenRecord struct {
	line   int
	origin uint64
	effect lineEffect
}

func seenKey(what lines.RecordRef) string { return "seen/" + what.Type + "/" + what.ID }

// saw notes the line that a record was first seen at.
func (n *notes) saw(what lines.RecordRef, r seenRecord) {
	if n.judged {
		return
	}
	text := binary.AppendUvarint(make([]byte, 0, 16), uint64(r.line))
	text = binary.BigEndian.AppendUint64(append(text, byte(r.effect)), r.origin)
	n.table.Put(seenKey(what), text)
}

// seen returns the line that a record was first seen at, if it was.
func (n *notes) seen(what lines.RecordRef) (r seenRecord, is bool) {
	text, is := n.table.Get(seenKey(what))
	if !is {
		return r, false
	}
	line, size := binary.Uvarint(text)
	return seenRecord{int(line), binary.BigEndian.Uint64(text[size+1:]), lineEffect(text[size])}, true
}

// refuse notes that a line about a record has problems, so that nobody is told that the
// record is unknown.
func (n *notes) refuse(what lines.RecordRef) { n.mark("refused/" + what.Type + "/" + what.ID) }

func (n *notes) isRefused(what lines.RecordRef) bool {
	return n.has("refused/" + what.Type + "/" + what.ID)
}

// give notes that a customer got a product in this import that was there before.
func (n *notes) give(to store.CustomerID, p store.ProductID) {
	if !n.judged {
		n.mark(givenKey(to, p))
	}
}

func (n *notes) isGiven(to store.CustomerID, p store.ProductID) bool { return n.has(givenKey(to, p)) }

func givenKey(to store.CustomerID, p store.ProductID) string {
	return "given/" + string(to) + "/" + string(p)
}

// apply notes the application by which a customer is to get a product.
func (n *notes) apply(c store.CustomerID, p store.ProductID, a store.ApplicationID) {
	if key := appliedKey(c, p); !n.judged && !n.has(key) {
		n.table.Put(key, []byte(a))
	}
}

// appliedFor returns the application that apply noted, or "" if no line applies for the product.
// Before all lines were judged it always returns "".
func (n *notes) appliedFor(c store.CustomerID, p store.ProductID) store.ApplicationID {
	if !n.judged {
		return ""
	}
	id, _ := n.table.Get(appliedKey(c, p))
	return store.ApplicationID(id)
}

func appliedKey(c store.CustomerID, p store.ProductID) string {
	return "applied/" + string(c) + "/" + string(p)
}

// spool keeps a line to be taken in later.
func (n *notes) spool(l lines.Line) {
	n.later.Put(string(binary.BigEndian.AppendUint64([]byte("line/"), uint64(l.Number))), l.Text)
	n.spooled++
}

// spooledLines yields the lines that were kept, in the order of the file.
func (n *notes) spooledLines() iter.Seq[lines.Line] {
	return func(yield func(lines.Line) bool) {
		for key, text := range n.later.Under("line/", "") {
			number := binary.BigEndian.Uint64([]byte(strings.TrimPrefix(key, "line/")))
			if !yield(lines.Line{Number: int(number), Text: text}) {
				return
			}
		}
	}
}

func (n *notes) mark(key string) { n.table.Put(key, []byte{}) }

func (n *notes) has(key string) bool {
	_, is := n.table.Get(key)
	return is
}

// end notes that a customer is one whom the bank has no more.
func (n *notes) end(id store.CustomerID) {
	if n.judged {
		return
	}
	n.later.Put("ended/"+string(id), []byte{})
	n.silence(id)
}

// endedCustomers calls take with the customers whom the bank has no more, so many at a time
// at most.
func (n *notes) endedCustomers(most int, take func([]store.CustomerID) error) error {
	return inChunks(n.later, "ended/", most, func(keys []string) error {
		var all []store.CustomerID
		for _, key := range keys {
			all = append(all, store.CustomerID(key))
		}
		return take(all)
	})
}

// inChunks calls take with the keys that are under a prefix, without it, so many at a time at
// most. Then take may put others.
func inChunks(table *spill.Table, prefix string, most int, take func([]string) error) error {
	for after := ""; ; {
		var keys []string
		for key := range table.Under(prefix, after) {
			keys = append(keys, strings.TrimPrefix(key, prefix))
			if after = key; len(keys) == most {
				break
			}
		}
		if len(keys) == 0 {
			return table.Err()
		}
		if err := take(keys); err != nil {
			return err
		}
	}
}

// lack notes that a record is not in the file, which should have all.
func (n *notes) lack(what lines.RecordRef) { n.later.Put("lacks/"+what.Type+"/"+what.ID, []byte{}) }

// lacking calls take with the records that are not in the file, so many at a time at most.
func (n *notes) lacking(most int, take func([]lines.RecordRef) error) error {
	return inChunks(n.later, "lacks/", most, func(keys []string) error {
		var all []lines.RecordRef
		for _, key := range keys {
			kind, id, _ := strings.Cut(key, "/")
			all = append(all, lines.RecordRef{Type: kind, ID: id})
		}
		return take(all)
	})
}

// silence notes that the desk no longer deals with a customer.
func (n *notes) silence(id store.CustomerID) {
	n.mark("silent/" + string(id))
	n.silences = true
}

func (n *notes) isSilent(id store.CustomerID) bool { return n.has("silent/" + string(id)) }

// tellOf keeps a line that changes what a customer is told of.
func (n *notes) tellOf(line store.Customer) error {
	if n.judged {
		return nil
	}
	if line.Status != "" {
		n.silence(line.ID)
	}
	text, err := json.Marshal(line)
	if err != nil {
		return err
	}
	n.later.Put(string(binary.BigEndian.AppendUint64([]byte("told/"), uint64(n.told))), text)
	n.told++
	return nil
}

// toldLines calls take with the lines that tellOf kept, so many at a time at most.
func (n *notes) toldLines(most int, take func([]store.Customer) error) error {
	var some []store.Customer
	for _, text := range n.later.Under("told/", "") {
		var line store.Customer
		if err := json.Unmarshal(text, &line); err != nil {
			return err
		}
		if some = append(some, line); len(some) < most {
			continue
		}
		if err := take(some); err != nil {
			return err
		}
		some = nil
	}
	if err := n.later.Err(); err != nil || len(some) == 0 {
		return err
	}
	return take(some)
}
