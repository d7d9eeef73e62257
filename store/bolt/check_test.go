package bolt

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"loket/store/kvdb"
)

// layered makes a database file that has small tables, a table with branch pages above its leaf pages, a value of several
// pages, and free pages.
func layered(t *testing.T) *Engine {
	t.Helper()
	e := fresh(t, Options{NoSync: true})
	t.Cleanup(func() { e.Close() })
	must(t, e.Load(t.Context(), entries(5_000)))
	putAt(t, e, "small/1", []byte("v"))
	putAt(t, e, "large/1", bytes.Repeat([]byte("v"), 20_000))
	putAt(t, e, "small/2", []byte("v"))
	return e
}

// checkLimit is the time after which a call of Check is cancelled, in case it would start again for ever.
const checkLimit = 20 * time.Second

// checked returns the damage that Check finds.
func checked(t *testing.T, e *Engine) (damage []string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), checkLimit)
	defer cancel()
	if err := e.Check(ctx, func(err error) { damage = append(damage, err.Error()) }); err != nil {
		t.Fatal(err)
	}
	return damage
}

// pageOf returns the number of the first page that has the given flags and at least count elements.
func pageOf(t *testing.T, e *Engine, flags, count uint16) int64 {
	t.Helper()
	size := int64(os.Getpagesize())
	m, err := readNewestMeta(e.writer.current.osFile, size)
	must(t, err)
	free, err := readFreelist(e.writer.current.osFile, size, m)
	must(t, err)
	p := pageReader{e.writer.current.osFile, size}
	isFree := map[uint64]bool{}
	for _, id := range free {
		isFree[id] = true
	}
	for id := uint64(firstDataPage); id < m.end; id++ {
		h, err := p.readHeader(id)
		must(t, err)
		if !isFree[id] && h.id == id && h.flags == flags && h.count >= count {
			return int64(id) * size
		}
		id += uint64(h.overflow)
	}
	t.Fatalf("no page of kind %#x", flags)
	return 0
}

// TestCheckFinds checks that Check finds each kind of damage in the file of an open engine.
func TestCheckFinds(t *testing.T) {
	number := func(size int, n uint64) []byte {
		text := binary.NativeEndian.AppendUint64(nil, n)
		return text[:size] // The replacement text is for a little-endian machine.
	}
	for name, test := range map[string]struct {
		flags, count uint16
		at           int64
		text         []byte
		says         string
	}{
		"a leaf of another number":           {leafFlag, 5, 0, number(8, 3), "says that it is page 3"},
		"a leaf of no kind":                  {leafFlag, 5, 8, number(2, 0x77), "unknown kind 0x77"},
		"a leaf without room":                {leafFlag, 5, 10, number(2, 60_000), "no room for 60000 elements"},
		"a leaf that goes on without end":    {leafFlag, 5, 12, number(4, 0xEEEEEEEE), "too large"},
		"a leaf that goes on too far":        {leafFlag, 5, 12, number(4, 1), "used twice"},
		"a key past the end of its leaf":     {leafFlag, 5, pageHeaderSize + 8, number(4, 1<<30), "element 0 goes past the end of its page"},
		"a leaf with a table in it":          {leafFlag, 5, pageHeaderSize, number(4, 1), "page"},
		"a leaf whose keys are in disorder":  {leafFlag, 5, pageHeaderSize + 5*elementSize - elementSize + 4, number(4, elementSize), "not in the order of keys"},
		"a branch to nowhere":                {branchFlag, 2, pageHeaderSize + 8, number(8, 1<<40), "is pointed to, and is none"},
		"a branch to a meta page":            {branchFlag, 2, pageHeaderSize + 8, number(8, 1), "is pointed to, and is none"},
		"a branch without anything":          {branchFlag, 2, 10, number(2, 0), "without anything"},
		"a list of free pages that is none":  {freelistFlag, 1, 8, number(2, leafFlag), "list of free pages makes no sense"},
		"a free page that is in use":         {freelistFlag, 1, pageHeaderSize, number(8, 9), "used twice"},
		"a free page that is not there":      {freelistFlag, 1, pageHeaderSize, number(8, 1<<40), "listed as free"},
		"a free page that nobody knows of":   {freelistFlag, 1, 10, number(2, 0), "neither in use nor free"},
		"more free pages than there can be":  {freelistFlag, 1, 10, number(2, 0xFFF0), "list of free pages makes no sense"},
		"a list of free pages with no bound": {freelistFlag, 1, 10, number(2, largeCountMark), "list of free pages makes no sense"},
	} {
		t.Run(name, func(t *testing.T) {
			e := layered(t)
			if damage := checked(t, e); len(damage) > 0 {
				t.Fatalf("found %q before there was any", damage)
			}
			_, err := e.writer.current.osFile.WriteAt(test.text, pageOf(t, e, test.flags, test.count)+test.at)
			must(t, err)
			if damage := strings.Join(checked(t, e), "\n"); !strings.Contains(damage, test.says) {
				t.Errorf("found %q, want %q", damage, test.says)
			}
		})
	}
}

// TestCheckOutlivesDamage checks that Check does not crash when random bytes anywhere in the file are overwritten, and that it
// reports damage outside values.
func TestCheckOutlivesDamage(t *testing.T) {
	e := layered(t)
	whole, err := os.ReadFile(e.writer.path)
	must(t, err)
	random, size := rand.New(rand.NewPCG(1, 2)), int64(os.Getpagesize())
	m, err := readNewestMeta(bytes.NewReader(whole), size)
	must(t, err)
	found := 0
	for range 400 {
		at := firstDataPage*size + random.Int64N(int64(m.end-firstDataPage)*size)
		if random.IntN(2) == 0 {
			at -= at % size // Half of the damage is in the header or the first elements of a page.
			at += random.Int64N(pageHeaderSize + 2*elementSize)
		}
		nonsense := []byte(fmt.Sprintf("%08x", random.Uint32()))[:1+random.IntN(8)]
		_, err := e.writer.current.osFile.WriteAt(nonsense, at)
		must(t, err)
		if err := e.Check(t.Context(), func(error) { found++ }); err != nil && !strings.Contains(err.Error(), "damaged") {
			t.Errorf("%q at %d: %v", nonsense, at, err)
		}
		_, err = e.writer.current.osFile.WriteAt(whole[at:at+int64(len(nonsense))], at)
		must(t, err)
	}
	if found == 0 {
		t.Error("found nothing")
	}
	if damage := checked(t, e); len(damage) > 0 {
		t.Errorf("found %q when all is well again", damage)
	}
}

func TestCheckOfNoFile(t *testing.T) {
	e := layered(t)
	must(t, e.writer.current.osFile.Truncate(8*int64(os.Getpagesize())))
	if err := e.Check(t.Context(), func(error) {}); err == nil || !strings.Contains(err.Error(), "damaged database: has ") {
		t.Errorf("of a file that was cut short: %v", err)
	}
	must(t, e.writer.current.osFile.Close())
	if err := e.Check(t.Context(), func(error) {}); !errors.Is(err, os.ErrClosed) {
		t.Errorf("of a file that cannot be read: %v", err)
	}
}

// TestCheckStopped checks that a Check that is cancelled ends soon.
func TestCheckStopped(t *testing.T) {
	e := layered(t)
	ctx, cancel := context.WithCancel(t.Context())
	_, err := e.writer.current.osFile.WriteAt([]byte{0x77}, pageOf(t, e, leafFlag, 5)+8)
	must(t, err)
	if err := e.Check(ctx, func(error) { cancel() }); !errors.Is(err, context.Canceled) {
		t.Errorf("got error %v", err)
	}
}

// TestCheckBesideOthers checks that commits go on during a Check, and that Scrub changes nothing in the meantime.
func TestCheckBesideOthers(t *testing.T) {
	e := layered(t)
	_, err := e.writer.current.osFile.WriteAt([]byte{0x77}, pageOf(t, e, leafFlag, 5)+8)
	must(t, err)
	found := 0
	must(t, e.Check(t.Context(), func(error) {
		found++
		putAt(t, e, "small/3", []byte("v"))
		if err := e.Scrub(t.Context()); !errors.Is(err, kvdb.ErrTooManyConflicts) {
			t.Errorf("scrub: got error %v, want %v", err, kvdb.ErrTooManyConflicts)
		}
	}))
	if found == 0 {
		t.Error("found nothing")
	}
}

// TestCheckWhileAllChanges checks that Check finds no damage in a sound database of which every page is rewritten during the
// Check.
func TestCheckWhileAllChanges(t *testing.T) {
	e := layered(t)
	var writer sync.WaitGroup
	done := make(chan bool)
	writer.Go(func() {
		random := rand.New(rand.NewPCG(3, 4))
		for {
			select {
			case <-done:
				return
			default:
			}
			if err := e.Update(context.Background(), func(kv kvdb.KV) error {
				for range 50 {
					key := fmt.Sprintf("b/%d", random.IntN(3_000))
					if random.IntN(3) == 0 {
						kv.Delete(key)
					} else {
						kv.Put(key, make([]byte, random.IntN(9_000)))
					}
				}
				return nil
			}); err != nil {
				t.Error(err)
				return
			}
		}
	})
	for range 100 {
		if damage := checked(t, e); len(damage) > 0 {
			t.Errorf("found %q", damage)
			break
		}
	}
	close(done)
	writer.Wait()
}

// BenchmarkCheck measures Check on a database of 2,000,000 entries.
func BenchmarkCheck(b *testing.B) {
	const count = 2_000_000
	e := stocked(b, count)
	for b.Loop() {
		if err := e.Check(b.Context(), func(damage error) { b.Error(damage) }); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(count*b.N)/b.Elapsed().Seconds(), "entries/s")
}

// BenchmarkReplace measures replacing an empty database with 2,000,000 entries.
func BenchmarkReplace(b *testing.B) {
	const count = 2_000_000
	e := fresh(b, Options{})
	defer e.Close()
	for b.Loop() {
		if err := e.Replace(b.Context(), func(put func(string, []byte) error) error {
			for key, value := range entries(count) {
				if err := put(key, value); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(count*b.N)/b.Elapsed().Seconds(), "entries/s")
}

// TestCheckPastTheEnd checks that a page is reported as damaged if its overflow pages include used pages or go beyond the end
// of the file.
func TestCheckPastTheEnd(t *testing.T) {
	e := layered(t)
	size := int64(os.Getpagesize())
	raw := e.writer.current.osFile
	m, err := readNewestMeta(raw, size)
	must(t, err)
	at := pageOf(t, e, leafFlag, 5)
	for more := range uint64(2) {
		text := binary.NativeEndian.AppendUint64(nil, m.end-uint64(at/size)-1+more)[:4]
		_, err := raw.WriteAt(text, at+12)
		must(t, err)
		if damage := strings.Join(checked(t, e), "\n"); !strings.Contains(damage, "too large") {
			t.Errorf("%d past the end: found %q", more, damage)
		}
	}
}

// TestCheckOfPageAtTheEnd checks that a branch page is reported as damaged if it refers to the page after the last one.
func TestCheckOfPageAtTheEnd(t *testing.T) {
	e := layered(t)
	raw := e.writer.current.osFile
	m, err := readNewestMeta(raw, int64(os.Getpagesize()))
	must(t, err)
	_, err = raw.WriteAt(binary.NativeEndian.AppendUint64(nil, m.end), pageOf(t, e, branchFlag, 2)+pageHeaderSize+8)
	must(t, err)
	if damage := strings.Join(checked(t, e), "\n"); !strings.Contains(damage, "is pointed to, and is none") {
		t.Errorf("found %q", damage)
	}
}
