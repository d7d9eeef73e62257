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

// Damage lists records that cannot be unsealed although the keys for them exist, because the records were changed. It contains
// no personal data: see [store.RecordName].
type Damage struct {
	Count   int
	Records []string // Records has the names of the first damaged records.
}

// maxNamedRecords is the maximum number of damaged records that are named. The command check reports all of them.
const maxNamedRecords = 20

func (d *Damage) addDamaged(keys []string) {
	for _, key := range keys {
		if d.Count++; len(d.Records) < maxNamedRecords {
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

// errOrNil returns d, or nil if nothing is damaged.
func (d *Damage) errOrNil() error {
	if d.Count == 0 {
		return nil
	}
	return d
}

const (
	entriesPerChunk = 4096    // entriesPerChunk is the maximum number of entries in a chunk.
	bytesPerChunk   = 8 << 20 // bytesPerChunk is the number of bytes at which a chunk is complete.
)

// findDamagedKeys returns the keys of entries that cannot be unsealed. It uses all processors.
func findDamagedKeys(keys *keyring.Keys, entries []kvdb.Entry) []string {
	if len(entries) == 0 {
		return nil
	}
	parts := slices.Collect(slices.Chunk(entries, len(entries)/runtime.GOMAXPROCS(0)+1))
	damaged := make([][]string, len(parts))
	var all sync.WaitGroup
	for i, part := range parts {
		all.Go(func() {
			for _, e := range part {
				if e.Key == store.SchemaKey { // The schema version is not sealed.
					continue
				}
				if _, err := keys.Unseal(e.Key, e.Value); err != nil {
					damaged[i] = append(damaged[i], e.Key)
				}
			}
		})
	}
	all.Wait()
	return slices.Concat(damaged...)
}

// needsForgottenKey reports whether an entry is sealed under a key that existed when its backup began but has since been
// forgotten.
func needsForgottenKey(keys *keyring.Keys, were []uint32, e kvdb.Entry) bool {
	id := keyring.SealingKeyID(e.Value)
	return e.Key != store.SchemaKey && !keys.HasKey(id) && slices.Contains(were, id)
}
