package etcd

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"time"

	pb "go.etcd.io/etcd/api/v3/etcdserverpb"
	clientv3 "go.etcd.io/etcd/client/v3"
	"go.uber.org/zap"
	"google.golang.org/grpc"
	"google.golang.org/grpc/backoff"
	"google.golang.org/grpc/grpclog"

	"loket/store/kvdb"
)

// Scheme is the scheme of the URL of a store on an etcd cluster: etcd://host:2379,host:2379/prefix.
const Scheme = "etcd://"

// Options determine how the desk and the members of the cluster authenticate each other. The zero value suits a private
// network.
type Options struct {
	// CA is a file with the certificates (PEM) that sign the members' certificates. If it is empty, the system's certificates
	// apply.
	CA    string
	Cert  string // Cert is a file with the certificate (PEM) of this client, or empty.
	Key   string // Key is the file with the private key of Cert.
	Login string // Login is a file with a user name and a password, separated by a colon, or empty.
	TLS   bool   // TLS turns on TLS even if all other options are empty.
}

// By default gRPC logs to standard error, which is the visitor's screen.
func init() { grpclog.SetLoggerV2(grpclog.NewLoggerV2(io.Discard, io.Discard, io.Discard)) }

// Connect returns an engine for the desk with the given URL. The cluster need not have any keys of the desk yet. Connect waits
// a few seconds for a majority of the members.
func Connect(ctx context.Context, where string, o Options) (*Engine, error) {
	members, prefix, err := ParseURL(where)
	if err != nil {
		return nil, err
	}
	c, err := o.clientConfig(members)
	if err != nil {
		return nil, fmt.Errorf("connect to %s: %w", where, err)
	}
	if why := findTLSRejection(ctx, members, c.TLS); why != nil {
		return nil, fmt.Errorf("connect to %s: %w: %w", where, errNoMajority, why)
	}
	client, err := clientv3.New(c)
	if err != nil {
		return nil, fmt.Errorf("connect to %s: %w", where, err)
	}
	bounded, cancel := context.WithTimeout(ctx, connectTimeout)
	defer cancel()
	e, err := openEngine(bounded, client, prefix)
	if err == nil {
		return e, nil
	}
	if why := unreachableReason(client); ctx.Err() == nil && !isRefused(err) && why != nil {
		err = fmt.Errorf("%w: %w", errNoMajority, why)
	}
	_ = client.Close()
	return nil, fmt.Errorf("connect to %s: %w", where, err)
}

// openEngine returns the engine of a desk. It returns an error if the cluster does not answer.
func openEngine(ctx context.Context, client *clientv3.Client, prefix string) (*Engine, error) {
	c := &cluster{client: client, keyPrefix: prefix + "/", timeout: retryTimeout}
	c.lifetime, c.endLifetime = context.WithCancelCause(context.Background())
	name := rand.Text()[:10]
	e := &Engine{database: &database{committer: newCommitter(&leaseholder{cluster: c}, name), engineName: name}, scrubWait: scrubGrace}
	if _, err := e.doWithRetry(ctx, clientv3.OpGet(e.keyPrefix+"generation")); err != nil {
		e.endLifetime(kvdb.ErrClosed)
		return nil, err
	}
	return e, nil
}

// unreachableReason returns the reason why no member can be reached. Requests that are waiting do not return this reason,
// because a member may become reachable while they wait.
func unreachableReason(client *clientv3.Client) error {
	ctx, cancel := context.WithTimeout(context.Background(), shutdownTimeout)
	defer cancel()
	_, err := pb.NewKVClient(client.ActiveConnection()).Range(ctx, &pb.RangeRequest{Key: []byte{0}}, grpc.WaitForReady(false))
	return err
}

const (
	connectTimeout = 8 * time.Second
	// keepaliveInterval is how often to probe a member that owes an answer; etcd refuses more frequent probes.
	keepaliveInterval = 10 * time.Second
	keepaliveTimeout  = 2 * time.Second
	// reconnectInterval is the longest pause before reconnecting to a member. By default gRPC waits for minutes.
	reconnectInterval = 2 * time.Second
)

// ParseURL splits the URL of a desk into the addresses of the members, each HOST:PORT, and the prefix of the desk's keys.
func ParseURL(where string) (members []string, prefix string, err error) {
	rest, ok := strings.CutPrefix(where, Scheme)
	hosts, prefix, slash := strings.Cut(rest, "/")
	if !ok || !slash || prefix == "" || strings.Trim(prefix, "/") != prefix {
		return nil, "", fmt.Errorf("%s is not like etcd://host:2379,host:2379/prefix", where)
	}
	for member := range strings.SplitSeq(hosts, ",") {
		if host, port, err := net.SplitHostPort(member); err != nil || host == "" || port == "" {
			return nil, "", fmt.Errorf("%q in %s is not HOST:PORT", member, where)
		}
		members = append(members, member)
	}
	return members, prefix, nil
}

func (o Options) clientConfig(members []string) (c clientv3.Config, err error) {
	c = clientv3.Config{
		Endpoints: members, DialTimeout: connectTimeout,
		DialKeepAliveTime: keepaliveInterval, DialKeepAliveTimeout: keepaliveTimeout,
		DialOptions: append(stickyBalancer(), grpc.WithConnectParams(grpc.ConnectParams{
			Backoff:           backoff.Config{BaseDelay: minRetryWait, Multiplier: 1.6, Jitter: 0.2, MaxDelay: reconnectInterval},
			MinConnectTimeout: connectTimeout,
		})),
		Logger: zap.NewNop(), // The client also returns its errors to the caller.
	}
	if c.TLS, err = o.tlsConfig(); err != nil {
		return c, err
	}
	if o.Login == "" {
		return c, nil
	}
	login, err := os.ReadFile(o.Login)
	if err != nil {
		return c, err
	}
	var ok bool
	if c.Username, c.Password, ok = strings.Cut(strings.TrimSpace(string(login)), ":"); !ok {
		return c, fmt.Errorf("%s has no user name and password with a colon between them", o.Login)
	}
	return c, nil
}

// tlsConfig returns the configuration of TLS, or nil if the options do not ask for TLS.
func (o Options) tlsConfig() (*tls.Config, error) {
	if !o.TLS && o.CA == "" && o.Cert == "" {
		return nil, nil
	}
	c := &tls.Config{MinVersion: tls.VersionTLS12}
	if o.CA != "" {
		text, err := os.ReadFile(o.CA)
		if err != nil {
			return nil, err
		}
		c.RootCAs = x509.NewCertPool()
		if !c.RootCAs.AppendCertsFromPEM(text) {
			return nil, fmt.Errorf("%s has no certificate", o.CA)
		}
	}
	if o.Cert != "" {
		// The certificate is read for each connection, so that a renewed certificate needs no restart.
		c.GetClientCertificate = func(*tls.CertificateRequestInfo) (*tls.Certificate, error) {
			pair, err := tls.LoadX509KeyPair(o.Cert, o.Key)
			if err != nil {
				return nil, fmt.Errorf("read %s and %s: %w", o.Cert, o.Key, err)
			}
			return &pair, nil
		}
		if _, err := c.GetClientCertificate(nil); err != nil {
			return nil, err
		}
	}
	return c, nil
}
