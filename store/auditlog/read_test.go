package auditlog_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"loket/store"
	"loket/store/auditlog"
	"loket/store/fixture"
)

// TestReadingDamage: no reader accepts a log that was changed, or leaves out what it
// cannot read.
func TestReadingDamage(t *testing.T) {
	l := newLedger(t)
	l.record(t, 0, 300)
	l.fold(t)
	is := l.dump(t)
	readers := map[string]func(tx *store.Tx) int{
		"entries":   func(tx *store.Tx) int { return len(slices.Collect(auditlog.LoggedEntries(tx))) },
		"all":       func(tx *store.Tx) int { return len(slices.Collect(auditlog.AllEntries(tx))) },
		"backwards": func(tx *store.Tx) int { return len(slices.Collect(auditlog.NewestFirst(tx))) },
		"part":      func(tx *store.Tx) int { return len(slices.Collect(auditlog.EntriesInRange(tx, 0, 300))) },
	}
	for name, test := range map[string]struct {
		forge func(log map[string][]byte)
		seen  []string // the readers that find it: only EntriesInRange reads hashes
	}{
		"nothing":       {func(map[string][]byte) {}, nil},
		"entry":         {func(log map[string][]byte) { log[auditlog.EntryKey(7)] = []byte("nonsense") }, []string{"all", "backwards", "entries", "part"}},
		"leaf":          {func(log map[string][]byte) { log[auditlog.EntryKey(7)] = auditlog.ForgeLeaf(l.Store, 7) }, []string{"all", "backwards", "entries", "part"}},
		"key":           {func(log map[string][]byte) { log["log/7"] = log[auditlog.EntryKey(7)] }, []string{"all", "entries"}},
		"entry is gone": {func(log map[string][]byte) { delete(log, auditlog.EntryKey(7)) }, []string{"part"}},
		"hash is gone": {func(log map[string][]byte) {
			log[auditlog.TileKey(7)] = auditlog.CutTile(l.Store, 7, log[auditlog.TileKey(7)])
		}, []string{"part"}},
		"hash": {func(log map[string][]byte) {
			log[auditlog.TileKey(7)] = auditlog.ForgeTile(l.Store, 7, log[auditlog.TileKey(7)], nil)
		}, []string{"part"}},
		"hashes": {func(log map[string][]byte) { log[auditlog.TileKey(7)] = []byte("nonsense") }, []string{"part"}},
		"head":   {func(log map[string][]byte) { log[auditlog.HeadKey] = []byte("nonsense") }, []string{"backwards", "part"}},
		"tree": {func(log map[string][]byte) {
			log[auditlog.HeadKey] = auditlog.ForgeHead(l.Store, log[auditlog.HeadKey])
		}, []string{"backwards", "part"}},
	} {
		log := maps.Clone(is)
		test.forge(log)
		l.become(t, is, log)
		for reader, read := range readers {
			n := 0
			err := l.View(t.Context(), func(tx *store.Tx) error { n = read(tx); return nil })
			if seen := slices.Contains(test.seen, reader); seen != isDamaged(err) || !seen && (err != nil || n != 300 && name != "entry is gone") {
				t.Errorf("%s by %s: %d entries, %v", name, reader, n, err)
			}
		}
		l.become(t, log, is)
	}
}

// TestPart: EntriesInRange yields any part of the log, deleted entries included, and the loop
// can be left early.
func TestPart(t *testing.T) {
	l := newLedger(t)
	l.record(t, 0, 10)
	between := l.clock()
	l.record(t, 10, 20)
	l.fold(t)
	whole := l.entries(t)
	if dropped, err := auditlog.ForgetEntriesBefore(t.Context(), l.Store, between); err != nil || dropped != 10 {
		t.Fatalf("dropped %d, %v", dropped, err)
	}
	fixture.MustView(t, l.Store, func(tx *store.Tx) {
		for _, part := range [][2]int64{{0, 20}, {0, 0}, {9, 11}, {19, 99}, {20, 99}, {5, 10}} {
			var got []int64
			for e := range auditlog.EntriesInRange(tx, part[0], part[1]) {
				got = append(got, e.Number)
				if e.Hash != whole[e.Number].Hash || (e.Number < 10) != (e.Leaf == nil) {
					t.Errorf("%d is %+v", e.Number, e)
				}
			}
			var want []int64
			for n := part[0]; n < min(part[1], 20); n++ {
				want = append(want, n)
			}
			fixture.RequireEqual(t, got, want)
		}
		for _, all := range []func(func(auditlog.Entry) bool){auditlog.EntriesInRange(tx, 0, 20), auditlog.LoggedEntries(tx)} {
			n := 0
			for range all {
				if n++; n == 3 {
					break
				}
			}
			fixture.RequireEqual(t, n, 3)
		}
	})
}

// TestForgottenIsOnesOwn: forgetting one customer leaves the entries of others, and does
// not look like tampering.
func TestForgottenIsOnesOwn(t *testing.T) {
	l := newLedger(t)
	l.record(t, 0, 30)
	if forgotten, err := auditlog.ForgetCustomers(t.Context(), l.Store, "K1"); err != nil || forgotten != 10 {
		t.Errorf("forgot %d, %v", forgotten, err)
	}
	for _, e := range l.entries(t) {
		switch about(int(e.Number)) {
		case "K1":
			fixture.RequireEqual(t, e.Erased && e.Customer == "" && e.Nonce == nil, true)
		case "K2":
			fixture.RequireEqual(t, !e.Erased && e.Customer == "K2" && len(e.Nonce) == 16, true)
		default:
			fixture.RequireEqual(t, e.Erased || e.Customer != "" || e.Nonce != nil, false)
		}
	}
	fixture.RequireEqual(t, l.sound(t, 30).Erased, 10)
	if forgotten, err := auditlog.ForgetCustomers(t.Context(), l.Store, "K9"); err != nil || forgotten != 0 {
		t.Errorf("forgot %d of somebody who is in no entry, %v", forgotten, err)
	}
}

// TestHalfForgotten: an entry has both nonce and customer, or neither.
func TestHalfForgotten(t *testing.T) {
	l := newLedger(t)
	l.record(t, 0, 3)
	l.fold(t)
	is := l.dump(t)
	for name, half := range map[string]func(*store.AuditEntry, *auditlog.LogForgery){
		"no nonce":    func(_ *store.AuditEntry, f *auditlog.LogForgery) { f.Nonce = nil },
		"no customer": func(_ *store.AuditEntry, f *auditlog.LogForgery) { f.Customer = "" },
	} {
		log := maps.Clone(is)
		key := auditlog.EntryKey(1)
		log[key] = auditlog.ForgeEntry(l.Store, key, log[key], key, half)
		l.become(t, is, log)
		fault := l.verify(t).Fault
		if fault == nil || fault.First != 1 || fault.Last != 1 {
			t.Errorf("%s: %v", name, fault)
		}
		l.become(t, log, is)
	}
}

// TestFormat: the keys of the log have the format that existing databases have.
func TestFormat(t *testing.T) {
	fixture.RequireEqual(t, auditlog.EntryKey(258), "log/0000000000000102")
	fixture.RequireEqual(t, auditlog.TileKey(255), "tile/0000000000000000")
	fixture.RequireEqual(t, auditlog.TileKey(256), "tile/0000000000000001")
	fixture.RequireEqual(t, auditlog.HeadKey, "head/newest")
}

func TestFaultSays(t *testing.T) {
	for want, f := range map[string]*auditlog.LogFault{
		"is cut off":                           {First: auditlog.NoEntry, Last: auditlog.NoEntry, What: "is cut off"},
		"entry 3 is missing":                   {First: 3, Last: 3, What: "is missing"},
		"one of the entries 3 to 5 is another": {First: 3, Last: 5, What: "is another"},
	} {
		fixture.RequireEqual(t, f.Error(), want)
	}
}

// TestPastTheEnd: records of entries beyond the end are found.
func TestPastTheEnd(t *testing.T) {
	for _, size := range []int{255, 256, 257} {
		l := newLedger(t)
		l.record(t, 0, size)
		l.fold(t)
		is := l.dump(t)
		last := auditlog.TileKey(int64(size) - 1)
		next := auditlog.TileKey(int64(size) + 255)
		for name, forge := range map[string]func(log map[string][]byte){
			"a hash":             func(log map[string][]byte) { log[last] = auditlog.GrowTile(l.Store, int64(size)-1, log[last]) },
			"hashes":             func(log map[string][]byte) { log[next] = log[last] },
			"hashes of no entry": func(log map[string][]byte) { log["tile/x"] = log[last] },
			"a checkpoint":       func(log map[string][]byte) { log["checkpoint/0000000000000800"] = log[last] },
			"one of no size":     func(log map[string][]byte) { log["checkpoint/x"] = log[last] },
		} {
			log := maps.Clone(is)
			forge(log)
			l.become(t, is, log)
			if fault := l.verify(t).Fault; fault == nil || fault.First != int64(size) {
				t.Errorf("%s after %d entries: %v", name, size, fault)
			}
			l.become(t, log, is)
		}
		l.sound(t, size)
	}
}

// TestWritingDamage: nothing is added to or removed from a log that was changed, and
// Verify finds it.
func TestWritingDamage(t *testing.T) {
	l := newLedger(t)
	l.record(t, 0, 100)
	l.fold(t)
	is := l.dump(t)
	l.record(t, 100, 101)
	nonsense := []byte("nonsense")
	for name, test := range map[string]struct {
		forge func(log map[string][]byte)
		seen  []string
	}{
		"head": {func(log map[string][]byte) { log[auditlog.HeadKey] = nonsense }, []string{"checkpoint", "fold", "forget", "forget before", "verify"}},
		"tree": {func(log map[string][]byte) {
			log[auditlog.HeadKey] = auditlog.ForgeHead(l.Store, log[auditlog.HeadKey])
		}, []string{"checkpoint", "fold", "forget", "forget before", "verify"}},
		"hashes":   {func(log map[string][]byte) { log[auditlog.TileKey(0)] = nonsense }, []string{"fold", "forget", "forget before", "verify"}},
		"an entry": {func(log map[string][]byte) { log[auditlog.EntryKey(0)] = nonsense }, []string{"forget before", "verify"}},
	} {
		for does, do := range map[string]func() error{
			"checkpoint":    func() error { _, _, err := auditlog.NewestCheckpoint(t.Context(), l.Store); return err },
			"fold":          func() error { _, err := auditlog.FoldQueued(t.Context(), l.Store); return err },
			"forget":        func() error { _, err := auditlog.ForgetCustomers(t.Context(), l.Store, "K1"); return err },
			"forget before": func() error { _, err := auditlog.ForgetEntriesBefore(t.Context(), l.Store, l.clock()); return err },
			"verify": func() error {
				if fault := l.verify(t).Fault; fault != nil {
					return fmt.Errorf("%w: %w", auditlog.ErrDamaged, fault)
				}
				return nil
			},
		} {
			if seen := slices.Contains(test.seen, does); seen {
				log := maps.Clone(is)
				test.forge(log)
				l.become(t, is, log)
				if err := do(); !isDamaged(err) {
					t.Errorf("%s by %s: %v", name, does, err)
				}
				l.become(t, log, is)
			}
		}
	}
	fixture.RequireEqual(t, l.fold(t), 1)
	l.sound(t, 101)
}

// TestNumbers: a number in a key is parsed in its canonical form only.
func TestNumbers(t *testing.T) {
	for key, want := range map[string]int64{"log/0000000000000000": 0, "log/0000000000000102": 258} {
		if n, err := auditlog.ParseNumber("log", key); err != nil || n != want {
			t.Errorf("%s: %d, %v", key, n, err)
		}
	}
	for _, bad := range []string{"", "log/", "log/x", "log/102", "log/000000000000010A", "tile/0000000000000102", "log/00000000000000102"} {
		if n, err := auditlog.ParseNumber("log", bad); err == nil {
			t.Errorf("%q is read as %d", bad, n)
		}
	}
}

// TestKeptCheckpointIsThere: there are as many stored checkpoints as there must be, also
// at the very entry of one.
func TestKeptCheckpointIsThere(t *testing.T) {
	l := newLedger(t)
	l.record(t, 0, auditlog.KeptCheckpoints)
	l.fold(t)
	is := l.dump(t)
	log := maps.Clone(is)
	delete(log, fmt.Sprintf("checkpoint/%016x", auditlog.KeptCheckpoints))
	fixture.RequireEqual(t, len(log), len(is)-1)
	l.become(t, is, log)
	if fault := l.verify(t).Fault; fault == nil || fault.First != auditlog.NoEntry {
		t.Errorf("without it: %v", fault)
	}
	l.become(t, log, is)
	l.sound(t, auditlog.KeptCheckpoints)
}
