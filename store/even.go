package store

import (
	"crypto/rand"
	"encoding/binary"
	"fmt"

	"loket/store/sealedkv"
)

// Keys is how many keys something reads and writes.
type Keys struct{ Read, Written int }

// Watch has EvenOut know of what tx reads and writes from now on.
func (tx *Tx) Watch() { tx.touched = tx.sealed.Watch() }

// nobodies is how many records of nobody there are at most, until retention removes them.
const nobodies = 4096

// EvenOut reads and writes records of nobody until tx has touched as many keys as to
// says: so an answer about nobody asks as much of the engine as one about somebody,
// which a slow one would show on a clock (X2). What is read is never written, so that
// transactions of two terminals do not get in each other's way.
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
