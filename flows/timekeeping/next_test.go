package timekeeping

import (
	"testing"
	"time"

	"loket/store"
)

const (
	day  = 24 * time.Hour
	year = 366 * day
)

var noon = time.Date(2026, time.November, 28, 12, 0, 0, 0, time.UTC)

// run returns the record after a clock with a certain time has run for a while and was
// checked every minute.
func run(r store.BelievedMomentRecord, says time.Time, lasts time.Duration) store.BelievedMomentRecord {
	moment := r.Moment
	for ran := time.Duration(0); ran < lasts; ran += time.Minute {
		says, moment = says.Add(time.Minute), moment.Add(time.Minute)
		reset := r.ResetCount
		r = advanceRecord(r, true, clockObservation{clockTime: says, moment: moment, elapsed: time.Minute})
		if r.ResetCount != reset || r.Moment.After(moment) {
			moment = r.Moment
		}
	}
	return r
}

func believed(at time.Time) store.BelievedMomentRecord {
	return store.BelievedMomentRecord{Moment: at, ProvenFor: SettleTime}
}

// TestNext: a clock that is off is believed once it has run for long enough, and not a
// minute earlier.
func TestNext(t *testing.T) {
	for name, c := range map[string]struct {
		off   time.Duration
		lasts time.Duration // until the clock is believed
		fresh bool          // the believed moment is not proven right yet
	}{
		"closed for a night":         {off: 14 * time.Hour, lasts: SettleTime},
		"closed for a month":         {off: 31 * day, lasts: SettleTime},
		"closed for three months":    {off: 90 * day, lasts: TrustTime},
		"ten years ahead":            {off: 10 * year, lasts: TrustTime},
		"ten years ahead at once":    {off: 10 * year, lasts: SettleTime, fresh: true},
		"ten years behind":           {off: -10 * year, lasts: TrustTime},
		"ten years behind at once":   {off: -10 * year, lasts: SettleTime, fresh: true},
		"two hours behind":           {off: -2 * time.Hour, lasts: SettleTime + 6*day},
		"a minute ahead is the same": {off: time.Minute, lasts: time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			r := believed(noon)
			if c.fresh {
				r.ProvenFor = 0
			}
			says := noon.Add(c.off)
			before := run(r, says, c.lasts-time.Minute)
			if at := noon.Add(c.lasts - time.Minute); !before.Moment.Equal(at) || before.ResetCount != 0 {
				t.Errorf("a minute earlier %v is believed, put back %d times", before.Moment, before.ResetCount)
			}
			after := run(r, says, c.lasts+time.Minute)
			if at := says.Add(c.lasts + time.Minute); after.Moment.Sub(at).Abs() > time.Minute || !after.Trial.ClockTime.IsZero() {
				t.Errorf("after %v %v is believed, not %v", c.lasts, after.Moment, at)
			}
			if (after.ResetCount > 0) != (c.off < 0) {
				t.Errorf("it was put back %d times", after.ResetCount)
			}
		})
	}
}

// TestNeverBack: while a clock that is behind by less than an hour runs, the believed
// moment stays or advances.
func TestNeverBack(t *testing.T) {
	r := run(believed(noon), noon.Add(-59*time.Minute), 10*day)
	if !r.Moment.Equal(noon.Add(10*day)) || r.ResetCount != 0 {
		t.Errorf("%v is believed, put back %d times", r.Moment, r.ResetCount)
	}
}

// TestNightly: a desk that is closed every night, with a clock that the kernel does not
// vouch for, is settled at the latest after its seventh day of eight hours, and its clock
// is never doubted.
func TestNightly(t *testing.T) {
	r, says := believed(noon), noon
	for range 30 {
		r, says = run(r, says, 8*time.Hour), says.Add(24*time.Hour)
		r = advanceRecord(r, true, clockObservation{clockTime: says, moment: r.Moment}) // the first check of a process
		if lag := says.Sub(r.Moment); lag > 4*day {
			t.Fatalf("what is believed is %v behind", lag)
		}
	}
}

// TestTrialsApart: a clock with another time at each check is never believed, and two
// processes that try the same clock do not count the same time twice.
func TestTrialsApart(t *testing.T) {
	r := believed(noon)
	for i := range 30 {
		r = run(r, noon.Add(time.Duration(i%2+1)*10*year), day)
	}
	if !r.Moment.Equal(noon.Add(day*30)) && r.Moment.After(noon.Add(day*30)) {
		t.Errorf("%v is believed", r.Moment)
	}
	r = believed(noon)
	for says, minute := noon.Add(90*day), 0; minute < 60*24*6; minute++ {
		says = says.Add(30 * time.Second)
		r = advanceRecord(r, true, clockObservation{clockTime: says, moment: r.Moment, elapsed: time.Minute})
		says = says.Add(30 * time.Second)
		r = advanceRecord(r, true, clockObservation{clockTime: says, moment: r.Moment, elapsed: time.Minute})
	}
	if !r.Moment.Equal(noon) || r.Trial.Elapsed > 6*day {
		t.Errorf("after six days %v is believed, and ran for %v", r.Moment, r.Trial.Elapsed)
	}
}

// TestVouched: a clock that the kernel vouches for is believed at once, whatever its
// time.
func TestVouched(t *testing.T) {
	for _, off := range []time.Duration{-10 * year, -time.Hour, 0, 90 * day, 10 * year} {
		r := advanceRecord(store.BelievedMomentRecord{Moment: noon}, true, clockObservation{clockTime: noon.Add(off), moment: noon, kernelVouches: true})
		if !r.Moment.Equal(noon.Add(off)) || r.ProvenFor < SettleTime || (r.ResetCount > 0) != (off < 0) {
			t.Errorf("%v off: %+v", off, r)
		}
	}
}

// TestFirst: the first clock is believed, and is proven right after a day.
func TestFirst(t *testing.T) {
	r := advanceRecord(store.BelievedMomentRecord{}, false, clockObservation{clockTime: noon})
	if !r.Moment.Equal(noon) || r.ProvenFor != 0 {
		t.Fatalf("%+v", r)
	}
	if r = run(r, noon, SettleTime-10*time.Minute); r.ProvenFor >= SettleTime {
		t.Errorf("shown after %v", SettleTime-10*time.Minute)
	}
	if r = run(r, noon.Add(SettleTime-10*time.Minute), 20*time.Minute); r.ProvenFor < SettleTime {
		t.Errorf("not shown after a day: %v", r.ProvenFor)
	}
}
