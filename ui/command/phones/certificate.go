package phones

import (
	"cmp"
	"crypto/tls"
	"fmt"
	"log/slog"
	"net"
	"sync"

	"loket/store/reload"
)

// A certificate is one that stands in files, and is renewed there.
type certificate struct {
	host string // that it is for
	log  *slog.Logger

	mu        sync.Mutex
	cert, key reload.File
	now       *tls.Certificate
}

// newCertificate reads a certificate for a host.
func newCertificate(cert, key, host string, log *slog.Logger) (*certificate, error) {
	c := &certificate{cert: reload.File{Path: cert}, key: reload.File{Path: key}, host: host, log: log}
	return c, c.renew()
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
	if err := c.renew(); err != nil {
		c.log.Error("the certificate of the NN App's page is not renewed", "error", err)
	}
	return c.now
}

// renew takes what is in the files, if that changed since it was last tried.
func (c *certificate) renew() error {
	cert, renewed, certErr := c.cert.Read()
	key, replaced, keyErr := c.key.Read()
	if c.now != nil && !renewed && !replaced {
		return nil
	}
	pair, err := pairOf(cert, key, cmp.Or(certErr, keyErr))
	if err == nil {
		err = pair.Leaf.VerifyHostname(c.host)
	}
	if err != nil {
		return fmt.Errorf("use the certificate %s: %w", c.cert.Path, err)
	}
	c.now = &pair
	return nil
}

// pairOf returns a certificate with its key, unless they could not be read.
func pairOf(cert, key []byte, unread error) (tls.Certificate, error) {
	if unread != nil {
		return tls.Certificate{}, unread
	}
	return tls.X509KeyPair(cert, key)
}
