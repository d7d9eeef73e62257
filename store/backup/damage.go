package backup

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"

	"loket/store"
	"loket/store/keyring"
	"loket/store/kvdb"
)

// Damage lists records that cannot be unsealed although their keys are there: they are
// not as they were written. It holds no personal data: see [store.RecordName].
type Damage struct {
	Count   int
	Records []string // the names of the first of them
}

// maxNamed is how many damaged records are named. Beyond that, command check reports
// more.
const maxNamed = 20

func (d *Damage) add(keys []string) {
	for _, key := range keys {
		if d.Count++; len(d.Records) < maxNamed {
			table, record := store.RecordName(key)
			d.Records = append(d.Records, table+" "+record)
		}
	}
}

func (d *Damage) Error() string {
	says := fmt.Sprintf("%d records cannot be unsealed: %s", d.Count, strings.Join(d.Records, ", "))
	if d.Count == 1 {
		says = "a record cannot be unsealed: " + d.Records[0]
	}
	if more := d.Count - len(d.Records); more > 0 {
		says += fmt.Sprintf(" and %d more", more)
	}
	return says
}

// orNil returns d, or nil if nothing is damaged.
func (d *Damage) orNil() error {
	if d.Count == 0 {
		return nil
	}
	return d
}

const (
	entriesPerChunk = 4096    // records
	bytesPerChunk   = 8 << 20 // bytes
)

// findDamaged returns the keys of entries that cannot be unsealed. It uses all processors.
func findDamaged(keys *keyring.Keys, entries []kvdb.Entry) []string {
	if len(entries) == 0 {
		return nil
	}
	parts := slices.Collect(slices.Chunk(entries, len(entries)/runtime.GOMAXPROCS(0)+1))
	damaged := make([][]string, len(parts))
	var all sync.WaitGroup
	for i, part := range parts {
		all.Go(func() {
			for _, e := range part {
				if e.Key == store.SchemaKey { // it is not sealed
					continue
				}
				if _, err := keys.Open(e.Key, e.Value); err != nil {
					damaged[i] = append(damaged[i], e.Key)
				}
			}
		})
	}
	all.Wait()
	return slices.Concat(damaged...)
}

// needsForgottenKey reports whether an entry is sealed under a key that was there when its backup
// began, and is not there any more.
func needsForgottenKey(keys *keyring.Keys, were []uint32, e kvdb.Entry) bool {
	id := keyring.SealingKeyID(e.Value)
	return e.Key != store.SchemaKey && !keys.HasKey(id) && slices.Contains(were, id)
}
