package house

import (
	"slices"
	"strings"
	"testing"
)

// TestImportsGoDown checks that packages import only packages of lower layers: main, ui, flows, store, engine. It also checks
// that each library that shapes the program is imported in only one place.
func TestImportsGoDown(t *testing.T) {
	below := map[string][]string{
		".":     {"ui", "flows", "store"},
		"ui":    {"ui", "flows", "store"},
		"flows": {"flows", "store"},
		"store": {"store"},
	}
	engines := []string{"store/bolt", "store/etcd"}
	only := map[string]string{
		"go.etcd.io/bbolt": "store/bolt",
		"go.etcd.io/etcd":  "store/etcd",
		"charm.land":       "ui",

		"loket/ui/e2e":                 "ui/e2e", // This folder is only for tests.
		"loket/ui/command/commandtest": "ui/command/commandtest",
		"loket/flows/golden":           "flows/golden",
		"loket/flows/flowtest":         "flows/flowtest",
		"loket/store/storetest":        "store/storetest",
		"loket/store/fixture":          "store/fixture",
		"loket/store/sealedkv":         "store", // Other packages use the store, and not its encrypted records.
		"loket/store/etcd/etcdtest":    "store/etcd/etcdtest",
		"go.etcd.io/etcd/server":       "store/etcd/etcdtest", // So the program contains no etcd server.
	}
	for _, s := range sources(t) {
		top, _, _ := strings.Cut(s.dir(), "/")
		for _, path := range s.imports() {
			for library, home := range only {
				if inside(path, library) && !inside(s.dir(), home) && !s.test {
					t.Errorf("%s imports %s, which only %s may", s.path, path, home)
				}
			}
			inner, ours := strings.CutPrefix(path, "loket/")
			if !ours || s.test {
				continue
			}
			if !slices.ContainsFunc(below[top], func(d string) bool { return inside(inner, d) }) {
				t.Errorf("%s imports %s, which is not below it", s.path, path)
			}
			if engine := slices.Contains(engines, inner); engine && (s.dir() == "store" || top == "flows") {
				t.Errorf("%s imports the engine %s: only what opens a database chooses one", s.path, path)
			}
		}
	}
}

// TestOneClock checks that only package clock reads the time of the machine, so that a test or a demo can set the time.
func TestOneClock(t *testing.T) {
	for _, s := range sources(t) {
		if s.calls("time", "Now") && !s.test && s.path != "flows/clock/clock.go" {
			t.Errorf("%s calls time.Now", s.path)
		}
	}
}

// TestNoWeakRandomness checks that math/rand is used only to invent samples, and never for values that must not be guessed.
func TestNoWeakRandomness(t *testing.T) {
	for _, s := range sources(t) {
		if weak := slices.ContainsFunc(s.imports(), func(p string) bool { return inside(p, "math/rand") }); weak && !s.test && s.path != "flows/transfer/fiction/source.go" {
			t.Errorf("%s imports math/rand", s.path)
		}
	}
}
