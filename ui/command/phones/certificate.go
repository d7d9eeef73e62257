package phones

import (
	"cmp"
	"crypto/tls"
	"fmt"
	"net"
	"sync"

	"loket/store/reload"
)

// A certificate is one that stands in files, and is renewed there.
type certificate struct {
	host  string // that it is for
	watch *reload.Watch

	mu        sync.Mutex
	cert, key reload.File
	now       *tls.Certificate
	fault     error // of the files as they are now
}

// newCertificate reads a certificate for a host. How it is later goes to watch.
func newCertificate(cert, key, host string, watch *reload.Watch) (*certificate, error) {
	c := &certificate{cert: reload.File{Path: cert}, key: reload.File{Path: key}, host: host, watch: watch}
	if c.renew(); c.fault != nil {
		return nil, c.fault
	}
	watch.Note(reload.Certificate, nil)
	watch.Add(func() { c.newest() })
	return c, nil
}

// listener returns l with TLS: clients see the newest certificate.
func (c *certificate) listener(l net.Listener) net.Listener {
	return tls.NewListener(l, &tls.Config{
		MinVersion: tls.VersionTLS12,
		NextProtos: []string{"http/1.1"},
		GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) {
			return c.newest(), nil
		},
	})
}

// newest returns the certificate as it is now or, if what is in the files now cannot be
// used, as it was.
func (c *certificate) newest() *tls.Certificate {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.renew()
	c.watch.Note(reload.Certificate, c.fault)
	return c.now
}

// renew takes what is in the files, if that changed since it was last tried.
func (c *certificate) renew() {
	cert, renewed, certErr := c.cert.Read()
	key, replaced, keyErr := c.key.Read()
	if !renewed && !replaced {
		return
	}
	pair, err := pairOf(cert, key, cmp.Or(certErr, keyErr))
	if err == nil {
		err = pair.Leaf.VerifyHostname(c.host)
	}
	if err != nil {
		c.fault = fmt.Errorf("use the certificate %s: %w", c.cert.Path, err)
		return
	}
	c.now, c.fault = &pair, nil
}

// pairOf returns a certificate with its key, unless they could not be read.
func pairOf(cert, key []byte, unread error) (tls.Certificate, error) {
	if unread != nil {
		return tls.Certificate{}, unread
	}
	return tls.X509KeyPair(cert, key)
}
