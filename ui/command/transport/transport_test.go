package transport_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"loket/flows/courier/email"
	"loket/flows/desk"
	"loket/ui/command/commandtest"
	"loket/ui/command/transport"
)

// sender returns the SMTP sender of a transport.
func sender(t transport.TransportFlags) (*email.SMTP, error) {
	c, err := t.NewCourier(desk.New(nil, nil, "", desk.DefaultSettings()), "", nil)
	if err != nil {
		return nil, err
	}
	return c.Email, nil
}

func TestTransportRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*transport.TransportFlags)
		says   string
	}{
		"no sender":      {func(t *transport.TransportFlags) { t.MailFrom = "" }, "--smtp is of no use without --mail-from"},
		"no server":      {func(t *transport.TransportFlags) { t.SMTP = "" }, "--mail-from is of no use without --smtp"},
		"no port":        {func(t *transport.TransportFlags) { t.SMTP = "127.0.0.1" }, "--smtp 127.0.0.1 is no HOST:PORT"},
		"no such port":   {func(t *transport.TransportFlags) { t.SMTP = "127.0.0.1:99999" }, "--smtp 127.0.0.1:99999 has no port from 1 to 65535"},
		"port zero":      {func(t *transport.TransportFlags) { t.SMTP = "127.0.0.1:0" }, "--smtp 127.0.0.1:0 has no port from 1 to 65535"},
		"no number":      {func(t *transport.TransportFlags) { t.SMTP = "127.0.0.1:smtp" }, "--smtp 127.0.0.1:smtp has no port from 1 to 65535"},
		"letters beyond": {func(t *transport.TransportFlags) { t.MailFrom = "andré@example.org" }, "--mail-from is no e-mail address"},
		"return to nowhere": {func(t *transport.TransportFlags) {
			t.Spool, t.ReturnAddress = "x", strings.Repeat("Postbus 1, Utrecht ", 6)
		}, "--return-address is too long for the window of an envelope"},
		"no address":          {func(t *transport.TransportFlags) { t.MailFrom = "mijn.nn <a@example.org>" }, "--mail-from is no e-mail address"},
		"elsewhere, no TLS":   {func(t *transport.TransportFlags) { t.SMTP = "mail.example.org:25" }, "--smtp-tls none is for a mail server on this machine only, such as 127.0.0.1"},
		"password of nobody":  {func(t *transport.TransportFlags) { t.SMTPPasswordFile = "x" }, "--smtp-password-file is of no use without --smtp-user"},
		"name without dot":    {func(t *transport.TransportFlags) { t.SMTPName = "kiosk" }, "--smtp-name is neither a name such as desk.example.org nor an address such as [192.0.2.1]"},
		"name of no server":   {func(t *transport.TransportFlags) { t.SMTP, t.MailFrom, t.SMTPName = "", "", "kiosk.example.org" }, "--smtp-name is of no use without --smtp"},
		"certificates, alone": {func(t *transport.TransportFlags) { t.SMTPCA = "x" }, "--smtp-ca is of no use with --smtp-tls none"},
		"printing nothing":    {func(t *transport.TransportFlags) { t.Print = "lp" }, "--print is of no use without --spool"},
		"no command":          {func(t *transport.TransportFlags) { t.Print, t.Spool = " ", "x" }, "--print names no command"},
		"no connections":      {func(t *transport.TransportFlags) { t.SMTPConnections = 0 }, "--smtp-connections must be from 1 to 20"},
		"no patience":         {func(t *transport.TransportFlags) { t.CourierSettings.Poll = 0 }, "every --set-message setting must be more than nothing"},
		"too patient":         {func(t *transport.TransportFlags) { t.CourierSettings.Answer = time.Hour }, "--set-message-answer must be shorter than --set-message-lease"},
	} {
		t.Run(name, func(t *testing.T) {
			transport := commandtest.MailTransport()
			c.change(&transport)
			if err := transport.Check(); !commandtest.IsUsageError(err) || err.Error() != c.says {
				t.Errorf("got %v", err)
			}
		})
	}
	transport := commandtest.MailTransport()
	transport.Spool, transport.ReturnAddress = "x", "Antwoordnummer 12345, 3500 VB Utrecht"
	if err := transport.Check(); err != nil {
		t.Error(err)
	}
}

func TestPassword(t *testing.T) {
	file := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(file, []byte("from file \r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	transport := commandtest.MailTransport()
	transport.SMTPUser = "loket"
	if _, err := sender(transport); !commandtest.IsUsageError(err) {
		t.Errorf("without a password: %v", err)
	}
	t.Setenv("LOKET_SMTP_PASSWORD", "")
	if _, err := sender(transport); !commandtest.IsUsageError(err) {
		t.Errorf("with an empty password: %v", err)
	}
	t.Setenv("LOKET_SMTP_PASSWORD", "from environment")
	if s, err := sender(transport); err != nil || s.Password != "from environment" {
		t.Errorf("%q, %v", s.Password, err)
	}
	transport.SMTPPasswordFile = file
	if s, err := sender(transport); err != nil || s.Password != "from file " {
		t.Errorf("%q, %v", s.Password, err)
	}
	transport.SMTPCA = file
	if _, err := sender(transport); err == nil || err.Error() != "there is no certificate in "+file {
		t.Errorf("got %v", err)
	}
}
