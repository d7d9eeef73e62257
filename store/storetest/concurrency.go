package storetest

import (
	"fmt"
	"strconv"
	"sync"
	"testing"

	"loket/store/kvdb"
)

var concurrency = []rule{
	{"no increment is lost", func(t *testing.T, e kvdb.Engine) {
		const callers, times = 8, 20
		var wg sync.WaitGroup
		for range callers {
			wg.Go(func() {
				for range times {
					update(t, e, func(kv kvdb.KV) {
						value, _ := kv.Get("a/count")
						count, _ := strconv.Atoi(string(value))
						kv.Put("a/count", strconv.AppendInt(nil, int64(count+1), 10))
					})
				}
			})
		}
		wg.Wait()
		wantStored(t, e, "a/", fmt.Sprintf("a/count=%d", callers*times))
	}},
	{"of two who may leave if the other stays, one leaves (write skew)", func(t *testing.T, e kvdb.Engine) {
		race(t, e, func(round int, who string) {
			x, y := key("x/", round), key("y/", round)
			update(t, e, func(kv kvdb.KV) {
				_, thereX := kv.Get(x)
				_, thereY := kv.Get(y)
				if thereX && thereY {
					kv.Delete(key(who+"/", round))
				}
			})
		}, func(round int) { put(t, e, key("x/", round), key("y/", round)) })
		view(t, e, func(kv kvdb.KV) {
			if got := len(list(kv, "x/")) + len(list(kv, "y/")); got != rounds {
				t.Errorf("%d are left of %d pairs", got, rounds)
			}
		})
	}},
	{"of two who come if nobody is there, one comes (phantom)", func(t *testing.T, e kvdb.Engine) {
		race(t, e, func(round int, who string) {
			room := key("a/", round) + "/"
			update(t, e, func(kv kvdb.KV) {
				for range kv.Scan(room) {
					return
				}
				kv.Put(room+who, nil)
			})
		}, nil)
		view(t, e, func(kv kvdb.KV) {
			if got := len(list(kv, "a/")); got != rounds {
				t.Errorf("%d came to %d rooms", got, rounds)
			}
		})
	}},
	{"of two who leave if anybody stays, one leaves (phantom delete)", func(t *testing.T, e kvdb.Engine) {
		room := func(round int) string { return key("a/", round) + "/" }
		race(t, e, func(round int, who string) {
			update(t, e, func(kv kvdb.KV) {
				if len(list(kv, room(round))) > 1 {
					kv.Delete(room(round) + who)
				}
			})
		}, func(round int) { put(t, e, room(round)+"x", room(round)+"y") })
		view(t, e, func(kv kvdb.KV) {
			if got := len(list(kv, "a/")); got != rounds {
				t.Errorf("%d are left in %d rooms", got, rounds)
			}
		})
	}},
	{"those who fail leave the others alone", func(t *testing.T, e kvdb.Engine) {
		const callers = 40
		var wg sync.WaitGroup
		for n := range callers {
			wg.Go(func() {
				defer func() { recover() }() // every fourth caller panics
				err := e.Update(t.Context(), func(kv kvdb.KV) error {
					kv.Put(key("a/", n), []byte("x"))
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
			want = append(want, key("a/", 4*n)+"=x")
		}
		wantStored(t, e, "a/", want...)
	}},
	{"views see whole transactions", func(t *testing.T, e kvdb.Engine) {
		write := func(n int) {
			value := strconv.AppendInt(nil, int64(n), 10)
			update(t, e, func(kv kvdb.KV) { kv.Put("a/same", value); kv.Put("b/same", value) })
		}
		write(0)
		done := make(chan bool)
		go func() {
			defer close(done)
			for n := range 4 * rounds {
				write(n)
			}
		}()
		for writing := true; writing; {
			select {
			case <-done:
				writing = false
			default:
			}
			view(t, e, func(kv kvdb.KV) {
				a, _ := kv.Get("a/same")
				wantValue(t, kv, "b/same", string(a))
			})
		}
	}},
}

// race has x and y do something at once, in round after round.
func race(t *testing.T, e kvdb.Engine, do func(round int, who string), prepare func(round int)) {
	t.Helper()
	for round := range rounds {
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
