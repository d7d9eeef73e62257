package phones

import (
	"cmp"
	"crypto/tls"
	"fmt"
	"net"
	"sync"

	"loket/store/reload"
)

// A reloadingCert is a TLS certificate that is read again when its files change.
type reloadingCert struct {
	host      string // host is the host name that the certificate must be valid for.
	fileWatch *reload.FaultWatch

	mu        sync.Mutex
	cert, key reload.RereadFile
	current   *tls.Certificate
	fault     error // fault is the reason why the current files cannot be used, or nil.
}

// newReloadingCert reads a certificate for a host. It reports later faults to watch.
func newReloadingCert(cert, key, host string, watch *reload.FaultWatch) (*reloadingCert, error) {
	c := &reloadingCert{cert: reload.RereadFile{Path: cert}, key: reload.RereadFile{Path: key}, host: host, fileWatch: watch}
	if c.reloadIfChanged(); c.fault != nil {
		return nil, c.fault
	}
	watch.NoteFault(reload.CertificateFile, nil)
	watch.AddFileReader(func() { c.currentCert() })
	return c, nil
}

// tlsListener returns a listener that adds TLS to l. Each connection uses the newest certificate.
func (c *reloadingCert) tlsListener(l net.Listener) net.Listener {
	return tls.NewListener(l, &tls.Config{
		MinVersion: tls.VersionTLS12,
		NextProtos: []string{"http/1.1"},
		GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) {
			return c.currentCert(), nil
		},
	})
}

// currentCert returns the newest certificate that is valid.
func (c *reloadingCert) currentCert() *tls.Certificate {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.reloadIfChanged()
	c.fileWatch.NoteFault(reload.CertificateFile, c.fault)
	return c.current
}

// reloadIfChanged reads the files again if they have changed. It keeps the old certificate if the new one cannot be used.
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

// parsePair returns a certificate with its key. If unread, the error of reading the files, is not nil, it returns that error.
func parsePair(cert, key []byte, unread error) (tls.Certificate, error) {
	if unread != nil {
		return tls.Certificate{}, unread
	}
	return tls.X509KeyPair(cert, key)
}
