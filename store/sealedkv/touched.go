package sealedkv

// Touched is which keys a transaction reads and writes, one by one. One that is nil is
// not told.
type Touched struct{ Read, Written map[string]bool }

// Watch has tx tell from now on which keys it reads and writes.
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
