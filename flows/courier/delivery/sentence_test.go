package delivery

import (
	"crypto/tls"
	"errors"
	"fmt"
	"testing"
)

func TestSentence(t *testing.T) {
	for _, c := range []struct {
		err  error
		want string
	}{
		{nil, ""},
		{errors.New("anna@example.org"), "the mail server makes no sense"},
		{fmt.Errorf("to anna@example.org: %w", Error("no room")), "no room"},
		{tls.AlertError(40), "the mail server does not speak TLS with us"},
	} {
		if got := Sentence(c.err); got != c.want {
			t.Errorf("%v: %q, want %q", c.err, got, c.want)
		}
	}
}
