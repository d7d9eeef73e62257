package control

import (
	"io"
	"testing"

	"golang.org/x/crypto/ssh"
)

// lostChannel is a channel whose connection is lost after some bytes.
type lostChannel struct {
	ssh.Channel
	io.Reader
}

func (c lostChannel) Read(p []byte) (int, error) { return c.Reader.Read(p) }

// TestLostIsNoEnd checks that a partly received file is not mistaken for a whole file.
func TestLostIsNoEnd(t *testing.T) {
	requests := make(chan *ssh.Request)
	close(requests)
	s := &stream{lostChannel{Reader: io.LimitReader(neverEnding{}, 10)}, requests}
	if read, err := io.ReadAll(s); len(read) != 10 || err != io.ErrUnexpectedEOF {
		t.Errorf("read %d bytes, %v", len(read), err)
	}
}

type neverEnding struct{}

func (neverEnding) Read(p []byte) (int, error) { return len(p), nil }
