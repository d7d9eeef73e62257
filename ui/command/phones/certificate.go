package phones

import (
	"crypto/tls"
	"fmt"
	"log/slog"
	"net"
	"os"
	"sync"
	"time"
)

// A certificate is one that stands in files, and is renewed there.
type certificate struct {
	cert, key string // files
	host      string // that it is for
	log       *slog.Logger

	mu    sync.Mutex
	now   *tls.Certificate
	since [2]stamp // of the files when they were last read, whatever was in them
}

// stamp distinguishes versions of a file.
type stamp struct {
	changed time.Time
	size    int64
}

// newCertificate reads a certificate for a host.
func newCertificate(cert, key, host string, log *slog.Logger) (*certificate, error) {
	c := &certificate{cert: cert, key: key, host: host, log: log}
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

// renew reads the files if they changed since that was last tried.
func (c *certificate) renew() error {
	var are [2]stamp
	for i, path := range []string{c.cert, c.key} {
		if info, err := os.Stat(path); err == nil { // else reading says so
			are[i] = stamp{info.ModTime(), info.Size()}
		}
	}
	if c.now != nil && are == c.since {
		return nil
	}
	c.since = are
	pair, err := tls.LoadX509KeyPair(c.cert, c.key)
	if err == nil {
		err = pair.Leaf.VerifyHostname(c.host)
	}
	if err != nil {
		return fmt.Errorf("use the certificate %s: %w", c.cert, err)
	}
	c.now = &pair
	return nil
}
