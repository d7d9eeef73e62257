package auditlog

import (
	"golang.org/x/mod/sumdb/tlog"

	"loket/store"
	"loket/store/checkpoint"
)

// FitsCheckpoint reports whether the log contains the state of a checkpoint, that is, whether its first c.Size entries have
// the same root hash. Unlike Verify, it trusts the stored hashes. It takes a second or two for ten million entries.
func FitsCheckpoint(tx *store.Tx, c checkpoint.Checkpoint) (bool, error) {
	head, err := loadHead(tx)
	switch {
	case err != nil:
		return false, err
	case head.edge.Size < c.Size:
		return false, nil
	case head.edge.Size == c.Size:
		return head.newest.Root == c.Root, nil
	}
	root, err := rootAtSize(tx, c.Size)
	return err == nil && root == c.Root, err
}

// rootAtSize computes the root hash of the first size entries from the stored hashes.
func rootAtSize(tx *store.Tx, size int64) (root tlog.Hash, err error) {
	var roots []tlog.Hash // roots are the root hashes of complete subtrees, from left to right.
	merge := func() {
		last := len(roots) - 1
		roots = append(roots[:last-1], tlog.NodeHash(roots[last-1], roots[last]))
	}
	var tile Tile
	for number := range size {
		if number%tileSize == 0 {
			if tile, err = findTile(tx, number); err != nil {
				return root, err
			}
		}
		if number%tileSize >= int64(len(tile)) {
			return root, newDamageError("entry %d has lost its hash", number)
		}
		roots = append(roots, tile[number%tileSize])
		for whole := number; whole&1 == 1; whole >>= 1 {
			merge()
		}
	}
	for len(roots) > 1 {
		merge()
	}
	if size == 0 {
		return tlog.TreeHash(0, nil)
	}
	return roots[0], nil
}
