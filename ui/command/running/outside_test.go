package running

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"loket/flows/clock"
	"loket/store"
	"loket/ui/command/commandtest"
	"loket/ui/command/console"
	"loket/ui/web"
)

// page gets a page over HTTP.
func page(t *testing.T, url string) (status int, text string) {
	t.Helper()
	response, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	all, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(all)
}

// TestOutside opens a desk with monitoring on a database, and stops it.
func TestOutside(t *testing.T) {
	d, clock := commandtest.NewDatabasePath(t), clock.New()
	commandtest.ImportFile(t, d, commandtest.PeopleImport)
	o := MonitoringFlags{HTTP: "0"}
	m := o.NewMetrics(web.LabelValues{})
	s, err := d.Migrate(t.Context(), clock, func(string) {}, measureStore(m, clock))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Update(t.Context(), func(tx *store.Tx) error {
		tx.PutMessage(store.Message{Channel: store.ByLetter, Template: "username", To: []string{"Haven 1"}})
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	var said string
	stop, err := o.ServeMonitoring(ctx, m, s, clock, func(sentence string) { said = sentence })
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	at, is := strings.CutSuffix(strings.TrimPrefix(said, "To be seen at "), "/metrics.")
	if !is || !strings.HasPrefix(at, "http://127.0.0.1:") {
		t.Fatalf("said %q", said)
	}
	if status, _ := page(t, at+"/readyz"); status != http.StatusOK {
		t.Errorf("ready: %d", status)
	}
	status, text := page(t, at+"/metrics")
	for _, want := range []string{`loket_outbox_waiting{channel="letter"} 1`, `loket_store_seconds_count{operation="update",result="done"} 1`} {
		if status != http.StatusOK || !strings.Contains(text, want+"\n") {
			t.Errorf("%d, no %s", status, want)
		}
	}
	cancel()
	if status, text := page(t, at+"/healthz"); status != http.StatusOK {
		t.Errorf("while it stops: %d %s", status, text)
	}
	stop()
	if _, err := http.Get(at + "/healthz"); err == nil {
		t.Error("it is seen after it stopped")
	}
}

// TestNobodyLooksOn checks that nothing is measured without --http.
func TestNobodyLooksOn(t *testing.T) {
	var o MonitoringFlags
	m := o.NewMetrics(web.LabelValues{})
	stop, err := o.ServeMonitoring(t.Context(), m, nil, nil, func(string) { t.Error("it is seen") })
	if m != nil || err != nil {
		t.Fatalf("%v, %v", m, err)
	}
	stop()
	d, clock := commandtest.NewDatabasePath(t), clock.New()
	commandtest.ImportFile(t, d, commandtest.PeopleImport)
	s, err := d.Migrate(t.Context(), clock, func(string) {}, measureStore(m, clock))
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
}

// TestOutsideFlag checks which values of --http are allowed.
func TestOutsideFlag(t *testing.T) {
	for given, wrong := range map[string]bool{"": false, "9100": false, "127.0.0.1:9100": false, "[::1]:9100": false, "localhost:9100": false, "0.0.0.0:9100": true, "[::]:9100": true, "192.0.2.1:9100": true, "desk.example.org:9100": true, "here": true, "1:2:3": true} {
		err := MonitoringFlags{HTTP: given}.checkFlags()
		if _, is := errors.AsType[console.UsageError](err); is != wrong {
			t.Errorf("%q: %v", given, err)
		}
	}
}
