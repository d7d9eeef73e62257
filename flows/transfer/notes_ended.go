package transfer

import (
	"encoding/binary"
	"encoding/json"
	"time"

	"loket/flows/transfer/lines"
	"loket/store"
)

// A notedRemoval is a line that says that a record is removed. It is judged after all other lines.
type notedRemoval struct {
	lines.Removal
	Line int // Line is the line number.
}

const removalPrefix = "removal/"

func (n *importNotes) noteRemoval(r notedRemoval) {
	text, err := json.Marshal(r)
	if err != nil {
		panic(err) // A number and strings can always be marshalled.
	}
	n.later.Put(string(binary.BigEndian.AppendUint64([]byte(removalPrefix), uint64(r.Line))), text)
}

// forRemovals calls take with the removals that noteRemoval noted, in the order of their lines, at most most at a time.
func (n *importNotes) forRemovals(most int, take func([]notedRemoval) error) error {
	return forKeyChunks(n.later, removalPrefix, most, func(keys []string) error {
		all := make([]notedRemoval, len(keys))
		for i, key := range keys {
			text, _ := n.later.Get(removalPrefix + key)
			if err := json.Unmarshal(text, &all[i]); err != nil {
				return err
			}
		}
		return take(all)
	})
}

// Values of the note about a customer whom a line removes.
const (
	noteEnded      = "ended"       // noteEnded means that the bank no longer has the customer.
	noteStaysEnded = "stays ended" // noteStaysEnded means that the customer had ended before this file, and still has.
)

const endedPrefix = "ended/"

func (n *importNotes) putEndedNote(id store.CustomerID, note string) {
	if !n.judged {
		n.later.Put(endedPrefix+string(id), []byte(note))
	}
}

// endedNote returns the note about a customer, or "" if there is no note.
func (n *importNotes) endedNote(id store.CustomerID) string {
	note, _ := n.later.Get(endedPrefix + string(id))
	return string(note)
}

// noteEndedCustomer notes a customer whom the bank no longer has.
func (n *importNotes) noteEndedCustomer(id store.CustomerID) {
	if !n.judged {
		n.putEndedNote(id, noteEnded)
		n.noteDroppedCustomer(id)
	}
}

// forEndedCustomers calls take with the customers whom the bank no longer has, at most most at a time.
func (n *importNotes) forEndedCustomers(most int, take func([]store.CustomerID) error) error {
	return forKeyChunks(n.later, endedPrefix, most, func(keys []string) error {
		var all []store.CustomerID
		for _, key := range keys {
			if id := store.CustomerID(key); n.endedNote(id) == noteEnded {
				all = append(all, id)
			}
		}
		return take(all)
	})
}

// A revival is the note about a record that had ended, and that a line of the file describes again.
type revival struct {
	ended  time.Time  // ended is when the record had ended.
	effect lineEffect // effect is the effect of the line on the facts of the record, apart from the end.
}

func revivalKey(what lines.RecordRef) string { return "revived/" + what.Type + "/" + what.ID }

func (n *importNotes) noteRevival(what lines.RecordRef, r revival) {
	if !n.judged {
		n.table.Put(revivalKey(what), binary.AppendVarint([]byte{byte(r.effect)}, r.ended.UnixNano()))
	}
}

// isRevived reports whether there is a note about a revival.
func (n *importNotes) isRevived(what lines.RecordRef) bool { return n.hasMark(revivalKey(what)) }

// findRevival returns the note about a record that had ended, if a line of the file has described it again.
func (n *importNotes) findRevival(what lines.RecordRef) (r revival, is bool) {
	text, is := n.table.Get(revivalKey(what))
	if !is {
		return r, false
	}
	nanos, _ := binary.Varint(text[1:])
	return revival{time.Unix(0, nanos).UTC(), lineEffect(text[0])}, true
}
