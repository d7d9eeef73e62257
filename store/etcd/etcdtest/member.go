package etcdtest

import (
	"errors"
	"fmt"
	"net/url"
	"time"

	"go.etcd.io/etcd/server/v3/embed"
)

// config is the configuration of a member. A child process gets it in an environment variable.
type config struct {
	Name, Dir    string
	Client, Peer string // Client and Peer are the addresses (HOST:PORT) for clients and for other members.
	Cluster      string // Cluster lists all members, in etcd's format.

	CA  string   // CA is the file of the authority that signs clients' certificates, or empty without TLS.
	TLS CertPair // TLS has the files of the member's certificate and key.
}

// startTimeout limits the time that a member takes to find the others.
const startTimeout = 60 * time.Second

// startEmbedded starts the member in this process.
func (c config) startEmbedded() (*embed.Etcd, error) {
	e := embed.NewConfig()
	e.Name, e.Dir, e.InitialCluster = c.Name, c.Dir, c.Cluster
	e.ListenClientUrls, e.AdvertiseClientUrls = newURLList("http", c.Client), newURLList("http", c.Client)
	e.ListenPeerUrls, e.AdvertisePeerUrls = newURLList("http", c.Peer), newURLList("http", c.Peer)
	if c.CA != "" {
		e.ListenClientUrls, e.AdvertiseClientUrls = newURLList("https", c.Client), newURLList("https", c.Client)
		e.ClientTLSInfo.CertFile, e.ClientTLSInfo.KeyFile = c.TLS.Cert, c.TLS.Key
		e.ClientTLSInfo.TrustedCAFile, e.ClientTLSInfo.ClientCertAuth = c.CA, true
	}
	e.LogLevel, e.LogOutputs = "panic", []string{"/dev/null"}
	e.TickMs, e.ElectionMs = 50, 500
	e.UnsafeNoFsync = true // Tests do not cut the power, so nothing must be flushed to disk.
	e.BcryptCost = 4       // This is the lowest possible cost, which makes the tests faster.
	server, err := embed.StartEtcd(e)
	if err != nil {
		return nil, fmt.Errorf("start an etcd member: %w", err)
	}
	select {
	case <-server.Server.ReadyNotify():
		return server, nil
	case <-time.After(startTimeout):
		server.Close()
		return nil, errors.New("an etcd member did not find the others")
	}
}

func newURLList(scheme, host string) []url.URL { return []url.URL{{Scheme: scheme, Host: host}} }
