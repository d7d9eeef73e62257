// Package transport has the flags that say how messages are sent, and makes the courier that sends
// them.
//
// Start at Transport.
package transport

import (
	"bytes"
	"cmp"
	"crypto/x509"
	"fmt"
	"log/slog"
	"net"
	"os"
	"strconv"
	"strings"

	"loket/flows/contact"
	"loket/flows/courier"
	"loket/flows/courier/email"
	"loket/flows/courier/letter"
	"loket/flows/desk"
	"loket/store"
	"loket/ui/command/console"
	"loket/ui/command/permissions"
)

// TransportFlags has the flags about sending messages to customers.
type TransportFlags struct {
	SMTP             string           `name:"smtp" env:"LOKET_SMTP" placeholder:"HOST:PORT" group:"Messages:" help:"Mail server that takes e-mails. Without one they wait in the outbox."`
	SMTPTLS          email.TLSMode    `name:"smtp-tls" env:"LOKET_SMTP_TLS" enum:"starttls,tls,none" default:"starttls" group:"Messages:" help:"How the connection is protected: starttls, tls from its start, or none, to this machine only."`
	SMTPUser         string           `name:"smtp-user" env:"LOKET_SMTP_USER" placeholder:"NAME" group:"Messages:" help:"Who the mail server knows us as. The password comes from --smtp-password-file, or else from LOKET_SMTP_PASSWORD."`
	SMTPPasswordFile string           `name:"smtp-password-file" env:"LOKET_SMTP_PASSWORD_FILE" placeholder:"FILE" group:"Messages:" help:"File with the password for the mail server."`
	SMTPCA           string           `name:"smtp-ca" env:"LOKET_SMTP_CA" placeholder:"FILE" group:"Messages:" help:"Certificates (PEM) that may sign the mail server's, in place of those that this machine trusts."`
	SMTPConnections  int              `name:"smtp-connections" env:"LOKET_SMTP_CONNECTIONS" default:"1" placeholder:"N" group:"Messages:" help:"Connections with the mail server at once. After a crash each can repeat one e-mail."`
	SMTPName         string           `name:"smtp-name" env:"LOKET_SMTP_NAME" placeholder:"NAME" group:"Messages:" help:"Name that the mail server is greeted with (EHLO). By default it is the domain of --mail-from."`
	MailFrom         string           `env:"LOKET_MAIL_FROM" placeholder:"ADDRESS" group:"Messages:" help:"Address that e-mails come from."`
	Spool            string           `env:"LOKET_SPOOL" placeholder:"DIR" group:"Messages:" help:"Folder that letters are put into, as PDF. Without one they wait in the outbox."`
	Print            string           `env:"LOKET_PRINT" placeholder:"COMMAND" group:"Messages:" help:"Command that is run for each letter, with the file as its last argument. It is split at spaces, and no shell looks at it."`
	ReturnAddress    string           `env:"LOKET_RETURN_ADDRESS" placeholder:"LINE" group:"Messages:" help:"Address over that of a letter, where the post brings what it cannot deliver."`
	CourierSettings  courier.Settings `embed:"" prefix:"set-message-" group:"settings"`
}

// PasswordVariable is the name of the environment variable with the password for the mail server. There is no flag for the
// password, because everybody on the machine can read the flags of a process.
const PasswordVariable = "LOKET_SMTP_PASSWORD"

// maxConnections is the maximum number of simultaneous connections to a mail server, which accepts few from one client.
const maxConnections = 20

// HasNoChannel reports whether the flags set up neither e-mail nor letters.
func (t *TransportFlags) HasNoChannel() bool { return t.SMTP == "" && t.Spool == "" }

// Check returns an error if the flags do not go together or are out of range.
func (t *TransportFlags) Check() error {
	given := func(flag, value, needs, needed string) error {
		if value == "" || needed != "" {
			return nil
		}
		return console.UsageError(fmt.Sprintf("--%s is of no use without --%s", flag, needs))
	}
	if err := cmp.Or(
		given("smtp", t.SMTP, "mail-from", t.MailFrom),
		given("mail-from", t.MailFrom, "smtp", t.SMTP),
		given("smtp-user", t.SMTPUser, "smtp", t.SMTP),
		given("smtp-password-file", t.SMTPPasswordFile, "smtp-user", t.SMTPUser),
		given("smtp-ca", t.SMTPCA, "smtp", t.SMTP),
		given("smtp-name", t.SMTPName, "smtp", t.SMTP),
		given("print", t.Print, "spool", t.Spool),
		given("return-address", t.ReturnAddress, "spool", t.Spool),
	); err != nil {
		return err
	}
	switch {
	case t.SMTPConnections < 1 || t.SMTPConnections > maxConnections:
		return console.UsageError(fmt.Sprintf("--smtp-connections must be from 1 to %d", maxConnections))
	case t.SMTPCA != "" && t.SMTPTLS == email.NoTLS:
		return console.UsageError("--smtp-ca is of no use with --smtp-tls none")
	case t.Print != "" && strings.TrimSpace(t.Print) == "":
		return console.UsageError("--print names no command")
	case t.ReturnAddress != "" && !letter.FitsEnvelopeWindow(t.ReturnAddress):
		return console.UsageError("--return-address is too long for the window of an envelope")
	case t.CourierSettings.ShortestSetting() <= 0:
		return console.UsageError("every --set-message setting must be more than nothing")
	case t.CourierSettings.Answer >= t.CourierSettings.Lease:
		return console.UsageError("--set-message-answer must be shorter than --set-message-lease")
	}
	return t.checkServer()
}

func (t *TransportFlags) checkServer() error {
	if t.SMTP == "" {
		return nil
	}
	host, port, err := net.SplitHostPort(t.SMTP)
	if err != nil || host == "" || port == "" {
		return console.UsageError(fmt.Sprintf("--smtp %s is no HOST:PORT", t.SMTP))
	}
	if number, err := strconv.ParseUint(port, 10, 16); err != nil || number == 0 {
		return console.UsageError(fmt.Sprintf("--smtp %s has no port from 1 to 65535", t.SMTP))
	}
	if t.SMTPTLS == email.NoTLS && !(&email.SMTP{Host: host}).IsLocal() {
		return console.UsageError("--smtp-tls none is for a mail server on this machine only, such as 127.0.0.1")
	}
	if !email.IsAddress(t.MailFrom) {
		return console.UsageError("--mail-from is no e-mail address")
	}
	if t.SMTPName != "" && !email.IsGreetingName(t.SMTPName) {
		return console.UsageError("--smtp-name is neither a name such as desk.example.org nor an address such as [192.0.2.1]")
	}
	return nil
}

// NewCourier returns a courier for a desk. receipts is the beginning of the path of each of its receipt files.
func (t *TransportFlags) NewCourier(d *desk.Desk, receipts string, log *slog.Logger) (*courier.Courier, error) {
	c := &courier.Courier{Desk: d, Support: contact.SupportLine(d), Settings: t.CourierSettings, Log: log, Receipts: receipts}
	if t.SMTP != "" {
		server, err := t.smtpSender()
		if err != nil {
			return nil, err
		}
		c.Email = server
	}
	if t.Spool != "" {
		c.Letters = &letter.Spool{Dir: t.Spool, PrintCommand: strings.Fields(t.Print), ReturnAddress: t.ReturnAddress}
	}
	return c, nil
}

func (t *TransportFlags) smtpSender() (server *email.SMTP, err error) {
	server = &email.SMTP{TLS: t.SMTPTLS, User: t.SMTPUser, From: t.MailFrom, Name: t.SMTPName, Connections: t.SMTPConnections}
	if server.Host, server.Port, err = net.SplitHostPort(t.SMTP); err != nil {
		return nil, err
	}
	if t.SMTPUser != "" {
		if server.Password, err = t.password(); err != nil {
			return nil, err
		}
	}
	if t.SMTPCA != "" {
		pem, err := os.ReadFile(t.SMTPCA)
		if err != nil {
			return nil, fmt.Errorf("read the certificates for the mail server: %w", err)
		}
		server.Roots = x509.NewCertPool()
		if !server.Roots.AppendCertsFromPEM(pem) {
			return nil, fmt.Errorf("there is no certificate in %s", t.SMTPCA)
		}
	}
	return server, nil
}

func (t *TransportFlags) password() (string, error) {
	if t.SMTPPasswordFile == "" {
		password := os.Getenv(PasswordVariable)
		if password == "" {
			return "", console.UsageError("--smtp-user needs a password: from --smtp-password-file or from " + PasswordVariable)
		}
		return password, nil
	}
	text, err := os.ReadFile(t.SMTPPasswordFile)
	if err != nil {
		return "", fmt.Errorf("read the password for the mail server: %w", err)
	}
	password := string(bytes.TrimRight(text, "\r\n"))
	if password == "" {
		return "", console.UsageError(fmt.Sprintf("--smtp-password-file %s has no password in it", t.SMTPPasswordFile))
	}
	return password, nil
}

// PermissionWarnings returns a warning if other users can read or write the file with the password.
func (t *TransportFlags) PermissionWarnings() []string {
	return permissions.SecretWarnings(t.SMTPPasswordFile)
}

// MissingChannelWarnings returns a warning for each channel that no flag sets.
func MissingChannelWarnings(c *courier.Courier) (sentences []string) {
	says := map[store.Channel]string{
		store.ByEmail:  "E-mails wait in the outbox: no mail server is given with --smtp.",
		store.ByLetter: "Letters wait in the outbox: no folder is given with --spool.",
	}
	for _, channel := range store.Channels {
		if !c.CanSend(channel) {
			sentences = append(sentences, says[channel])
		}
	}
	return sentences
}
