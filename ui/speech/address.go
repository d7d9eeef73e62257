package speech

import (
	"context"
	"errors"
	"net"
	"path/filepath"
	"strings"
)

// An Address is where speech-dispatcher listens: "unix:" followed by the path of its socket.
type Address string

// Check returns an error if the address is not "unix:" and the full path of a socket.
func (a Address) Check() error {
	path, is := strings.CutPrefix(string(a), "unix:")
	if !is || !filepath.IsAbs(path) {
		return errors.New("--speech takes unix: and the full path of a socket of this machine, such as unix:/run/speech-dispatcher/speechd.sock")
	}
	return nil
}

// Dial connects with the socket.
func (a Address) Dial(ctx context.Context) (net.Conn, error) {
	var d net.Dialer
	return d.DialContext(ctx, "unix", strings.TrimPrefix(string(a), "unix:"))
}
