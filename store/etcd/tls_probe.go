package etcd

import (
	"context"
	"crypto/tls"
	"errors"
	"net"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// findTLSRejection returns the TLS error if the handshake fails with every member, and nil if it may succeed with one of them. It
// exists because gRPC would retry for a long time, and would only report that the connection broke when a certificate was
// refused.
func findTLSRejection(ctx context.Context, members []string, c *tls.Config) (why error) {
	if c == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, shutdownTimeout)
	defer cancel()
	told := make(chan error, len(members))
	for _, member := range members {
		go func() { told <- probeTLS(ctx, member, c) }()
	}
	for range members {
		if why = <-told; why == nil {
			return nil
		}
	}
	return status.Errorf(codes.Unavailable, `connection error: desc = "%v"`, why) // The error has the form of gRPC's own message.
}

// probeTLS returns the TLS error of a handshake with one member. It returns nil if the handshake succeeds or fails for another
// reason.
func probeTLS(ctx context.Context, member string, c *tls.Config) error {
	c = c.Clone()
	c.NextProtos = []string{"h2"}
	line, err := (&tls.Dialer{Config: c}).DialContext(ctx, "tcp", member)
	if err == nil {
		defer line.Close()
		if until, ok := ctx.Deadline(); ok {
			_ = line.SetReadDeadline(until)
		}
		// The member reports its verdict on this client's certificate only after the handshake.
		_, err = line.Read(make([]byte, 1))
	}
	if _, is := errors.AsType[*tls.CertificateVerificationError](err); is {
		return err
	}
	// A remote error is a TLS alert that the member sent.
	if said, is := errors.AsType[*net.OpError](err); is && said.Op == "remote error" {
		return err
	}
	return nil
}
