package etcd

import (
	"context"
	"crypto/tls"
	"errors"
	"net"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// tlsRejection returns the TLS error if the handshake fails with every member, and nil if
// it may succeed with one. gRPC would retry for a long time, and reports of a refused
// certificate only that the connection broke.
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
	return status.Errorf(codes.Unavailable, `connection error: desc = "%v"`, why) // the form of gRPC's message
}

// tlsProbe returns the TLS error of a handshake with one member, and nil if it succeeds
// or fails for another reason.
func tlsProbe(ctx context.Context, member string, c *tls.Config) error {
	c = c.Clone()
	c.NextProtos = []string{"h2"}
	line, err := (&tls.Dialer{Config: c}).DialContext(ctx, "tcp", member)
	if err == nil {
		defer line.Close()
		if until, ok := ctx.Deadline(); ok {
			_ = line.SetReadDeadline(until)
		}
		_, err = line.Read(make([]byte, 1)) // only now does the member report on our certificate
	}
	if _, is := errors.AsType[*tls.CertificateVerificationError](err); is {
		return err
	}
	if said, is := errors.AsType[*net.OpError](err); is && said.Op == "remote error" { // a TLS alert
		return err
	}
	return nil
}
