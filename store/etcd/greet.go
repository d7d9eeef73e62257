package etcd

import (
	"context"
	"crypto/tls"
	"errors"
	"net"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// unwelcome gives why each member turns us away by our certificate, or we it by its
// own; nil if one of them may not. gRPC would try for long what does not mend itself,
// and tell of a certificate that is refused only that the line broke.
func unwelcome(ctx context.Context, members []string, c *tls.Config) (why error) {
	if c == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, farewell)
	defer cancel()
	told := make(chan error, len(members))
	for _, member := range members {
		go func() { told <- greet(ctx, member, c) }()
	}
	for range members {
		if why = <-told; why == nil {
			return nil
		}
	}
	return status.Errorf(codes.Unavailable, `connection error: desc = "%v"`, why) // as gRPC tells it
}

// greet gives why one member is of no use, nil if that is not by a certificate.
func greet(ctx context.Context, member string, c *tls.Config) error {
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
