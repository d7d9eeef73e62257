package storetest

import (
	"errors"
	"testing"

	"loket/store/kvdb"
)

var transactionRules = []engineRule{
	{"sees its own writes", func(t *testing.T, e kvdb.Engine) {
		putKeys(t, e, "a/1", "a/2")
		mustUpdate(t, e, func(kv kvdb.KV) {
			kv.Delete("a/1")
			checkAbsent(t, kv, "a/1")
			kv.Put("a/3", []byte("put"))
			checkValue(t, kv, "a/3", "put")
			kv.Put("a/1", []byte("again"))
			checkValue(t, kv, "a/1", "again")
			kv.Delete("a/3")
			checkAbsent(t, kv, "a/3")
		})
		checkStoredEntries(t, e, "a/", "a/1=again", "a/2=a/2")
	}},
	{"writes nothing when it returns an error", func(t *testing.T, e kvdb.Engine) {
		putKeys(t, e, "a/1")
		err := e.Update(t.Context(), func(kv kvdb.KV) error {
			kv.Put("a/1", []byte("changed"))
			kv.Put("a/2", nil)
			return errRefused
		})
		if err != errRefused {
			t.Errorf("got error %v, want the caller's own", err)
		}
		checkStoredEntries(t, e, "a/", "a/1=a/1")
	}},
	{"may write nothing at all", func(t *testing.T, e kvdb.Engine) {
		putKeys(t, e, "a/1")
		mustUpdate(t, e, func(kv kvdb.KV) { checkValue(t, kv, "a/1", "a/1") })
		checkStoredEntries(t, e, "a/", "a/1=a/1")
	}},
	{"passes on the error of a view", func(t *testing.T, e kvdb.Engine) {
		if err := e.View(t.Context(), func(kvdb.KV) error { return errRefused }); err != errRefused {
			t.Errorf("got error %v, want the caller's own", err)
		}
	}},
	{"views one snapshot, whatever is written meanwhile", func(t *testing.T, e kvdb.Engine) {
		putKeys(t, e, "a/1", "a/2")
		began, wrote := make(chan bool), make(chan bool)
		go func() {
			defer close(wrote)
			<-began
			mustUpdate(t, e, func(kv kvdb.KV) {
				kv.Put("a/1", []byte("new"))
				kv.Delete("a/2")
				kv.Put("a/3", []byte("new"))
			})
		}()
		mustView(t, e, func(kv kvdb.KV) {
			checkValue(t, kv, "a/1", "a/1")
			close(began)
			<-wrote
			checkValue(t, kv, "a/1", "a/1")
			checkValue(t, kv, "a/2", "a/2")
			checkAbsent(t, kv, "a/3")
			checkEntryList(t, kv, "a/", "a/1=a/1", "a/2=a/2")
		})
		checkStoredEntries(t, e, "a/", "a/1=new", "a/3=new")
	}},
	{"cannot write in a view", func(t *testing.T, e kvdb.Engine) {
		putKeys(t, e, "a/1")
		for name, write := range map[string]func(kvdb.KV){
			"put":    func(kv kvdb.KV) { kv.Put("a/1", nil) },
			"delete": func(kv kvdb.KV) { kv.Delete("a/1") },
		} {
			if err := e.View(t.Context(), func(kv kvdb.KV) error { write(kv); return nil }); !errors.Is(err, kvdb.ErrReadOnly) {
				t.Errorf("%s: got error %v, want %v", name, err, kvdb.ErrReadOnly)
			}
		}
		checkStoredEntries(t, e, "a/", "a/1=a/1")
	}},
}
