package command

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"loket/store"
	"loket/store/bolt"
	"loket/store/etcd/etcdtest"
	"loket/store/fixture"
	"loket/ui/command/commandtest"
	"loket/ui/command/database"
	"loket/ui/command/maintain"
	"loket/ui/exitcode"
)

// TestMigratesCluster checks that a database of an earlier schema on a cluster is migrated after a backup is written beside
// the key file, and that the earlier loket can restore that backup.
func TestMigratesCluster(t *testing.T) {
	t.Parallel() // Overwriting deleted records takes a while, so let other tests run meanwhile.
	const earlier = 2
	f := fixture.WriteVersion(t, earlier)
	d := onMembers(t, etcdtest.StartCluster(t, 1))
	d.Keys = f.Keys
	before := onCluster(t, f, d)
	commandtest.MustFail(t, "", nil, &maintain.StatsCommand{Database: d}, fmt.Sprintf("has schema version %d, and this loket works with version %d", earlier, store.Version))
	copied := fmt.Sprintf("%s.backup.before-%d", f.Keys, store.Version)
	if code, _, said := runs(t.Context(), "migrate --db "+d.DB+" --keys "+d.Keys); code != exitcode.Done || !strings.Contains(said, copied) {
		t.Fatalf("exit code %d, said %s", code, said)
	}
	if out, _ := commandtest.MustRun(t, "", &maintain.StatsCommand{Database: d}); !strings.Contains(out, fmt.Sprint("schema version ", store.Version)) {
		t.Errorf("gave\n%s", out)
	}
	if info, err := os.Stat(copied); err != nil || info.Mode() != 0o600 {
		t.Fatalf("%v, %v", info, err)
	}
	back := fixture.NewFiles(t)
	if code, _, said := runs(t.Context(), "restore --db "+back.DB+" --keys "+f.Keys+" --send-waiting "+copied); code != exitcode.Done || !strings.Contains(said, fmt.Sprintf("The backup has schema version %d", earlier)) {
		t.Fatalf("exit code %d, said %s", code, said)
	}
	engine, err := bolt.Open(back.DB, bolt.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	restored := fixture.ListEntries(t, engine)
	for key, value := range before {
		if restored[key] != value {
			t.Errorf("%q came back as another one", key)
		}
	}
}

// onCluster copies the records of a database file to a cluster, and returns them.
func onCluster(t *testing.T, f fixture.Files, d database.Database) map[string]string {
	t.Helper()
	file, err := bolt.Open(f.DB, bolt.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	entries := fixture.ListEntries(t, file)
	cluster, err := d.NewEngine(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer cluster.Close()
	if err := cluster.Load(t.Context(), func(yield func(string, []byte) bool) {
		for _, key := range slices.Sorted(maps.Keys(entries)) {
			if !yield(key, []byte(entries[key])) {
				return
			}
		}
	}); err != nil {
		t.Fatal(err)
	}
	return entries
}
