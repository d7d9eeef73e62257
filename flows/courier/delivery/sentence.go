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
)

// DescribeError describes an error for an operator. It leaves out all text that comes from outside the program.
func DescribeError(err error) string {
	var (
		refused   *Refusal
		reply     *textproto.Error
		network   *net.OpError
		resolving *net.DNSError
		tlsAlert  tls.AlertError
		notTLS    tls.RecordHeaderError
		unknown   *tls.CertificateVerificationError
		path      *fs.PathError
		link      *os.LinkError
		own       OperatorError
	)
	switch {
	case err == nil:
		return ""
	case errors.As(err, &refused):
		return refused.Why
	case errors.As(err, &own):
		return own.Error()
	case errors.As(err, &reply):
		return "the mail server answers " + FormatReplyCodes(reply)
	case errors.Is(err, os.ErrDeadlineExceeded), errors.Is(err, context.DeadlineExceeded):
		return "the mail server does not answer"
	case errors.As(err, &unknown):
		return "the mail server's certificate is not good: " + describeCertificate(unknown)
	case errors.As(err, &notTLS), errors.As(err, &tlsAlert):
		return "the mail server does not speak TLS with us"
	case errors.As(err, &resolving):
		return "the mail server's name is not known"
	case errors.As(err, &network):
		return "no connection with the mail server: " + network.Err.Error()
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "the mail server broke off the connection"
	case errors.As(err, &path):
		return fmt.Sprintf("the spool folder cannot be used: %v", path.Err)
	case errors.As(err, &link):
		return fmt.Sprintf("the spool folder cannot be used: %v", link.Err)
	}
	return "the mail server makes no sense"
}

// describeCertificate describes the fault of a certificate. It leaves out the names in the certificate.
func describeCertificate(err *tls.CertificateVerificationError) string {
	var (
		host    x509.HostnameError
		invalid x509.CertificateInvalidError
	)
	switch {
	case errors.As(err, &host):
		return "it is for another name"
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return "it has expired, or does not hold yet"
	}
	return "it is signed by nobody that is known here"
}
