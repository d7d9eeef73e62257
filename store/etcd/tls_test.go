package etcd

import (
	"errors"
	"io/fs"
	"net"
	"path/filepath"
	"strings"
	"testing"
	"time"

	clientv3 "go.etcd.io/etcd/client/v3"

	"loket/store/etcd/etcdtest"
	"loket/store/kvdb"
)

// TestTLS checks which clients a member with TLS and client certificates accepts, and
// that a refused client gets the reason at once.
func TestTLS(t *testing.T) {
	t.Parallel()
	ours, others := etcdtest.NewAuthority(t), etcdtest.NewAuthority(t)
	member := etcdtest.StartTLSCluster(t, ours)
	where, later := Scheme+member.Client+"/desk", time.Now().Add(time.Hour)
	shown, foreign := ours.ClientCertificate(t, later), others.ClientCertificate(t, later)
	for name, c := range map[string]struct {
		o    Options
		says string // says is a part of the error; it is empty if the client is accepted.
	}{
		"as it should be":                    {Options{CA: ours.CA, Cert: shown.Cert, Key: shown.Key}, ""},
		"another authority":                  {Options{CA: others.CA, Cert: shown.Cert, Key: shown.Key}, "signed by unknown authority"},
		"the system's authorities":           {Options{TLS: true, Cert: shown.Cert, Key: shown.Key}, "signed by unknown authority"},
		"no certificate":                     {Options{CA: ours.CA}, "certificate required"},
		"a certificate of another authority": {Options{CA: ours.CA, Cert: foreign.Cert, Key: foreign.Key}, "unknown certificate authority"},
	} {
		t.Run(name, func(t *testing.T) {
			began := time.Now()
			e, err := Connect(t.Context(), where, c.o)
			if c.says == "" {
				must(t, err)
				t.Cleanup(func() { e.Close() })
				put(t, e, "a/1", "kept")
				return
			}
			is, says := ClassifyError(err)
			if is != StatusUnavailable || !strings.Contains(says, c.says) || time.Since(began) > connectTimeout/2 {
				t.Errorf("after %v: %v, of which %q", time.Since(began), err, says)
			}
		})
	}
	t.Run("in the open", func(t *testing.T) {
		config, err := Options{}.clientConfig([]string{member.Client})
		must(t, err)
		client, err := clientv3.New(config)
		must(t, err)
		defer client.Close()
		if err := unreachableReason(client); err == nil { // Connect would report the reason only after its timeout.
			t.Error("it is let in")
		}
	})
}

// TestRenewed checks that a running desk uses the current certificate for each new connection.
func TestRenewed(t *testing.T) {
	t.Parallel()
	ours := etcdtest.NewAuthority(t)
	member := etcdtest.StartTLSCluster(t, ours)
	where, now := Scheme+member.Client+"/desk", time.Now()
	shown := ours.ClientCertificate(t, now.Add(time.Hour))
	o := Options{CA: ours.CA, Cert: shown.Cert, Key: shown.Key}
	e, err := Connect(t.Context(), where, o)
	must(t, err)
	t.Cleanup(func() { e.Close() })
	put(t, e, "a/1", "kept")

	ours.RenewCertificate(t, shown, now.Add(-time.Minute))
	if got := get(t, e, "a/1"); got != "kept" {
		t.Errorf("on a connection that stands: got %q", got)
	}
	if _, err := Connect(t.Context(), where, o); err == nil || !strings.Contains(err.Error(), "expired") {
		t.Errorf("with one that has expired: %v", err)
	}
	_, port, err := net.SplitHostPort(member.Client)
	must(t, err)
	e.client.SetEndpoints(net.JoinHostPort("localhost", port)) // The client must connect again, to the same member.
	e.timeout = time.Second
	if err := e.View(t.Context(), func(kv kvdb.KV) error { kv.Get("a/1"); return nil }); !errors.Is(err, errNoMajority) {
		t.Errorf("it does not show the one that has expired: %v", err)
	}
	ours.RenewCertificate(t, shown, now.Add(time.Hour))
	e.timeout = retryTimeout
	if got := get(t, e, "a/1"); got != "kept" {
		t.Errorf("renewed: got %q", got)
	}
}

// TestNoKey checks that the error names the missing file, or the files that do not match.
func TestNoKey(t *testing.T) {
	t.Parallel()
	pair, none := etcdtest.NewAuthority(t).ClientCertificate(t, time.Now().Add(time.Hour)), filepath.Join(t.TempDir(), "none.pem")
	for name, o := range map[string]Options{
		"CA": {CA: none}, "certificate": {Cert: none, Key: pair.Key}, "key": {Cert: pair.Cert, Key: none}, "login": {Login: none},
	} {
		if _, err := Connect(t.Context(), "etcd://127.0.0.1:1/desk", o); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), none) {
			t.Errorf("%s: %v", name, err)
		}
	}
	other := etcdtest.NewAuthority(t).ClientCertificate(t, time.Now().Add(time.Hour))
	if _, err := Connect(t.Context(), "etcd://127.0.0.1:1/desk", Options{Cert: pair.Cert, Key: other.Key}); err == nil || !strings.Contains(err.Error(), other.Key) {
		t.Errorf("a key of another certificate: %v", err)
	}
}
