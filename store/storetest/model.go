package storetest

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"loket/store/kvdb"
)

// An operation is one call of a transaction, with a check of its result.
type operation struct {
	kind, key, value string
}

var (
	tableGenerator   = rapid.SampledFrom([]string{"a/", "ab/", "b/"})
	keyNameGenerator = rapid.SampledFrom([]string{"\x00", "1", "10", "1/2", "2", "2\x00", "\xff", "\xff\xff"})

	operationsGenerator = rapid.SliceOfN(rapid.Custom(func(r *rapid.T) operation {
		return operation{
			kind:  rapid.SampledFrom([]string{"get", "scan", "scan all", "scan after", "put", "put", "delete"}).Draw(r, "kind"),
			key:   tableGenerator.Draw(r, "table") + keyNameGenerator.Draw(r, "name"),
			value: rapid.StringN(0, 3, 300).Draw(r, "value"),
		}
	}), 0, 20)
)

// checkAgainstModel applies the same random history to an engine and to a map. It compares what each transaction reads, and
// what is stored after each transaction.
func checkAgainstModel(t *testing.T, open func(t *testing.T) kvdb.Engine) {
	rapid.Check(t, func(r *rapid.T) {
		e := open(t)
		defer mustClose(t, e)
		stored := map[string]string{}
		r.Repeat(map[string]func(*rapid.T){
			"update": func(r *rapid.T) {
				refuse := rapid.IntRange(0, 3).Draw(r, "refuse") == 0
				steps := operationsGenerator.Draw(r, "operations")
				var draft map[string]string
				err := e.Update(t.Context(), func(kv kvdb.KV) error {
					draft = maps.Clone(stored)
					for _, o := range steps {
						if err := o.applyAndCompare(kv, draft); err != nil {
							return err
						}
					}
					if refuse {
						return errRefused
					}
					return nil
				})
				switch {
				case err == nil && !refuse:
					stored = draft
				case !errors.Is(err, errRefused):
					r.Fatal(err)
				}
			},
			"scrub": func(*rapid.T) { tryScrub(t, e) },
			"replace": func(r *rapid.T) {
				refuse := rapid.IntRange(0, 3).Draw(r, "refuse") == 0
				table := tableGenerator.Draw(r, "table")
				entries := rapid.MapOfN(keyNameGenerator, rapid.StringN(0, 3, 300), 0, 5).Draw(r, "entries")
				draft := map[string]string{}
				err := e.Replace(t.Context(), func(put putFunc) error {
					for _, name := range slices.Sorted(maps.Keys(entries)) {
						draft[table+name] = entries[name]
						if err := put(table+name, []byte(entries[name])); err != nil {
							return err
						}
					}
					if refuse {
						return errRefused
					}
					return nil
				})
				switch {
				case err == nil && !refuse:
					stored = draft
				case !errors.Is(err, errRefused):
					r.Fatal(err)
				}
			},
			"load": func(r *rapid.T) {
				table := tableGenerator.Draw(r, "table")
				values := rapid.Ptr(rapid.StringN(0, 3, 300), true) // A nil value deletes the key.
				entries := rapid.MapOfN(keyNameGenerator, values, 0, 5).Draw(r, "entries")
				if err := e.Load(t.Context(), func(yield func(string, []byte) bool) {
					for _, name := range slices.Sorted(maps.Keys(entries)) {
						var value []byte
						if text := entries[name]; text == nil {
							delete(stored, table+name)
						} else {
							stored[table+name], value = *text, []byte(*text)
						}
						if !yield(table+name, value) {
							return
						}
					}
				}); err != nil {
					r.Fatal(err)
				}
			},
			"": func(r *rapid.T) {
				if err := e.View(t.Context(), func(kv kvdb.KV) error {
					for _, table := range []string{"a/", "ab/", "b/"} {
						if err := (operation{kind: "scan", key: table}).applyAndCompare(kv, stored); err != nil {
							return err
						}
					}
					return nil
				}); err != nil {
					r.Fatal(err)
				}
			},
		})
	})
}

// applyAndCompare applies o to kv and to want, and compares the results.
func (o operation) applyAndCompare(kv kvdb.KV, want map[string]string) error {
	switch o.kind {
	case "put":
		kv.Put(o.key, []byte(o.value))
		want[o.key] = o.value
	case "delete":
		kv.Delete(o.key)
		delete(want, o.key)
	case "get":
		value, found := kv.Get(o.key)
		if expect, exists := want[o.key]; found != exists || string(value) != expect {
			return fmt.Errorf("get %q: got %q, %t, want %q, %t", o.key, value, found, expect, exists)
		}
	case "scan all":
		table, _, _ := strings.Cut(o.key, "/")
		return operation{kind: "scan", key: table + "/"}.applyAndCompare(kv, want)
	case "scan after":
		table, _, _ := strings.Cut(o.key, "/")
		var got, expect []string
		for key := range kv.ScanAfter(table+"/", o.key) {
			got = append(got, key)
		}
		for _, key := range slices.Sorted(maps.Keys(want)) {
			if strings.HasPrefix(key, table+"/") && key > o.key {
				expect = append(expect, key)
			}
		}
		if !slices.Equal(got, expect) {
			return fmt.Errorf("scan after %q: got %q, want %q", o.key, got, expect)
		}
	case "scan":
		var expect []string
		for _, key := range slices.Sorted(maps.Keys(want)) {
			if strings.HasPrefix(key, o.key) {
				expect = append(expect, key+"="+want[key])
			}
		}
		if got := listEntries(kv, o.key); !slices.Equal(got, expect) {
			return fmt.Errorf("scan %q: got %q, want %q", o.key, got, expect)
		}
	}
	return nil
}
