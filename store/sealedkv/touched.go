package sealedkv

// TouchedKeys holds the keys that a transaction has read and written. A nil TouchedKeys records nothing.
type TouchedKeys struct{ Read, Written map[string]bool }

// TrackTouchedKeys makes tx record the keys that it reads and writes from now on.
func (tx *Tx) TrackTouchedKeys() *TouchedKeys {
	tx.touchedKeys = &TouchedKeys{map[string]bool{}, map[string]bool{}}
	return tx.touchedKeys
}

func (t *TouchedKeys) noteRead(key string) {
	if t != nil {
		t.Read[key] = true
	}
}

func (t *TouchedKeys) noteWritten(key string) {
	if t != nil {
		t.Written[key] = true
	}
}
