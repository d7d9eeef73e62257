package etcd

import (
	"context"
	"crypto/tls"
	"errors"
	"net"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// tlsRejection returns the TLS error if every member fails the handshake, and nil if one
// may not. gRPC would try for long what does not mend itself, and says of a certificate
// that is refused only that the connection broke.
func tlsRejection(ctx context.Context, members []string, c *tls.Config) (why error) {
	if c == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, shutdownTimeout)
	defer cancel()
	told := make(chan error, len(members))
	for _, member := range members {
		go func() { told <- tlsProbe(ctx, member, c) }()
	}
	for range members {
		if why = <-told; why == nil {
			return nil
		}
	}
	return status.Errorf(codes.Unavailable, `connection error: desc = "%v"`, why) // as gRPC tells it
}

// tlsProbe returns the TLS error by which a handshake with one member fails, and nil if
// it succeeds or fails by something else.
func tlsProbe(ctx context.Context, member string, c *tls.Config) error {
	c = c.Clone()
	c.NextProtos = []string{"h2"}
	line, err := (&tls.Dialer{Config: c}).DialContext(ctx, "tcp", member)
	if err == nil {
		defer line.Close()
		if until, ok := ctx.Deadline(); ok {
			_ = line.SetReadDeadline(until)
		}
		_, err = line.Read(make([]byte, 1)) // only now does it tell what it thinks of ours
	}
	if _, is := errors.AsType[*tls.CertificateVerificationError](err); is {
		return err
	}
	if said, is := errors.AsType[*net.OpError](err); is && said.Op == "remote error" { // a TLS alert
		return err
	}
	return nil
}
