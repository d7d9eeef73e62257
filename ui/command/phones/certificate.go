package phones

import (
	"cmp"
	"crypto/tls"
	"fmt"
	"net"
	"sync"

	"loket/store/reload"
)

// A reloadingCert is one that stands in files, and is renewed there.
type reloadingCert struct {
	host  string // that it is for
	watch *reload.Watch

	mu        sync.Mutex
	cert, key reload.File
	now       *tls.Certificate
	fault     error // of the files as they are now
}

// newReloadingCert reads a certificate for a host. How it is later goes to watch.
func newReloadingCert(cert, key, host string, watch *reload.Watch) (*reloadingCert, error) {
	c := &reloadingCert{cert: reload.File{Path: cert}, key: reload.File{Path: key}, host: host, watch: watch}
	if c.reloadIfChanged(); c.fault != nil {
		return nil, c.fault
	}
	watch.Note(reload.Certificate, nil)
	watch.Add(func() { c.currentCert() })
	return c, nil
}

// tlsListener returns l with TLS: clients see the newest certificate.
func (c *reloadingCert) tlsListener(l net.Listener) net.Listener {
	return tls.NewListener(l, &tls.Config{
		MinVersion: tls.VersionTLS12,
		NextProtos: []string{"http/1.1"},
		GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) {
			return c.currentCert(), nil
		},
	})
}

// currentCert returns the certificate as it is now or, if what is in the files now cannot be
// used, as it was.
func (c *reloadingCert) currentCert() *tls.Certificate {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.reloadIfChanged()
	c.watch.Note(reload.Certificate, c.fault)
	return c.now
}

// reloadIfChanged takes what is in the files, if that changed since it was last tried.
func (c *reloadingCert) reloadIfChanged() {
	cert, renewed, certErr := c.cert.Read()
	key, replaced, keyErr := c.key.Read()
	if !renewed && !replaced {
		return
	}
	pair, err := parsePair(cert, key, cmp.Or(certErr, keyErr))
	if err == nil {
		err = pair.Leaf.VerifyHostname(c.host)
	}
	if err != nil {
		c.fault = fmt.Errorf("use the certificate %s: %w", c.cert.Path, err)
		return
	}
	c.now, c.fault = &pair, nil
}

// parsePair returns a certificate with its key, unless they could not be read.
func parsePair(cert, key []byte, unread error) (tls.Certificate, error) {
	if unread != nil {
		return tls.Certificate{}, unread
	}
	return tls.X509KeyPair(cert, key)
}
