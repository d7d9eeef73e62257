package script

import (
	"errors"
	"io"
	"log/slog"
	"net"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/emersion/go-smtp"
)

// says is the answer of a mail server, with its code. Code 0 means success.
type says struct {
	mail, rcpt, data int
	of               string // of limits the answer to addressees whose address contains this text.
	gone             bool   // gone is true if the server closes the connection without answering.
}

// gossip is a mail server whose answers repeat everything that the client sent.
type gossip struct {
	at   string
	says atomic.Pointer[says]
}

func newGossip(t *testing.T) *gossip {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	g := &gossip{at: l.Addr().String()}
	server := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) { return &hearsay{g: g, c: c}, nil }))
	server.Domain = "mail.example.org"
	server.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	t.Cleanup(func() { server.Close() })
	go server.Serve(l)
	return g
}

type hearsay struct {
	g  *gossip
	c  *smtp.Conn
	to string
}

// repeat returns an answer with a code, which repeats what the client sent.
func (h *hearsay) repeat(code int, told string) error {
	s := h.g.says.Load()
	if s.gone {
		h.c.Close()
		return errors.New(told)
	}
	if code == 0 || !strings.Contains(h.to, s.of) {
		return nil
	}
	return &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCode{code / 100, 1, 1}, Message: "no: " + told}
}

func (h *hearsay) Mail(from string, _ *smtp.MailOptions) error {
	return h.repeat(h.g.says.Load().mail, from+" of Hoekstra")
}

func (h *hearsay) Rcpt(to string, _ *smtp.RcptOptions) error {
	h.to = to
	return h.repeat(h.g.says.Load().rcpt, to)
}

func (h *hearsay) Data(r io.Reader) error {
	text, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	return h.repeat(h.g.says.Load().data, h.to+": "+strings.Join(strings.Fields(string(text)), " "))
}

func (h *hearsay) Reset()        { h.to = "" }
func (h *hearsay) Logout() error { return nil }
