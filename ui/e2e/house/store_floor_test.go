package house

import (
	"slices"
	"strings"
	"testing"
)

// TestFloorOfStore checks which packages of the store import which: an engine imports only the interface of engines, and
// packages that process a whole store are at the top.
func TestFloorOfStore(t *testing.T) {
	below := map[string][]string{
		"kvdb":        {},
		"durable":     {},
		"parallel":    {},
		"reload":      {},
		"spill":       {},
		"overlay":     {"kvdb", "spill"},
		"bolt":        {"kvdb", "overlay", "durable"},
		"etcd":        {"kvdb", "overlay"},
		"keyring":     {"durable", "reload"},
		"checkpoint":  {},
		"sealedkv":    {"kvdb", "keyring", "parallel", "spill"},
		"fingerprint": {"sealedkv"},
		"":            {"kvdb", "keyring", "fingerprint", "sealedkv", "spill"},
		"auditlog":    {"", "kvdb", "sealedkv", "checkpoint"},
		"lease":       {""},
		"check":       {"", "auditlog", "kvdb", "lease", "sealedkv", "parallel", "spill"},
		"backup":      {"", "kvdb", "keyring", "sealedkv"},
		"rotation":    {"", "kvdb", "keyring"},
		"reindex":     {"", "lease", "sealedkv"},

		"storetest":     {"kvdb"}, // This package is only for tests.
		"etcd/etcdtest": {},
		"fixture":       {"", "auditlog", "check", "kvdb", "keyring", "lease", "sealedkv", "bolt"},
	}
	within := func(dir string) (string, bool) {
		if dir == "store" {
			return "", true
		}
		return strings.CutPrefix(dir, "store/")
	}
	for _, s := range sources(t) {
		from, ours := within(s.dir())
		if !ours || s.test {
			continue
		}
		may, known := below[from]
		if !known {
			t.Errorf("%s is in a package of the store whose place is not said here", s.path)
		}
		for _, path := range s.imports() {
			inner, ours := strings.CutPrefix(path, "loket/")
			if !ours {
				continue
			}
			if to, _ := within(inner); !slices.Contains(may, to) {
				t.Errorf("%s imports %s, on which it does not stand", s.path, path)
			}
		}
	}
}
