package store

import (
	"crypto/rand"
	"encoding/binary"
	"fmt"

	"loket/store/sealedkv"
)

// Keys counts the keys that a transaction reads and writes.
type Keys struct{ Read, Written int }

// Watch makes EvenOut count what tx reads and writes from now on.
func (tx *Tx) Watch() { tx.touched = tx.sealed.Watch() }

// nobodies is the largest number of dummy records, until retention removes them.
const nobodies = 4096

// EvenOut reads and writes dummy records until tx has touched as many keys as to has. So
// an answer about an unknown person costs the engine as much as one about a customer;
// otherwise a slow engine would show the difference (X2). Dummy records that are read are
// never written, so that transactions of two terminals do not conflict.
func (tx *Tx) EvenOut(to Keys) {
	var drawn [2]byte
	rand.Read(drawn[:])
	first := int(binary.BigEndian.Uint16(drawn[:]))
	for n := first; len(tx.touched.Read) < to.Read && tx.sealed.Err() == nil; n++ {
		sealedkv.Get[Requests](tx.sealed, tx.requestsKey(fmt.Sprint("nobody, to read ", n%nobodies)))
	}
	for n := first; len(tx.touched.Written) < to.Written && tx.sealed.Err() == nil; n++ {
		tx.PutRequests(fmt.Sprint("nobody ", n%nobodies), Requests{Day: tx.Now.Format("2006-01-02")})
	}
}
