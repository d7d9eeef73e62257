package storetest

import (
	"fmt"
	"strconv"
	"sync"
	"testing"

	"loket/store/kvdb"
)

var concurrencyRules = []engineRule{
	{"no increment is lost", func(t *testing.T, e kvdb.Engine) {
		const callers, times = 8, 20
		var wg sync.WaitGroup
		for range callers {
			wg.Go(func() {
				for range times {
					mustUpdate(t, e, func(kv kvdb.KV) {
						value, _ := kv.Get("a/count")
						count, _ := strconv.Atoi(string(value))
						kv.Put("a/count", strconv.AppendInt(nil, int64(count+1), 10))
					})
				}
			})
		}
		wg.Wait()
		checkStoredEntries(t, e, "a/", fmt.Sprintf("a/count=%d", callers*times))
	}},
	{"of two who may leave if the other stays, one leaves (write skew)", func(t *testing.T, e kvdb.Engine) {
		raceCallers(t, e, func(round int, who string) {
			x, y := nthKey("x/", round), nthKey("y/", round)
			mustUpdate(t, e, func(kv kvdb.KV) {
				_, thereX := kv.Get(x)
				_, thereY := kv.Get(y)
				if thereX && thereY {
					kv.Delete(nthKey(who+"/", round))
				}
			})
		}, func(round int) { putKeys(t, e, nthKey("x/", round), nthKey("y/", round)) })
		mustView(t, e, func(kv kvdb.KV) {
			if got := len(listEntries(kv, "x/")) + len(listEntries(kv, "y/")); got != raceRounds {
				t.Errorf("%d are left of %d pairs", got, raceRounds)
			}
		})
	}},
	{"of two who come if nobody is there, one comes (phantom)", func(t *testing.T, e kvdb.Engine) {
		raceCallers(t, e, func(round int, who string) {
			room := nthKey("a/", round) + "/"
			mustUpdate(t, e, func(kv kvdb.KV) {
				for range kv.Scan(room) {
					return
				}
				kv.Put(room+who, nil)
			})
		}, nil)
		mustView(t, e, func(kv kvdb.KV) {
			if got := len(listEntries(kv, "a/")); got != raceRounds {
				t.Errorf("%d came to %d rooms", got, raceRounds)
			}
		})
	}},
	{"of two who leave if anybody stays, one leaves (phantom delete)", func(t *testing.T, e kvdb.Engine) {
		room := func(round int) string { return nthKey("a/", round) + "/" }
		raceCallers(t, e, func(round int, who string) {
			mustUpdate(t, e, func(kv kvdb.KV) {
				if len(listEntries(kv, room(round))) > 1 {
					kv.Delete(room(round) + who)
				}
			})
		}, func(round int) { putKeys(t, e, room(round)+"x", room(round)+"y") })
		mustView(t, e, func(kv kvdb.KV) {
			if got := len(listEntries(kv, "a/")); got != raceRounds {
				t.Errorf("%d are left in %d rooms", got, raceRounds)
			}
		})
	}},
	{"those who fail leave the others alone", func(t *testing.T, e kvdb.Engine) {
		const callers = 40
		var wg sync.WaitGroup
		for n := range callers {
			wg.Go(func() {
				defer func() { recover() }() // Every fourth caller panics inside its transaction.
				err := e.Update(t.Context(), func(kv kvdb.KV) error {
					kv.Put(nthKey("a/", n), []byte("x"))
					switch n % 4 {
					case 1:
						return errRefused
					case 2:
						panic(errRefused)
					case 3:
						kv.Get("no table")
					}
					return nil
				})
				if failed := err != nil; failed != (n%4 != 0) {
					t.Errorf("caller %d got error %v", n, err)
				}
			})
		}
		wg.Wait()
		var want []string
		for n := range callers / 4 {
			want = append(want, nthKey("a/", 4*n)+"=x")
		}
		checkStoredEntries(t, e, "a/", want...)
	}},
	{"views see whole transactions", func(t *testing.T, e kvdb.Engine) {
		write := func(n int) {
			value := strconv.AppendInt(nil, int64(n), 10)
			mustUpdate(t, e, func(kv kvdb.KV) { kv.Put("a/same", value); kv.Put("b/same", value) })
		}
		write(0)
		done := make(chan bool)
		go func() {
			defer close(done)
			for n := range 4 * raceRounds {
				write(n)
			}
		}()
		for writing := true; writing; {
			select {
			case <-done:
				writing = false
			default:
			}
			mustView(t, e, func(kv kvdb.KV) {
				a, _ := kv.Get("a/same")
				checkValue(t, kv, "b/same", string(a))
			})
		}
	}},
}

// raceCallers runs do concurrently for two callers, "x" and "y", for raceRounds rounds.
func raceCallers(t *testing.T, e kvdb.Engine, do func(round int, who string), prepare func(round int)) {
	t.Helper()
	for round := range raceRounds {
		if prepare != nil {
			prepare(round)
		}
		var wg sync.WaitGroup
		for _, who := range []string{"x", "y"} {
			wg.Go(func() { do(round, who) })
		}
		wg.Wait()
	}
}
