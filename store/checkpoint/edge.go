package checkpoint

import (
	"fmt"
	"math/bits"

	"golang.org/x/mod/sumdb/tlog"
)

// Edge is the right edge of a Merkle tree: the roots of its complete subtrees, from left to right. The edge is enough to add
// entries and to compute the root of the tree.
type Edge struct {
	Size int64 `cbor:"1,keyasint"` // Size is the number of entries in the tree.
	// Hashes has one hash for each complete subtree, which is one for each bit that is set in Size.
	Hashes []tlog.Hash `cbor:"2,keyasint"`
}

var _ tlog.HashReader = Edge{}

// CheckSize returns an error if the number of hashes does not fit the size.
func (e Edge) CheckSize() error {
	if e.Size < 0 || len(e.Hashes) != bits.OnesCount64(uint64(e.Size)) {
		return fmt.Errorf("a tree of %d entries with an edge of %d hashes", e.Size, len(e.Hashes))
	}
	return nil
}

// ReadHashes implements [tlog.HashReader] for hashes on the edge.
func (e Edge) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		level, n := tlog.SplitStoredHashIndex(index)
		if e.Size>>level&1 == 0 || n != e.Size>>level-1 {
			return nil, fmt.Errorf("hash %d of level %d is not on the edge of a tree of %d entries", n, level, e.Size)
		}
		hashes[i] = e.Hashes[bits.OnesCount64(uint64(e.Size)>>(level+1))] // The hashes of larger subtrees come first.
	}
	return hashes, nil
}

// AddEntry adds an entry with the given hash to the tree.
func (e *Edge) AddEntry(hash tlog.Hash) error {
	made, err := tlog.StoredHashesForRecordHash(e.Size, hash, e)
	if err != nil {
		return err
	}
	merged := len(made) - 1
	e.Hashes = append(e.Hashes[:len(e.Hashes)-merged], made[merged])
	e.Size++
	return nil
}

// TreeRoot returns the root of the whole tree.
func (e Edge) TreeRoot() (tlog.Hash, error) { return tlog.TreeHash(e.Size, e) }
