package etcd

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"loket/store"
	"loket/store/etcd/etcdtest"
)

// TestTLS holds whom a member lets in that speaks TLS and asks for a certificate, and
// that who is not let in is told why.
func TestTLS(t *testing.T) {
	t.Parallel()
	ours, others := etcdtest.NewAuthority(t), etcdtest.NewAuthority(t)
	member := etcdtest.StartTLS(t, ours)
	where, later := Scheme+member.Client+"/desk", time.Now().Add(time.Hour)
	shown, foreign := ours.Client(t, later), others.Client(t, later)
	for name, c := range map[string]struct {
		o    Options
		says string // part of the error
	}{
		"another authority":                  {Options{CA: others.CA, Cert: shown.Cert, Key: shown.Key}, "unknown authority"},
		"the system's authorities":           {Options{TLS: true, Cert: shown.Cert, Key: shown.Key}, "unknown authority"},
		"no certificate":                     {Options{CA: ours.CA}, "certificate required"},
		"a certificate of another authority": {Options{CA: ours.CA, Cert: foreign.Cert, Key: foreign.Key}, "unknown certificate authority"},
		"in the open":                        {Options{}, "EOF"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			began := time.Now()
			_, err := Connect(t.Context(), where, c.o)
			t.Logf("after %v: %v", time.Since(began), err)
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%v", err)
			}
		})
	}
}

// TestRenewed holds that a desk that goes on shows the certificate that is there now.
func TestRenewed(t *testing.T) {
	t.Parallel()
	ours := etcdtest.NewAuthority(t)
	member := etcdtest.StartTLS(t, ours)
	now := time.Now()
	shown := ours.Client(t, now.Add(time.Hour))
	e, err := Connect(t.Context(), Scheme+member.Client+"/desk", Options{CA: ours.CA, Cert: shown.Cert, Key: shown.Key})
	must(t, err)
	t.Cleanup(func() { e.Close() })
	put(t, e, "a/1", "kept")

	ours.Renew(t, shown, now.Add(-time.Minute))
	member.Stop()
	member.Restart(t)
	e.patience = time.Second
	if err := e.View(t.Context(), func(kv store.KV) error { kv.Get("a/1"); return nil }); err == nil {
		t.Error("it does not show the one that has expired")
	} else {
		t.Log(err)
	}
	ours.Renew(t, shown, now.Add(time.Hour))
	e.patience = askPatience
	if got := get(t, e, "a/1"); got != "kept" {
		t.Errorf("got %q", got)
	}
}

// TestNoKey holds that an error names the file that is not there.
func TestNoKey(t *testing.T) {
	t.Parallel()
	pair, none := etcdtest.NewAuthority(t).Client(t, time.Now().Add(time.Hour)), filepath.Join(t.TempDir(), "none.pem")
	for name, o := range map[string]Options{
		"CA": {CA: none}, "certificate": {Cert: none, Key: pair.Key}, "key": {Cert: pair.Cert, Key: none}, "login": {Login: none},
	} {
		if _, err := Connect(t.Context(), "etcd://127.0.0.1:1/desk", o); !os.IsNotExist(err) || !strings.Contains(err.Error(), none) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
