package auditlog_test

import (
	"errors"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"loket/store"
	"loket/store/auditlog"
	"loket/store/checkpoint"
	"loket/store/fixture"
)

// A state is the records of a log at one time, and its checkpoint.
type state struct {
	dump   map[string][]byte
	newest checkpoint.Checkpoint
}

// victims are logs of several sizes, with the states that they went through. In the last
// two, the customer K1 is forgotten; in the last one, a hundred entries are deleted too.
func victims(t *testing.T) (ledgers []*ledger, states [][]state) {
	for _, size := range []int{1, 40, 256, 700, 1300, 2048} {
		l := newLedger(t)
		var went []state
		keep := func() { went = append(went, state{l.dump(t), l.newest(t)}) }
		for from, to := range steps(size) {
			l.record(t, from, to)
			l.fold(t)
			keep()
		}
		if size >= 700 {
			if _, err := auditlog.ForgetCustomers(t.Context(), l.Store, "K1"); err != nil {
				t.Fatal(err)
			}
		}
		if size >= 1300 {
			before := l.entries(t)[100].At
			if dropped, err := auditlog.ForgetEntriesBefore(t.Context(), l.Store, before); err != nil || dropped != 100 {
				t.Fatalf("dropped %d, %v", dropped, err)
			}
		}
		keep()
		ledgers, states = append(ledgers, l), append(states, went)
	}
	return ledgers, states
}

// steps returns sizes up to size.
func steps(size int) func(func(from, to int) bool) {
	return func(yield func(int, int) bool) {
		from := 0
		for _, to := range []int{size / 5, size / 2, size * 4 / 5, size} {
			if to > from && !yield(from, to) {
				return
			}
			from = max(from, to)
		}
	}
}

// A tampering changes a log in one way. It returns the number of the first bad entry, and
// whether only a checkpoint from outside shows it.
type tampering func(r *rapid.T, v *victim) (first int64, unseen bool)

// victim is a log to tamper with.
type victim struct {
	*ledger
	log  map[string][]byte // to be changed
	was  []state
	kept int64
	size int64
}

// any draws the number of an entry that is not deleted.
func (v *victim) any(r *rapid.T) int64 {
	return rapid.Int64Range(v.kept, v.size-1).Draw(r, "entry")
}

// move reseals entry from as entry to, changed.
func (v *victim) move(from, to int64, change func(*store.AuditEntry, *auditlog.LogForgery)) []byte {
	key := auditlog.EntryKey(from)
	return auditlog.ForgeEntry(v.Store, key, v.log[key], auditlog.EntryKey(to), change)
}

func unchanged(*store.AuditEntry, *auditlog.LogForgery) {}

func outcome(e *store.AuditEntry, _ *auditlog.LogForgery) { e.Outcome = "forged" }

var tamperings = map[string]tampering{
	"changed": func(r *rapid.T, v *victim) (int64, bool) {
		n := v.any(r)
		v.log[auditlog.EntryKey(n)] = v.move(n, n, outcome)
		return n, false
	},
	"changed whom it is about": func(r *rapid.T, v *victim) (int64, bool) {
		n := v.any(r)
		v.log[auditlog.EntryKey(n)] = v.move(n, n, func(_ *store.AuditEntry, f *auditlog.LogForgery) {
			f.Customer, f.Nonce = "K9", []byte("0123456789abcdef")
		})
		return n, false
	},
	"spoilt, without any key": func(r *rapid.T, v *victim) (int64, bool) {
		n := v.any(r)
		sealed := slices.Clone(v.log[auditlog.EntryKey(n)])
		sealed[rapid.IntRange(0, len(sealed)-1).Draw(r, "byte")] ^= 1
		v.log[auditlog.EntryKey(n)] = sealed
		return n, false
	},
	"copied over another, without any key": func(r *rapid.T, v *victim) (int64, bool) {
		n := v.any(r)
		v.log[auditlog.EntryKey(n)] = v.log[auditlog.EntryKey((n-v.kept+1)%(v.size-v.kept)+v.kept)]
		if v.size-v.kept == 1 {
			v.log[auditlog.EntryKey(n)] = nil
		}
		return n, false
	},
	"changed with its hash": func(r *rapid.T, v *victim) (int64, bool) {
		n := v.any(r)
		v.log[auditlog.EntryKey(n)] = v.move(n, n, outcome)
		v.log[auditlog.TileKey(n)] = auditlog.ForgeTile(v.Store, n, v.log[auditlog.TileKey(n)], v.log[auditlog.EntryKey(n)])
		return n, false
	},
	"removed": func(r *rapid.T, v *victim) (int64, bool) {
		n := v.any(r)
		delete(v.log, auditlog.EntryKey(n))
		return n, false
	},
	"removed, and the gap closed": func(r *rapid.T, v *victim) (int64, bool) {
		n := v.any(r)
		for to := n; to < v.size-1; to++ {
			v.log[auditlog.EntryKey(to)] = v.move(to+1, to, unchanged)
		}
		delete(v.log, auditlog.EntryKey(v.size-1))
		return n, false
	},
	"inserted": func(r *rapid.T, v *victim) (int64, bool) {
		n := rapid.Int64Range(v.kept, v.size).Draw(r, "entry")
		forged := v.move(min(n, v.size-1), n, outcome)
		for from := v.size - 1; from >= n; from-- {
			v.log[auditlog.EntryKey(from+1)] = v.move(from, from+1, unchanged)
		}
		v.log[auditlog.EntryKey(n)] = forged
		return n, false
	},
	"inserted far after the end": func(r *rapid.T, v *victim) (int64, bool) {
		n := v.size + rapid.Int64Range(1, 1<<40).Draw(r, "beyond")
		v.log[auditlog.EntryKey(n)] = v.move(v.size-1, n, outcome)
		return n, false
	},
	"inserted under another key": func(r *rapid.T, v *victim) (int64, bool) {
		v.log[auditlog.EntryKey(v.size-1)+"x"] = []byte("x")
		return v.size, false
	},
	"put back after it was let go": func(r *rapid.T, v *victim) (int64, bool) {
		if v.kept == 0 {
			r.Skip("nothing was let go")
		}
		n := rapid.Int64Range(0, v.kept-1).Draw(r, "entry")
		v.log[auditlog.EntryKey(n)] = v.was[len(v.was)-2].dump[auditlog.EntryKey(n)]
		return n, false
	},
	"swapped": func(r *rapid.T, v *victim) (int64, bool) {
		i, j := v.any(r), v.any(r)
		if i == j {
			r.Skip("the same")
		}
		v.log[auditlog.EntryKey(i)], v.log[auditlog.EntryKey(j)] = v.move(j, i, unchanged), v.move(i, j, unchanged)
		return min(i, j), false
	},
	"cut off": func(r *rapid.T, v *victim) (int64, bool) {
		n := v.any(r)
		for later := n; later < v.size; later++ {
			delete(v.log, auditlog.EntryKey(later))
		}
		return n, false
	},
	"hash forged": func(r *rapid.T, v *victim) (int64, bool) {
		n := rapid.Int64Range(0, v.size-1).Draw(r, "entry")
		v.log[auditlog.TileKey(n)] = auditlog.ForgeTile(v.Store, n, v.log[auditlog.TileKey(n)], nil)
		return n, false
	},
	"hashes removed": func(r *rapid.T, v *victim) (int64, bool) {
		n := rapid.Int64Range(0, v.size-1).Draw(r, "entry")
		delete(v.log, auditlog.TileKey(n))
		return n - n%256, false
	},
	"head put back": func(r *rapid.T, v *victim) (int64, bool) {
		old := v.older(r)
		v.log[auditlog.HeadKey] = old.dump[auditlog.HeadKey]
		if v.kept > old.newest.FirstKept {
			return old.newest.FirstKept, false // which should be there according to the head
		}
		return old.newest.Size, false
	},
	"head removed": func(r *rapid.T, v *victim) (int64, bool) {
		delete(v.log, auditlog.HeadKey)
		return v.kept, false
	},
	"all put back": func(r *rapid.T, v *victim) (int64, bool) {
		old := v.older(r)
		v.log = maps.Clone(old.dump)
		return old.newest.Size, true
	},
	"all removed": func(r *rapid.T, v *victim) (int64, bool) {
		v.log = nil
		return 0, true
	},
}

// older draws a state in which the log was smaller.
func (v *victim) older(r *rapid.T) state {
	var smaller []state
	for _, s := range v.was {
		if s.newest.Size < v.size {
			smaller = append(smaller, s)
		}
	}
	if len(smaller) == 0 {
		r.Skip("it was never smaller")
	}
	return rapid.SampledFrom(smaller).Draw(r, "older")
}

// TestTampering is X6: every change that an attacker with the keys makes to the log is
// found, and the first bad entry is named.
func TestTampering(t *testing.T) {
	ledgers, states := victims(t)
	names := slices.Sorted(maps.Keys(tamperings))
	rapid.Check(t, func(r *rapid.T) {
		i := rapid.IntRange(0, len(ledgers)-1).Draw(r, "log")
		l, went := ledgers[i], states[i]
		is := went[len(went)-1]
		v := &victim{ledger: l, log: maps.Clone(is.dump), was: went, kept: is.newest.FirstKept, size: is.newest.Size}
		name := rapid.SampledFrom(names).Draw(r, "tampering")
		first, unseen := tamperings[name](r, v)
		l.become(t, is.dump, v.log)
		defer l.become(t, v.log, is.dump)

		alone, outside := l.verify(t), l.verify(t, is.newest)
		if unseen && alone.Fault != nil && name != "all removed" { // it shows as long as there is activity
			r.Errorf("%s: found without a checkpoint from outside: %v", name, alone.Fault)
		}
		if outside.Fault == nil || !unseen && alone.Fault == nil {
			r.Fatalf("%s: not found: %+v, with a checkpoint from outside %+v", name, alone, outside)
		}
		for _, fault := range []*auditlog.LogFault{alone.Fault, outside.Fault} {
			if fault != nil && (fault.First > first || fault.Last < first || fault.Last-fault.First >= auditlog.KeptCheckpoints) {
				r.Errorf("%s: %v; the first bad entry is %d", name, fault, first)
			}
		}
	})
	for i, l := range ledgers { // each is unchanged
		l.sound(t, int(states[i][len(states[i])-1].newest.Size))
	}
}

// TestTamperingStopsTheFold: nothing is added to a log that was changed at its end, or
// deleted from one that was changed at its beginning.
func TestTamperingStopsTheFold(t *testing.T) {
	l := newLedger(t)
	l.record(t, 0, 300)
	l.fold(t)
	old := l.dump(t)
	l.record(t, 300, 400)
	l.fold(t)
	is := l.dump(t)
	l.record(t, 400, 401)
	for name, forge := range map[string]func(log map[string][]byte){
		"old head":       func(log map[string][]byte) { log[auditlog.HeadKey] = old[auditlog.HeadKey] },
		"old hashes":     func(log map[string][]byte) { log[auditlog.TileKey(399)] = old[auditlog.TileKey(299)] },
		"no head":        func(log map[string][]byte) { delete(log, auditlog.HeadKey) },
		"no hashes":      func(log map[string][]byte) { delete(log, auditlog.TileKey(399)) },
		"entry too many": func(log map[string][]byte) { log[auditlog.EntryKey(400)] = log[auditlog.EntryKey(399)] },
	} {
		log := maps.Clone(is)
		forge(log)
		l.become(t, is, log)
		if _, err := auditlog.FoldQueued(t.Context(), l.Store); !isDamaged(err) {
			t.Errorf("%s: folded: %v", name, err)
		}
		if state := l.state(t); !isDamaged(state.Damage) || state.Queued != 1 {
			t.Errorf("%s: the log does like %+v", name, state)
		}
		l.become(t, log, is)
	}
	for name, forge := range map[string]func(log map[string][]byte){
		"changed": func(log map[string][]byte) {
			log[auditlog.EntryKey(7)] = auditlog.ForgeEntry(l.Store, auditlog.EntryKey(7), log[auditlog.EntryKey(7)], auditlog.EntryKey(7), outcome)
		},
		"removed": func(log map[string][]byte) { delete(log, auditlog.EntryKey(7)) },
	} {
		log := maps.Clone(is)
		forge(log)
		l.become(t, is, log)
		if _, err := auditlog.ForgetEntriesBefore(t.Context(), l.Store, l.clock()); !isDamaged(err) {
			t.Errorf("%s: let go: %v", name, err)
		}
		l.become(t, log, is)
	}
	if state := l.state(t); state != (auditlog.LogState{Entries: 400, Queued: 1}) {
		t.Errorf("when all is well again the log does like %+v", state)
	}
	l.fold(t)
	l.sound(t, 401)
	if state := l.state(t); state != (auditlog.LogState{Entries: 401}) {
		t.Errorf("when all is folded the log does like %+v", state)
	}
}

func (l *ledger) state(t *testing.T) (state auditlog.LogState) {
	t.Helper()
	fixture.MustView(t, l.Store, func(tx *store.Tx) { state = auditlog.ReadLogState(tx) })
	return state
}

func isDamaged(err error) bool { return errors.Is(err, auditlog.ErrDamaged) }

// TestRewritten: an attacker with the keys can rewrite the log from some entry on, and
// sign it. Only the checkpoints from outside show it: the last one that fits says from
// where on.
func TestRewritten(t *testing.T) {
	l := newLedger(t)
	var outside []checkpoint.Checkpoint
	var at1000 map[string][]byte
	for from := 0; from < 2500; from += 500 {
		l.record(t, from, from+500)
		l.fold(t)
		outside = append(outside, l.newest(t))
		if from == 500 {
			at1000 = l.dump(t)
		}
	}
	l.become(t, l.dump(t), at1000)
	l.record(t, 1000, 2600)
	l.fold(t)
	l.sound(t, 2600)
	l.sound(t, 2600, outside[:2]...)
	for _, test := range []struct {
		kept []int // of the checkpoints from outside
		want auditlog.LogFault
	}{
		{[]int{0, 1, 2, 3, 4}, auditlog.LogFault{First: 1000, Last: 1499}},
		{[]int{4, 1}, auditlog.LogFault{First: 1000, Last: 2499}},
		{[]int{2, 0}, auditlog.LogFault{First: 500, Last: 1499}},
		{[]int{3}, auditlog.LogFault{First: 0, Last: 1999}},
	} {
		var some []checkpoint.Checkpoint
		for _, i := range test.kept {
			some = append(some, outside[i])
		}
		if f := l.verify(t, some...).Fault; f == nil || f.First != test.want.First || f.Last != test.want.Last {
			t.Errorf("with checkpoints %v found %v, want one of %d to %d", test.kept, f, test.want.First, test.want.Last)
		}
	}
}

// TestOldRetention: an old copy of the log, from before entries were deleted, is found by
// a checkpoint from outside, although it has as many entries.
func TestOldRetention(t *testing.T) {
	l := newLedger(t)
	l.record(t, 0, 100)
	l.fold(t)
	old := l.dump(t)
	if _, err := auditlog.ForgetEntriesBefore(t.Context(), l.Store, l.entries(t)[60].At); err != nil {
		t.Fatal(err)
	}
	newest := l.newest(t)
	l.become(t, l.dump(t), old)
	l.sound(t, 100)
	if f := l.verify(t, newest).Fault; f == nil || f.First != 0 {
		t.Errorf("found %v", f)
	}
}
