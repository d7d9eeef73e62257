package store

import (
	"crypto/rand"
	"encoding/binary"
	"fmt"

	"loket/store/sealedkv"
)

// KeyCounts counts the keys that a transaction reads and writes.
type KeyCounts struct{ Read, Written int }

// TrackTouchedKeys makes tx count the keys that it reads and writes from now on, for PadKeyAccess.
func (tx *Tx) TrackTouchedKeys() { tx.touched = tx.sealed.TrackTouchedKeys() }

// maxDummyRecords is the maximum number of dummy records, which retention removes later.
const maxDummyRecords = 4096

// PadKeyAccess reads and writes dummy records until tx has touched as many keys as the counts in to. So an answer about an
// unknown person takes the engine as much work as one about a customer. Otherwise a slow engine would reveal the difference
// (X2). Dummy records that are read are never written, so that the transactions of two terminals do not conflict.
func (tx *Tx) PadKeyAccess(to KeyCounts) {
	var drawn [2]byte
	rand.Read(drawn[:])
	first := int(binary.BigEndian.Uint16(drawn[:]))
	for n := first; len(tx.touched.Read) < to.Read && tx.sealed.Err() == nil; n++ {
		sealedkv.Get[DailyRequests](tx.sealed, tx.requestsKey(fmt.Sprint("nobody, to read ", n%maxDummyRecords)))
	}
	for n := first; len(tx.touched.Written) < to.Written && tx.sealed.Err() == nil; n++ {
		tx.PutRequests(fmt.Sprint("nobody ", n%maxDummyRecords), DailyRequests{Day: tx.Now.Format("2006-01-02")})
	}
}
