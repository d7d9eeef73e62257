package sealedkv

// Touched is the sets of keys that a transaction reads and writes. A nil Touched records
// nothing.
type Touched struct{ Read, Written map[string]bool }

// Watch makes tx record the keys that it reads and writes from now on.
func (tx *Tx) Watch() *Touched {
	tx.touched = &Touched{map[string]bool{}, map[string]bool{}}
	return tx.touched
}

func (t *Touched) read(key string) {
	if t != nil {
		t.Read[key] = true
	}
}

func (t *Touched) wrote(key string) {
	if t != nil {
		t.Written[key] = true
	}
}
