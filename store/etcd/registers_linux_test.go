package etcd_test

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/anishathalye/porcupine"

	"loket/store/etcd"
	"loket/store/kvdb"
)

// registers are values that callers read, write, or both in one transaction.
type registers struct {
	*record
	engines [2]*etcd.Engine
	done    atomic.Int64
}

func newRegisters(r *record) *registers {
	return &registers{record: r, engines: r.connect("registers")}
}

// perRegister is the number of operations on each register.
const perRegister = 40

// An access is an operation on a register: a read, a write, or both in one transaction. The value that it reads is from before
// its write.
type access struct {
	reads, writes bool
	value         string
}

func (r *registers) workers() (all []func()) {
	for n := range 4 {
		all = append(all, func() {
			for r.goes() {
				r.access(n, int(r.done.Add(1)))
			}
		})
	}
	return all
}

func (r *registers) access(worker, n int) {
	key := fmt.Sprint("a/", n/perRegister)
	does := access{reads: n%3 != 0, writes: n%3 != 1, value: strconv.Itoa(n)}
	var was string
	e := r.engines[worker%2]
	run := e.View
	if does.writes {
		run = e.Update
	}
	_ = r.ask(func(ctx context.Context) error {
		return run(ctx, func(kv kvdb.KV) error {
			if does.reads {
				value, _ := kv.Get(key)
				was = string(value)
			}
			if does.writes {
				kv.Put(key, []byte(does.value))
			}
			return nil
		})
	}, func() map[string]porcupine.Operation {
		return map[string]porcupine.Operation{key: {ClientId: worker, Input: does, Output: was}}
	})
}

func (r *registers) check() {
	for name := range r.history {
		if strings.HasPrefix(name, "a/") {
			r.record.check(name, porcupine.Model{
				Init: func() any { return "" },
				Step: func(state, input, output any) (bool, any) {
					does := input.(access)
					right := !does.reads || output == nil || output == state
					if does.writes {
						state = does.value
					}
					return right, state
				},
			})
		}
	}
}

// counter is a number in the store to which all callers add.
type counter struct {
	*record
	engines           [2]*etcd.Engine
	added, mayBeAdded atomic.Int64
}

func newCounter(r *record) *counter {
	return &counter{record: r, engines: r.connect("counter")}
}

func (c *counter) workers() (all []func()) {
	for _, e := range c.engines {
		all = append(all, func() {
			for c.goes() {
				if err := c.ask(func(ctx context.Context) error {
					return e.Update(ctx, func(kv kvdb.KV) error {
						kv.Put("a/count", []byte(strconv.Itoa(counted(kv)+1)))
						return nil
					})
				}, func() map[string]porcupine.Operation { return nil }); err != nil {
					c.mayBeAdded.Add(1)
				} else {
					c.added.Add(1)
				}
			}
		})
	}
	return all
}

func counted(kv kvdb.KV) int {
	value, _ := kv.Get("a/count")
	n, _ := strconv.Atoi(string(value))
	return n
}

func (c *counter) check() {
	var got int
	if err := c.engines[0].View(c.t.Context(), func(kv kvdb.KV) error { got = counted(kv); return nil }); err != nil {
		c.t.Fatal(err)
	}
	least := int(c.added.Load())
	if most := least + int(c.mayBeAdded.Load()); got < least || got > most {
		c.t.Errorf("it was added to %d to %d times, and is %d", least, most, got)
	}
}
