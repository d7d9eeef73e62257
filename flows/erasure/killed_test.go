package erasure_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"loket/flows/erasure"
	"loket/flows/flowtest"
	"loket/flows/transfer"
	"loket/store"
	"loket/store/auditlog"
	"loket/store/etcd"
	"loket/store/etcd/etcdtest"
	"loket/store/keyring"
	"loket/store/lease"
	"loket/store/reindex"
)

// putLeavers puts customers who go together: more than a transaction takes, two of them with a product of both, and one with a product
// of somebody who stays.
func putLeavers(t *testing.T, d *flowtest.Desk) (ids []store.CustomerID) {
	t.Helper()
	for n := range 9 {
		id := store.CustomerID(fmt.Sprintf("E%04d", n))
		putEnded(t, d, id, func(tx *store.Tx, c *store.Customer) {
			shared := map[int]store.CustomerID{1: "E0000", 2: "K14"}[n]
			if shared == "" {
				return
			}
			product := store.ProductID(fmt.Sprint("SHARED-", n))
			flowtest.PutProduct(tx, store.Product{ID: product, Kind: store.KindLife, Name: "Samen", Number: "S-" + fmt.Sprint(n), Holders: []store.CustomerID{shared, c.ID}, Closed: "1999-01-01"})
			flowtest.AddHolding(tx, shared, store.Holding{Product: product})
			c.AddHolding(product)
		})
		ids = append(ids, id)
	}
	if _, err := auditlog.FoldQueued(t.Context(), d.Store); err != nil {
		t.Fatal(err)
	}
	return ids
}

// TestKilledAndCompleted interrupts an erasure of several customers before each of its commits. Running it again completes it,
// leaves nothing of them, and changes nothing of anybody else.
func TestKilledAndCompleted(t *testing.T) {
	for after, completed := 0, false; !completed; after++ {
		d := flowtest.New(t)
		completed = killAndComplete(t, d, after)
		if completed && after < 15 {
			t.Errorf("an erasure takes %d commits, so that there is little to interrupt", after)
		}
	}
}

// killAndComplete interrupts an erasure after some commits, and completes it. It reports whether the erasure took no more commits
// than that.
func killAndComplete(t *testing.T, d *flowtest.Desk, after int) (completed bool) {
	t.Helper()
	ids := putLeavers(t, d)
	before := opened(t, d)
	stops := &flowtest.StoppingEngine{Engine: d.Engine.Engine, Left: after}
	d.Engine.Engine = stops
	erased, recorded, err := eraseEnded(t.Context(), d.Desk, term)
	d.Engine.Engine = stops.Engine
	if err != nil && !errors.Is(err, flowtest.ErrStopped) {
		t.Fatal(err)
	}
	requireSound(t, d)
	again, more, failed := eraseEnded(t.Context(), d.Desk, term)
	if failed != nil || erased+again != len(ids) || recorded+more < len(ids) {
		t.Errorf("killed after %d commits, %d and then %d are erased, and %d and %d recorded: %v", after, erased, again, recorded, more, failed)
	}
	for _, id := range ids {
		if traces := tracesOf(t, d, id); len(traces) > 0 {
			t.Errorf("killed after %d commits, and completed: there are traces of %s in %v", after, id, traces)
		}
	}
	requireUntouched(t, d, before, "E0", "Q0", "SHARED")
	d.View(t, func(tx *store.Tx) {
		p, _ := tx.Product("SHARED-2")
		if _, both := tx.Product("SHARED-1"); both || !slices.Equal(p.Holders, []store.CustomerID{"K14"}) {
			t.Errorf("killed after %d commits: the product of both is there: %t, and the other is held by %v", after, both, p.Holders)
		}
	})
	requireSound(t, d)
	return err == nil
}

// TestKilledOnACluster is TestKilledAndCompleted at some instants on a cluster.
func TestKilledOnACluster(t *testing.T) {
	members := etcdtest.StartCluster(t, 1)
	for _, after := range []int{2, 7, 12, 1000} {
		engine, err := etcd.Connect(t.Context(), etcdtest.ClusterURL(members, fmt.Sprint("desk", after)), etcd.Options{})
		if err != nil {
			t.Fatal(err)
		}
		keys, err := keyring.NewInMemory()
		if err != nil {
			t.Fatal(err)
		}
		d := flowtest.NewWithEngine(t, engine, keys, flowtest.StartTime)
		d.PutCast(t)
		killAndComplete(t, d, after)
		d.Store.Close()
	}
}

// TestCameBackMeanwhile imports a customer again before each commit of the erasure, after a file that lets them in again. Then the
// customer is there with all that the import brought, whichever came first.
func TestCameBackMeanwhile(t *testing.T) {
	const release = `{"type":"removed","of":"customer","id":"E0004"}
`
	const feed = `{"type":"customer","id":"E0004","initials":"E.","surname":"Terug","birth_date":"1961-04-09","street":"Dorpsstraat","house_number":77,"postcode":"9977 ZX","city":"Utrecht","email":"terug@example.org","language":"nl"}
{"type":"product","id":"NEW-1","kind":"life","name":"Leven","number":"N-1","holders":["E0004"],"since":"2026-01-01"}
{"type":"application","id":"NEW-A","product":"NEW-1","applicants":["E0004"],"submitted":"2026-01-01"}
{"type":"activation_number","application":"NEW-A","customer":"E0004","number":"481699999999","issued":"2026-11-01","expires":"2027-05-01"}
`
	for after, more := 1, true; more; after++ {
		d := flowtest.New(t)
		ids := putLeavers(t, d)
		more = false
		inner := d.Engine.Engine
		d.Engine.Engine = &flowtest.InterruptedEngine{Engine: inner, Left: after, Do: func() {
			more = true
			for _, file := range []string{release, feed} {
				if _, err := transfer.ImportConcurrent(t.Context(), d.Desk, strings.NewReader(file), transfer.Options{}); err != nil {
					t.Fatal(err)
				}
			}
		}}
		if _, _, err := eraseEnded(t.Context(), d.Desk, term); err != nil {
			t.Fatal(err)
		}
		d.Engine.Engine = inner
		if !more {
			return
		}
		d.View(t, func(tx *store.Tx) {
			c, found := tx.Customer("E0004")
			p, _ := tx.Product("NEW-1")
			n, numbered := tx.Number("481699999999")
			if !found || c.Surname != "Terug" || c.GoneSince() != (time.Time{}) || c.Holding("NEW-1") == nil || !slices.Equal(p.Holders, ids[4:5]) || !numbered || n.Customer != "E0004" {
				t.Errorf("back before commit %d, it is %+v, %+v and %+v", after, c, p, n)
			}
			if _, isUntouched := tx.Account("E0004"); isUntouched && countEntries(tx, "E0004") == 0 {
				t.Errorf("back before commit %d: the audit log forgot a customer who was not erased", after)
			}
		})
		for _, id := range slices.Delete(ids, 4, 5) {
			if traces := tracesOf(t, d, id); len(traces) > 0 {
				t.Errorf("back before commit %d: there are traces of %s in %v", after, id, traces)
			}
		}
		requireSound(t, d)
	}
}

// countEntries counts the entries of the audit log about a customer.
func countEntries(tx *store.Tx, id store.CustomerID) (n int) {
	for e := range auditlog.AllEntries(tx) {
		if e.Customer == id {
			n++
		}
	}
	return n
}

// TestUnknownCustomers tests that nothing is written about customers who are not there.
func TestUnknownCustomers(t *testing.T) {
	d := flowtest.New(t)
	before := d.DumpStore(t)
	counts, err := erasure.EraseCustomers(t.Context(), d.Desk, []store.CustomerID{"K98", "K99"}, func(*store.Tx, int) { t.Error("recorded") })
	if err != nil || counts != (erasure.Counts{}) || !bytes.Equal(before, d.DumpStore(t)) {
		t.Errorf("erased %+v, %v, or something changed", counts, err)
	}
}

// TestErasedAfterKill tests that an erasure leaves no entries of an import that was killed just before, whose lease still lasts.
func TestErasedAfterKill(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := flowtest.New(t)
		ids := putLeavers(t, d)
		if err := reindex.GuardConcurrent(t.Context(), d.Store, func(context.Context) error {
			d.Update(t, func(tx *store.Tx) {
				store.NewTable[store.CustomerID](store.UsernameTable).Put(tx, tx.UsernameKey("half"), ids[0])
			})
			return flowtest.ErrStopped
		}); !errors.Is(err, flowtest.ErrStopped) {
			t.Fatal(err)
		}
		d.Update(t, func(tx *store.Tx) { lease.Acquire(tx, lease.Load, "killed", 30*time.Second, 30*time.Second) })
		time.AfterFunc(30*time.Second, func() { d.TestClock.Advance(30 * time.Second) })
		if _, _, err := eraseEnded(t.Context(), d.Desk, term); err != nil {
			t.Fatal(err)
		}
		requireSound(t, d)
	})
}
