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

// Damage is which records cannot be unsealed, though the keys for them are there: they
// are not as they were written. It tells nothing about anybody: see [store.RecordName].
type Damage struct {
	Count   int
	Records []string // the first of them, by name
}

// mostNamed is how many damaged records are named. Many more are damage of another kind,
// which check tells more of.
const mostNamed = 20

func (d *Damage) add(keys []string) {
	for _, key := range keys {
		if d.Count++; len(d.Records) < mostNamed {
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

// orNil is d, or nil if nothing is damaged.
func (d *Damage) orNil() error {
	if d.Count == 0 {
		return nil
	}
	return d
}

const (
	openedAtOnce = 4096    // records
	readAtOnce   = 8 << 20 // bytes
)

// damagedIn returns the keys of entries whose seals cannot be opened. It looks on all
// processors.
func damagedIn(keys *keyring.Keys, entries []kvdb.Entry) []string {
	if len(entries) == 0 {
		return nil
	}
	parts := slices.Collect(slices.Chunk(entries, len(entries)/runtime.GOMAXPROCS(0)+1))
	damaged := make([][]string, len(parts))
	var all sync.WaitGroup
	for i, part := range parts {
		all.Go(func() {
			for _, e := range part {
				if e.Key == store.SchemaKey { // which is not sealed
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

// forgotten reports whether an entry is sealed under one of the keys that there were when
// its backup began, and that are not there any more.
func forgotten(keys *keyring.Keys, were []uint32, e kvdb.Entry) bool {
	id := keyring.SealedUnder(e.Value)
	return e.Key != store.SchemaKey && !keys.Has(id) && slices.Contains(were, id)
}
