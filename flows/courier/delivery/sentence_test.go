package delivery

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/textproto"
	"os"
	"testing"
)

func TestSentence(t *testing.T) {
	for _, c := range []struct {
		err  error
		want string
	}{
		{nil, ""},
		{errors.New("anna@example.org"), "the mail server makes no sense"},
		{fmt.Errorf("to anna@example.org: %w", OperatorError("no room")), "no room"},
		{&ChannelError{io.EOF}, "the mail server broke off the connection"},
		{io.ErrUnexpectedEOF, "the mail server broke off the connection"},
		{&Refusal{Why: "no room"}, "no room"},
		{os.ErrDeadlineExceeded, "the mail server does not answer"},
		{context.DeadlineExceeded, "the mail server does not answer"},
		{&textproto.Error{Code: 535, Msg: "5.7.8 anna@example.org"}, "the mail server answers 535 5.7.8"},
		{&textproto.Error{Code: 454, Msg: "anna@example.org 4.7.0"}, "the mail server answers 454"},
		{&net.DNSError{Name: "mail.example.org"}, "the mail server's name is not known"},
		{&net.OpError{Op: "dial", Err: errors.New("connection refused")}, "no connection with the mail server: connection refused"},
		{&tls.CertificateVerificationError{Err: x509.HostnameError{Certificate: &x509.Certificate{}, Host: "x"}}, "the mail server's certificate is not good: it is for another name"},
		{&tls.CertificateVerificationError{Err: x509.CertificateInvalidError{Reason: x509.Expired}}, "the mail server's certificate is not good: it has expired, or does not hold yet"},
		{&tls.CertificateVerificationError{Err: x509.CertificateInvalidError{Reason: x509.TooManyIntermediates}}, "the mail server's certificate is not good: it is signed by nobody that is known here"},
		{tls.RecordHeaderError{}, "the mail server does not speak TLS with us"},
		{&fs.PathError{Op: "open", Path: "/anna", Err: fs.ErrPermission}, "the spool folder cannot be used: permission denied"},
		{&os.LinkError{Op: "rename", Old: "/anna", Err: fs.ErrExist}, "the spool folder cannot be used: file already exists"},
		{tls.AlertError(40), "the mail server does not speak TLS with us"},
	} {
		if got := DescribeError(c.err); got != c.want {
			t.Errorf("%v: %q, want %q", c.err, got, c.want)
		}
	}
}
