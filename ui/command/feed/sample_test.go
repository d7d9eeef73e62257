package feed

import (
	"strings"
	"testing"

	"loket/flows/transfer/sample"
	"loket/ui/command/commandtest"
)

// TestSample checks that a sample can be imported into a database, and that importing it again changes nothing.
func TestSample(t *testing.T) {
	c := commandtest.New("")
	if err := (&SampleCommand{Customers: 50, Seed: 7, Today: sample.SampleDay}).Run(c.Console); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(c.Stderr.String(), sample.SamplePassword) {
		t.Errorf("said %q", c.Stderr.String())
	}
	d := commandtest.NewDatabasePath(t)
	imported(t, d, c.Stdout.String())
	if again := imported(t, d, c.Stdout.String()); !strings.Contains(again.Stdout.String(), "customers             0        0         50\n") {
		t.Errorf("gave\n%s", again.Stdout.String())
	}
}
