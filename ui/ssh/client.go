package ssh

import (
	"context"
	"net"
	"strings"
	"time"

	"golang.org/x/crypto/ssh"

	"loket/flows/text"
)

// keyRefusedMessage is the log message about a refused key. Filters that ban addresses match it, such as the one in the manual.
const keyRefusedMessage = "a key is refused"

// At most refusedKeysPerSecond refused keys are logged, after refusedKeysBurst of them, so that nobody can fill the disk. The
// metrics count all.
const (
	refusedKeysPerSecond = 5
	refusedKeysBurst     = 60
)

// logRefusedKey logs the first key that was refused, after a handshake that failed. So a client that offers several keys, one of
// which is right, is not banned.
func (c *connection) logRefusedKey() {
	s := c.server
	if c.refusedKey == nil || !s.refusedKeyLimiter.AllowN(s.Clock.RealNow(), 1) {
		return
	}
	s.Log.Info(keyRefusedMessage, "fingerprint", ssh.FingerprintSHA256(c.refusedKey), "address", hostOf(c.conn.RemoteAddr()))
}

// A terminal that was unplugged ends no connection. Therefore the server asks each terminal every keepAliveInterval whether it
// is there, and closes the connection if there is no answer within keepAliveTimeout.
const (
	keepAliveInterval = 10 * time.Second
	keepAliveTimeout  = 10 * time.Second
)

// keepAliveRequest is a global request that no client knows. Every client must answer it, if only to refuse it (RFC 4254 §4).
const keepAliveRequest = "keepalive@openssh.com"

// watchClient closes the connection when the client is gone, which ends its sessions.
func (c *connection) watchClient(ctx context.Context) {
	for c.server.Clock.Wait(ctx, keepAliveInterval) == nil {
		timeout := time.AfterFunc(keepAliveTimeout, func() { c.conn.Close() })
		_, _, err := c.sshConn.SendRequest(keepAliveRequest, true, nil)
		timeout.Stop()
		if err != nil {
			return
		}
	}
}

// hostOf returns the host of a network address, without the port.
func hostOf(address net.Addr) string {
	host, _, err := net.SplitHostPort(address.String())
	if err != nil {
		return address.String()
	}
	return host
}

// maxVersionLength is the maximum number of characters of a client version that are kept.
const maxVersionLength = 40

// clientVersion returns the name and version of the client program from its version line: "OpenSSH_9.6" of
// "SSH-2.0-OpenSSH_9.6 Debian" (RFC 4253 §4.2).
func clientVersion(line []byte) string {
	version := text.SingleLine(strings.TrimPrefix(string(line), "SSH-2.0-"))
	version, _, _ = strings.Cut(version, " ")
	return text.FirstCharacters(version, maxVersionLength)
}
