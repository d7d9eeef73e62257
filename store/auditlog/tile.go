package auditlog

import (
	"golang.org/x/mod/sumdb/tlog"

	"loket/store"
	"loket/store/sealedkv"
)

// tileSize is the number of entry hashes in one record.
const tileSize = 256

// Tile has the hashes of consecutive entries. All tiles except the last are full.
type Tile []tlog.Hash

func tileKey(number int64) string { return numberedKey(store.TileTable, number/tileSize) }

// findTile returns the tile that contains, or will contain, the hash of an entry.
func findTile(tx *store.Tx, number int64) (Tile, error) {
	key := tileKey(number)
	sealed, found := tx.SealedTx().KV.Get(key)
	if !found {
		return nil, nil
	}
	t, err := sealedkv.Decode[Tile](tx.SealedTx().Keys, key, sealed)
	if err != nil {
		return nil, newDamageError("the hashes of the entries from %d on cannot be read: %v", number-number%tileSize, err)
	}
	return t, nil
}

// loggedEntryHash returns the stored hash of an entry.
func loggedEntryHash(tx *store.Tx, number int64) (hash tlog.Hash, err error) {
	t, err := findTile(tx, number)
	if err != nil {
		return hash, err
	}
	if at := number % tileSize; at < int64(len(t)) {
		return t[at], nil
	}
	return hash, newDamageError("entry %d has lost its hash", number)
}
