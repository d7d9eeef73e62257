// Package etcdtest runs real etcd members on loopback, for tests.
package etcdtest

import (
	"fmt"
	"net"
	"net/url"
	"strings"
	"testing"
	"time"

	"go.etcd.io/etcd/server/v3/embed"
)

// A Member is one of a cluster, in this process.
type Member struct {
	Client string // HOST:PORT where clients come

	config *embed.Config
	server *embed.Etcd
}

// Start starts a cluster of so many members, until the test is over.
func Start(t testing.TB, members int) []*Member {
	t.Helper()
	var all []*Member
	var cluster []string
	for n := range members {
		m := &Member{Client: free(t), config: embed.NewConfig()}
		peer := "http://" + free(t)
		m.config.Name, m.config.Dir = fmt.Sprint("member", n), t.TempDir()
		m.config.ListenClientUrls, m.config.AdvertiseClientUrls = addresses("http://"+m.Client), addresses("http://"+m.Client)
		m.config.ListenPeerUrls, m.config.AdvertisePeerUrls = addresses(peer), addresses(peer)
		m.config.LogLevel, m.config.LogOutputs = "panic", []string{"/dev/null"}
		m.config.TickMs, m.config.ElectionMs = 50, 500
		m.config.UnsafeNoFsync = true // nobody cuts the power
		cluster = append(cluster, m.config.Name+"="+peer)
		all = append(all, m)
	}
	for _, m := range all {
		m.config.InitialCluster = strings.Join(cluster, ",")
	}
	started := make(chan error, members)
	for _, m := range all {
		go func() { started <- m.start() }()
		t.Cleanup(m.Stop)
	}
	for range all {
		if err := <-started; err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// Where is where a desk is on a cluster: see etcd.Parse.
func Where(all []*Member, prefix string) string {
	var hosts []string
	for _, m := range all {
		hosts = append(hosts, m.Client)
	}
	return "etcd://" + strings.Join(hosts, ",") + "/" + prefix
}

// startPatience is how long a member may take to find the others.
const startPatience = 60 * time.Second

func (m *Member) start() (err error) {
	if m.server, err = embed.StartEtcd(m.config); err != nil {
		return fmt.Errorf("start an etcd member: %w", err)
	}
	select {
	case <-m.server.Server.ReadyNotify():
		return nil
	case <-time.After(startPatience):
		return fmt.Errorf("an etcd member did not find the others")
	}
}

// Restart starts a member that was stopped, with what it had.
func (m *Member) Restart(t testing.TB) {
	t.Helper()
	m.config.ClusterState = embed.ClusterStateFlagExisting
	if err := m.start(); err != nil {
		t.Fatal(err)
	}
}

// Stop stops a member.
func (m *Member) Stop() {
	if m.server != nil {
		m.server.Close()
		m.server = nil
	}
}

// Leads tells whether the member is the leader.
func (m *Member) Leads() bool {
	return m.server != nil && m.server.Server.Leader() == m.server.Server.MemberID()
}

// free is an address on loopback that nobody uses.
func free(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func addresses(s string) []url.URL {
	u, err := url.Parse(s)
	if err != nil {
		panic(err)
	}
	return []url.URL{*u}
}
