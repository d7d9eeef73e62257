package etcd

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"
	"time"

	clientv3 "go.etcd.io/etcd/client/v3"
	"go.uber.org/zap"
)

// Scheme begins where a store on a cluster is: etcd://host:2379,host:2379/prefix.
const Scheme = "etcd://"

// Options are how to show the members who comes, and to know them. The zero value
// suits a network where nobody else is.
type Options struct {
	CA    string // file of the certificates (PEM) that members' are signed with; the system's, if none
	Cert  string // file of the certificate (PEM) to show them; none
	Key   string // file of its key
	Login string // file with a user name and a password, with a colon between them; none
	TLS   bool   // even if there is none of these files
}

// Connect opens the desk at where, which the members need not have heard of. It
// waits a few seconds for a majority of them.
func Connect(ctx context.Context, where string, o Options) (*Engine, error) {
	members, prefix, err := Parse(where)
	if err != nil {
		return nil, err
	}
	c, err := o.config(members)
	if err != nil {
		return nil, fmt.Errorf("connect to %s: %w", where, err)
	}
	client, err := clientv3.New(c)
	if err != nil {
		return nil, fmt.Errorf("connect to %s: %w", where, err)
	}
	patient, cancel := context.WithTimeout(ctx, connectPatience)
	defer cancel()
	e, err := open(patient, client, prefix)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("connect to %s: %w", where, err), client.Close())
	}
	return e, nil
}

const (
	connectPatience = 10 * time.Second
	aliveEvery      = 2 * time.Second // it is asked whether a member is still there
	alivePatience   = 2 * time.Second
)

// Parse takes where a desk is apart: into HOST:PORT of the members, and the prefix of
// its keys.
func Parse(where string) (members []string, prefix string, err error) {
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

func (o Options) config(members []string) (c clientv3.Config, err error) {
	c = clientv3.Config{
		Endpoints: members, DialTimeout: connectPatience,
		DialKeepAliveTime: aliveEvery, DialKeepAliveTimeout: alivePatience, PermitWithoutStream: true,
		Logger: zap.NewNop(), // its errors come back to who asked
	}
	if c.TLS, err = o.tls(); err != nil {
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

// tls gives what to know the members by; nil if nothing is asked of them.
func (o Options) tls() (*tls.Config, error) {
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
		// Read anew for each connection: a certificate that is renewed needs no restart.
		c.GetClientCertificate = func(*tls.CertificateRequestInfo) (*tls.Certificate, error) {
			pair, err := tls.LoadX509KeyPair(o.Cert, o.Key)
			return &pair, err
		}
		if _, err := c.GetClientCertificate(nil); err != nil {
			return nil, err
		}
	}
	return c, nil
}
