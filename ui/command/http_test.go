package command

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"loket/flows/clock"
	"loket/store"
	"loket/ui/web"
)

// page gets something over HTTP.
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

// TestOutside opens a database, has it be seen, and stops.
func TestOutside(t *testing.T) {
	d, clock := database(t), clock.New()
	imported(t, d, people)
	o := Outside{HTTP: "0"}
	m := o.metrics(web.Words{})
	s, err := d.open(t.Context(), clock, measured(m, clock))
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
	stop, err := o.show(ctx, m, s, clock, func(sentence string) { said = sentence })
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

// TestNobodyLooksOn costs nothing without --http.
func TestNobodyLooksOn(t *testing.T) {
	var o Outside
	m := o.metrics(web.Words{})
	stop, err := o.show(t.Context(), m, nil, nil, func(string) { t.Error("it is seen") })
	if m != nil || err != nil {
		t.Fatalf("%v, %v", m, err)
	}
	stop()
	d, clock := database(t), clock.New()
	imported(t, d, people)
	s, err := d.open(t.Context(), clock, measured(m, clock))
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
}

// TestOutsideFlag holds what --http can be.
func TestOutsideFlag(t *testing.T) {
	for given, wrong := range map[string]bool{"": false, "9100": false, "0.0.0.0:9100": false, "here": true, "1:2:3": true} {
		err := Outside{HTTP: given}.check()
		if _, is := errors.AsType[Usage](err); is != wrong {
			t.Errorf("%q: %v", given, err)
		}
	}
}

// TestLogging holds what each flag does to a log.
func TestLogging(t *testing.T) {
	for _, test := range []struct {
		args []string
		want []string // what a line of each level begins with; nothing for those left out
	}{
		{nil, []string{"", "level=INFO msg=said", "level=WARN msg=said", "level=ERROR msg=said"}},
		{[]string{"--log-level", "debug"}, []string{"level=DEBUG msg=said", "level=INFO msg=said", "level=WARN msg=said", "level=ERROR msg=said"}},
		{[]string{"--log-level", "error", "--log-format", "json"}, []string{"", "", "", `"level":"ERROR","msg":"said","visit":"ABC"}`}},
	} {
		var l Logging
		parser, err := kong.New(&l)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := parser.Parse(test.args); err != nil {
			t.Fatal(err)
		}
		for i, level := range []string{"debug", "info", "warn", "error"} {
			var b bytes.Buffer
			l.to(&b).Log(t.Context(), levels[level], "said", "visit", "ABC")
			if got := b.String(); got == "" != (test.want[i] == "") || !strings.Contains(got, test.want[i]) || strings.Count(got, "\n") > 1 {
				t.Errorf("%q at %s: %q, want %q", test.args, level, got, test.want[i])
			}
		}
	}
}
