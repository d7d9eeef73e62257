package maintain

import (
	"encoding/json"
	"strings"
	"testing"

	"loket/store/bolt"
	"loket/store/kvdb"
	"loket/ui/command/commandtest"
	"loket/ui/command/dispatch"
	"loket/ui/exitcode"
)

// grammar has the commands of package maintain.
type grammar struct {
	Check     CheckCommand     `cmd:""`
	Retention RetentionCommand `cmd:""`
}

// TestCheckOfASample checks that a database after an import has no problems.
func TestCheckOfASample(t *testing.T) {
	d := commandtest.DatabaseWithSample(t)
	if out, said := commandtest.MustRun(t, "", &CheckCommand{Database: d}); out != "" || !strings.HasPrefix(said, "Looked at ") {
		t.Errorf("gave %q, said %q", out, said)
	}
	var found checkResult
	out, _ := commandtest.MustRun(t, "", &CheckCommand{Database: d, JSON: true})
	if err := json.Unmarshal([]byte(out), &found); err != nil || found.Problems == nil || len(found.Problems) > 0 || found.Records < 400 {
		t.Errorf("gave %s: %v", out, err)
	}
}

func TestCheckFindsWhatIsWrong(t *testing.T) {
	d := commandtest.DatabaseWithSample(t)
	engine, err := bolt.Open(d.DB, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := engine.Update(t.Context(), func(kv kvdb.KV) error { kv.Put("tries/x", []byte("nonsense")); return nil }); err != nil {
		t.Fatal(err)
	}
	engine.Close()
	c := commandtest.New("")
	if code := dispatch.Run(t.Context(), &grammar{}, []string{"check", "--db", d.DB}, &c.CommandSession); code != exitcode.Failed ||
		c.Stdout.String() != "tries x: cannot be unsealed\n" || !strings.HasSuffix(c.Stderr.String(), "loket: found 1 problem\n") {
		t.Errorf("ended with %d, gave %q, said %q", code, c.Stdout.String(), c.Stderr.String())
	}
	c = commandtest.New("")
	if code := dispatch.Run(t.Context(), &grammar{}, []string{"check", "--json", "--db", d.DB}, &c.CommandSession); code != exitcode.Failed || !strings.Contains(c.Stdout.String(), `"table": "tries"`) {
		t.Errorf("ended with %d, gave %q", code, c.Stdout.String())
	}
}
