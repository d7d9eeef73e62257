package phones

import (
	"cmp"
	"crypto/tls"
	"fmt"
	"net"
	"sync"

	"loket/store/reload"
)

// A reloadingCert is a certificate that is read from its files again when they change.
type reloadingCert struct {
	host      string // the name that it must be for
	fileWatch *reload.Watch

	mu        sync.Mutex
	cert, key reload.File
	current   *tls.Certificate
	fault     error // why the present files cannot be used, or nil
}

// newReloadingCert reads a certificate for a host. It reports later faults to watch.
func newReloadingCert(cert, key, host string, watch *reload.Watch) (*reloadingCert, error) {
	c := &reloadingCert{cert: reload.File{Path: cert}, key: reload.File{Path: key}, host: host, fileWatch: watch}
	if c.reloadIfChanged(); c.fault != nil {
		return nil, c.fault
	}
	watch.NoteFault(reload.Certificate, nil)
	watch.Add(func() { c.currentCert() })
	return c, nil
}

// tlsListener returns l with TLS. Each connection gets the newest certificate.
func (c *reloadingCert) tlsListener(l net.Listener) net.Listener {
	return tls.NewListener(l, &tls.Config{
		MinVersion: tls.VersionTLS12,
		NextProtos: []string{"http/1.1"},
		GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) {
			return c.currentCert(), nil
		},
	})
}

// currentCert returns the newest certificate that can be used.
func (c *reloadingCert) currentCert() *tls.Certificate {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.reloadIfChanged()
	c.fileWatch.NoteFault(reload.Certificate, c.fault)
	return c.current
}

// reloadIfChanged reads the files again if they changed since the last time. It keeps the old
// certificate if the new one cannot be used.
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
	c.current, c.fault = &pair, nil
}

// parsePair returns a certificate with its key. It returns unread if that is not nil.
func parsePair(cert, key []byte, unread error) (tls.Certificate, error) {
	if unread != nil {
		return tls.Certificate{}, unread
	}
	return tls.X509KeyPair(cert, key)
}
