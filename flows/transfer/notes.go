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

// importNotes holds the facts about judged lines that an import needs later. Large amounts go to disk.
type importNotes struct {
	table *spill.Table
	later *spill.Table // later has the work to be done after all lines are judged.
	told  int          // told is the number of lines for importNotifiedLines.

	judged  bool // judged reports whether all lines have been judged. From then on, only refused lines are noted.
	spooled int  // spooled is the number of spooled lines.

	silences bool // silences reports whether there are customers with whom the desk no longer deals.
}

func newImportNotes(place spill.Place) *importNotes {
	return &importNotes{table: spill.NewTable(place), later: spill.NewTable(place)}
}

// Err returns the first error of writing or reading notes.
func (n *importNotes) Err() error { return cmp.Or(n.table.Err(), n.later.Err()) }

func (n *importNotes) Close() error { return errors.Join(n.table.Close(), n.later.Close()) }

// seenRecord is the note about a record in the file: the number and fingerprint of the last line about it, and the effect of the
// first.
type seenRecord struct {
	line   int
	origin uint64
	effect lineEffect
}

// seenRecordKey has no prefix of its own, because a short key costs less, and there is one for each line.
func seenRecordKey(what lines.RecordRef) string { return what.Type + "/" + what.ID }

// noteSeenRecord notes a line about a record, and replaces the note about an earlier line.
func (n *importNotes) noteSeenRecord(what lines.RecordRef, r seenRecord) {
	if n.judged {
		return
	}
	text := binary.AppendUvarint(make([]byte, 0, 16), uint64(r.line))
	text = binary.BigEndian.AppendUint64(append(text, byte(r.effect)), r.origin)
	n.table.Put(seenRecordKey(what), text)
}

// findSeenRecord returns the note about the last line about a record, if there was one.
func (n *importNotes) findSeenRecord(what lines.RecordRef) (r seenRecord, is bool) {
	text, is := n.table.Get(seenRecordKey(what))
	if !is {
		return r, false
	}
	line, size := binary.Uvarint(text)
	return seenRecord{int(line), binary.BigEndian.Uint64(text[size+1:]), lineEffect(text[size])}, true
}

// noteRefusedRecord notes that a line about a record has problems. References to the record are then not reported as unknown.
func (n *importNotes) noteRefusedRecord(what lines.RecordRef) {
	n.putMark("refused/" + what.Type + "/" + what.ID)
}

func (n *importNotes) isRecordRefused(what lines.RecordRef) bool {
	return n.hasMark("refused/" + what.Type + "/" + what.ID)
}

// noteLeftOut notes that the line of a record was left out, because it is about customers who were erased.
func (n *importNotes) noteLeftOut(what lines.RecordRef) {
	n.putMark("left out/" + what.Type + "/" + what.ID)
}

func (n *importNotes) isLeftOut(what lines.RecordRef) bool {
	return n.hasMark("left out/" + what.Type + "/" + what.ID)
}

// noteGivenProduct notes that a customer got a product in this import, and that the product existed before.
func (n *importNotes) noteGivenProduct(to store.CustomerID, p store.ProductID) {
	if !n.judged {
		n.putMark(givenProductKey(to, p))
	}
}

func (n *importNotes) isProductGiven(to store.CustomerID, p store.ProductID) bool {
	return n.hasMark(givenProductKey(to, p))
}

func givenProductKey(to store.CustomerID, p store.ProductID) string {
	return "given/" + string(to) + "/" + string(p)
}

// noteApplication notes the application through which a customer gets a product.
func (n *importNotes) noteApplication(c store.CustomerID, p store.ProductID, a store.ApplicationID) {
	if key := notedApplicationKey(c, p); !n.judged && !n.hasMark(key) {
		n.table.Put(key, []byte(a))
	}
}

// findNotedApplication returns the application that noteApplication noted for a customer and product, or "" if it noted no application. Until all lines are
// judged it always returns "".
func (n *importNotes) findNotedApplication(c store.CustomerID, p store.ProductID) store.ApplicationID {
	if !n.judged {
		return ""
	}
	id, _ := n.table.Get(notedApplicationKey(c, p))
	return store.ApplicationID(id)
}

func notedApplicationKey(c store.CustomerID, p store.ProductID) string {
	return "applied/" + string(c) + "/" + string(p)
}

// spoolLine keeps a line to be imported later.
func (n *importNotes) spoolLine(l lines.Line) {
	n.later.Put(string(binary.BigEndian.AppendUint64([]byte("line/"), uint64(l.Number))), l.Text)
	n.spooled++
}

// spooledLines yields the lines kept by spoolLine, in the order of the file.
func (n *importNotes) spooledLines() iter.Seq[lines.Line] {
	return func(yield func(lines.Line) bool) {
		for key, text := range n.later.EntriesUnderPrefix("line/", "") {
			number := binary.BigEndian.Uint64([]byte(strings.TrimPrefix(key, "line/")))
			if !yield(lines.Line{Number: int(number), Text: text}) {
				return
			}
		}
	}
}

func (n *importNotes) putMark(key string) { n.table.Put(key, []byte{}) }

func (n *importNotes) hasMark(key string) bool {
	_, is := n.table.Get(key)
	return is
}

// forKeyChunks calls take with the keys that have a prefix, without that prefix, at most most at a time. The function take may add
// keys to the table.
func forKeyChunks(table *spill.Table, prefix string, most int, take func([]string) error) error {
	for after := ""; ; {
		var keys []string
		for key := range table.EntriesUnderPrefix(prefix, after) {
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

// noteMissingRecord notes that a record is missing in a full file.
func (n *importNotes) noteMissingRecord(what lines.RecordRef) {
	n.later.Put("lacks/"+what.Type+"/"+what.ID, []byte{})
}

// forMissingRecords calls take with the records that are missing in a full file, at most most at a time.
func (n *importNotes) forMissingRecords(most int, take func([]lines.RecordRef) error) error {
	return forKeyChunks(n.later, "lacks/", most, func(keys []string) error {
		var all []lines.RecordRef
		for _, key := range keys {
			kind, id, _ := strings.Cut(key, "/")
			all = append(all, lines.RecordRef{Type: kind, ID: id})
		}
		return take(all)
	})
}

// noteDroppedCustomer notes that the desk no longer deals with a customer.
func (n *importNotes) noteDroppedCustomer(id store.CustomerID) {
	n.putMark("silent/" + string(id))
	n.silences = true
}

func (n *importNotes) isCustomerDropped(id store.CustomerID) bool {
	return n.hasMark("silent/" + string(id))
}

// keepLineForNotice keeps a line with a change of which the customer is notified.
func (n *importNotes) keepLineForNotice(line store.Customer) error {
	if n.judged {
		return nil
	}
	if line.Status != "" {
		n.noteDroppedCustomer(line.ID)
	}
	text, err := json.Marshal(line)
	if err != nil {
		return err
	}
	n.later.Put(string(binary.BigEndian.AppendUint64([]byte("told/"), uint64(n.told))), text)
	n.told++
	return nil
}

// forNoticeLines calls take with the lines that keepLineForNotice kept, at most most at a time.
func (n *importNotes) forNoticeLines(most int, take func([]store.Customer) error) error {
	var some []store.Customer
	for _, text := range n.later.EntriesUnderPrefix("told/", "") {
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
