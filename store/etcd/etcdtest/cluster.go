// Package etcdtest runs real etcd members on the loopback interface, for tests. StartCluster and StartTLSCluster run them in the test's own
// process; StartProcessCluster runs them in processes that can be killed. A Proxy drops requests and responses.
package etcdtest

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	clientv3 "go.etcd.io/etcd/client/v3"
	"go.uber.org/zap"
)

// A Member is a member of an etcd cluster.
type Member struct {
	Client string // Client is the address (HOST:PORT) to which clients connect.

	config    config
	startFunc func(config) (runningMember, error)
	running   runningMember // running is nil while the member is stopped.
}

// A runningMember is a running member of a cluster; Close stops it.
type runningMember interface{ Close() }

// StartCluster starts a cluster with the given number of members in this process. The cluster stops when the test ends.
func StartCluster(t testing.TB, members int) []*Member {
	t.Helper()
	return startMembers(t, members, func(c config) (runningMember, error) { return c.startEmbedded() })
}

// StartTLSCluster starts a single member that uses TLS with clients, and requires them to have a certificate signed by the authority.
// [AwaitLeader] has no such certificate, so it does not work with this member.
func StartTLSCluster(t testing.TB, a *Authority) *Member {
	t.Helper()
	shows := a.memberCertificate(t)
	return startMembers(t, 1, func(c config) (runningMember, error) {
		c.CA, c.TLS = a.CA, shows
		return c.startEmbedded()
	})[0]
}

func startMembers(t testing.TB, members int, run func(config) (runningMember, error)) []*Member {
	t.Helper()
	var all []*Member
	var cluster []string
	for n := range members {
		c := config{Name: fmt.Sprint("member", n), Dir: t.TempDir(), Client: freeAddress(t), Peer: freeAddress(t)}
		cluster = append(cluster, c.Name+"=http://"+c.Peer)
		all = append(all, &Member{Client: c.Client, config: c, startFunc: run})
	}
	started := make(chan error, members)
	for _, m := range all {
		m.config.Cluster = strings.Join(cluster, ",")
		t.Cleanup(m.Stop)
		go func() { started <- m.startMember() }()
	}
	var failed error
	for range all {
		failed = errors.Join(failed, <-started)
	}
	if failed != nil {
		t.Fatal(failed)
	}
	return all
}

func (m *Member) startMember() (err error) {
	now, err := m.startFunc(m.config)
	if err == nil {
		m.running = now
	}
	return err
}

// Restart starts a stopped member with the data that it had. It waits until there is a majority.
func (m *Member) Restart(t testing.TB) {
	t.Helper()
	if err := m.startMember(); err != nil {
		t.Error(err)
	}
}

// Stop stops a member. It kills a member that has a process of its own.
func (m *Member) Stop() {
	if m.running != nil {
		m.running.Close()
		m.running = nil
	}
}

// ClusterURL returns the URL of a desk on a cluster, in the format of etcd.ParseURL.
func ClusterURL(all []*Member, prefix string) string {
	var hosts []string
	for _, m := range all {
		hosts = append(hosts, m.Client)
	}
	return "etcd://" + strings.Join(hosts, ",") + "/" + prefix
}

// AwaitLeader waits until the members have a leader, and returns it.
func AwaitLeader(t testing.TB, all []*Member) *Member {
	t.Helper()
	patient, cancel := context.WithTimeout(context.WithoutCancel(t.Context()), startTimeout)
	defer cancel()
	for patient.Err() == nil {
		for _, m := range all {
			if m.isLeader(patient) {
				return m
			}
		}
	}
	t.Fatal("nobody leads the cluster")
	return nil
}

// isLeader asks the member whether it is the leader. It returns false if the member does not answer.
func (m *Member) isLeader(ctx context.Context) bool {
	once, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	client, err := clientv3.New(clientv3.Config{Endpoints: []string{m.Client}, Logger: zap.NewNop()})
	if err != nil {
		return false
	}
	defer client.Close()
	is, err := client.Status(once, m.Client)
	return err == nil && is.Leader == is.Header.MemberId
}

// freeAddress returns an unused address on the loopback interface. Its port is below the range from which the system assigns
// ports, so that no other process gets it while the member is down.
func freeAddress(t testing.TB) string {
	t.Helper()
	const from, until, attempts = 10000, 32000, 100
	var err error
	for range attempts {
		var l net.Listener
		var n [2]byte
		rand.Read(n[:])
		port := from + int(binary.BigEndian.Uint16(n[:]))%(until-from)
		if l, err = net.Listen("tcp", fmt.Sprint("127.0.0.1:", port)); err == nil {
			l.Close()
			return l.Addr().String()
		}
	}
	t.Fatal(err)
	return ""
}
