package commandtest

import (
	"path/filepath"
	"testing"

	"github.com/alecthomas/kong"

	"loket/flows/courier/email"
	"loket/ui/command/transport"
)

// SpoolTransport returns a transport that writes letters into a temporary folder of the test.
func SpoolTransport(t *testing.T) transport.TransportFlags {
	post := defaultTransport()
	post.Spool = filepath.Join(t.TempDir(), "post")
	return post
}

// MailTransport returns a transport whose e-mails cannot be sent, because nothing listens on the port of its mail server.
func MailTransport() transport.TransportFlags {
	mail := defaultTransport()
	mail.SMTP, mail.SMTPTLS, mail.MailFrom = "127.0.0.1:1", email.NoTLS, "noreply@example.org"
	return mail
}

// defaultTransport returns a transport whose flags have their default values.
func defaultTransport() (t transport.TransportFlags) {
	if err := kong.ApplyDefaults(&t); err != nil {
		panic(err)
	}
	return t
}
