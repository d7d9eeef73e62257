package load

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/crypto/ssh"
)

// attack is an attack that a hostile client can carry out.
type attack struct {
	name string
	do   func(*hostile) error // do is called again and again, each time for a client with a separate connection.
}

// hostile is a client that attacks the server.
type hostile struct {
	context.Context
	n    int
	addr string
	raw  []net.Conn
}

func (h *hostile) leave() {
	for _, c := range h.raw {
		c.Close()
	}
}

// pause waits for the given time, or until the attack is over.
func (h *hostile) pause(long time.Duration) {
	select {
	case <-h.Done():
	case <-time.After(long):
	}
}

// dial connects from one of many local addresses, each of which four clients share.
func (h *hostile) dial() (net.Conn, error) {
	from := net.IPv4(127, 0, byte(1+h.n/1000), byte(1+h.n/4%250))
	d := net.Dialer{LocalAddr: &net.TCPAddr{IP: from}, Timeout: 5 * time.Second}
	c, err := d.DialContext(h, "tcp", h.addr)
	if err == nil {
		h.raw = append(h.raw, c)
	}
	return c, err
}

func (h *hostile) client(wrap func(net.Conn) net.Conn, rekey uint64) (*ssh.Client, error) {
	c, err := h.dial()
	if err != nil {
		return nil, err
	}
	if wrap != nil {
		c = wrap(c)
	}
	config := &ssh.ClientConfig{User: "visitor", HostKeyCallback: ssh.InsecureIgnoreHostKey(), Timeout: 20 * time.Second}
	config.RekeyThreshold = rekey
	conn, channels, requests, err := ssh.NewClientConn(c, h.addr, config)
	if err != nil {
		return nil, err
	}
	return ssh.NewClient(conn, channels, requests), nil
}

// shell opens a session in which the desk runs.
func (h *hostile) shell(wrap func(net.Conn) net.Conn) (*ssh.Session, io.Writer, error) {
	c, err := h.client(wrap, 0)
	if err != nil {
		return nil, nil, err
	}
	s, err := c.NewSession()
	if err != nil {
		return nil, nil, err
	}
	in, err := s.StdinPipe()
	if err != nil {
		return nil, nil, err
	}
	s.Stdout = io.Discard
	return s, in, errors.Join(s.RequestPty("xterm-256color", 24, 80, nil), s.Shell())
}

// typing returns an attack that types keys.
func typing(keys string, pause time.Duration) func(*hostile) error {
	return func(h *hostile) error {
		_, in, err := h.shell(nil)
		for err == nil && h.Err() == nil {
			_, err = io.WriteString(in, keys)
			h.pause(pause)
		}
		return err
	}
}

var attacks = []attack{
	{"none", func(h *hostile) error { <-h.Done(); return nil }},
	{"half-open", func(h *hostile) error {
		for i := range 50 { // Together, 200 clients open 10,000.
			c, err := h.dial()
			if err == nil && i%2 == 0 {
				_, err = io.WriteString(c, "SSH-2.0-x\r\n")
			}
			if err != nil {
				return err
			}
		}
		<-h.Done()
		return nil
	}},
	{"keys", typing(strings.Repeat("\x1b[B", 100), 0)},
	{"held keys", typing("\x1b[B\x1b[A", 20*time.Millisecond)},
	{"wheel", typing(strings.Repeat("\x1b[<64;10;10M", 10), 20*time.Millisecond)},
	{"paste", func(h *hostile) error {
		_, in, err := h.shell(nil)
		if err == nil {
			_, err = io.WriteString(in, "\x1b[200~")
		}
		chunk := bytes.Repeat([]byte("a"), 32<<10)
		for range 50 << 20 / len(chunk) {
			if err == nil {
				_, err = in.Write(chunk)
			}
		}
		return err
	}},
	{"vast terminals", func(h *hostile) error {
		s, _, err := h.shell(nil)
		if err == nil {
			err = s.WindowChange(4000, 4000)
			<-h.Done()
		}
		return err
	}},
	{"log in", typing("2mjvanderzwan\tverkeerd\r\x1b\x1b", 100*time.Millisecond)},
	{"resize", func(h *hostile) error {
		s, _, err := h.shell(nil)
		for err == nil && h.Err() == nil {
			err = s.WindowChange(20+rand.IntN(4000), 60+rand.IntN(4000))
		}
		return err
	}},
	{"never reads", func(h *hostile) error {
		deaf := &deaf{}
		_, in, err := h.shell(func(c net.Conn) net.Conn { deaf.Conn = c; return deaf })
		deaf.now.Store(true)
		for err == nil && h.Err() == nil {
			_, err = io.WriteString(in, "\x0c")
			h.pause(10 * time.Millisecond)
		}
		return err
	}},
	{"filled channels", func(h *hostile) error { return h.fill(false) }},
	{"filled sessions", func(h *hostile) error { return h.fill(true) }},
	{"channels", func(h *hostile) error {
		c, err := h.client(nil, 0)
		for err == nil && h.Err() == nil {
			var channel ssh.Channel
			if channel, _, err = c.OpenChannel("session", nil); err == nil {
				channel.Close()
			}
			if _, refused := errors.AsType[*ssh.OpenChannelError](err); refused {
				err = nil
			}
		}
		return err
	}},
	{"shells", func(h *hostile) error {
		c, err := h.client(nil, 0)
		for err == nil && h.Err() == nil {
			var s *ssh.Session
			if s, err = c.NewSession(); err == nil {
				err = errors.Join(s.RequestPty("xterm", 24, 80, nil), s.Shell(), s.Close())
			}
		}
		return err
	}},
	{"requests", func(h *hostile) error {
		c, err := h.client(nil, 0)
		for err == nil && h.Err() == nil {
			var s *ssh.Session
			if s, err = c.NewSession(); err != nil {
				break
			}
			_ = s.Setenv("LC_"+strings.Repeat("x", rand.IntN(1000)), strings.Repeat("y", 10000))
			_ = s.RequestSubsystem("sftp")
			_ = s.Run(strings.Repeat("x", rand.IntN(10000)))
			_, _, _ = c.SendRequest("tcpip-forward", true, []byte("x"))
			_, _, _ = c.OpenChannel("direct-tcpip", []byte("x"))
			s.Close()
		}
		return err
	}},
	{"keep-alives", func(h *hostile) error {
		c, err := h.client(nil, 0)
		for err == nil && h.Err() == nil {
			_, _, err = c.SendRequest("keepalive@openssh.com", false, make([]byte, 1000))
		}
		return err
	}},
	{"key exchanges", func(h *hostile) error {
		const often = 256 // often is the number of bytes after which a window change follows.
		c, err := h.client(nil, often)
		for err == nil && h.Err() == nil {
			_, _, err = c.SendRequest("x", true, make([]byte, often))
		}
		return err
	}},
	{"connections", func(h *hostile) error { _, err := h.client(nil, 0); return err }},
	{"garbage", func(h *hostile) error {
		c, err := h.dial()
		if err == nil {
			_, err = io.WriteString(c, []string{"SSH-2.0-x\r\n", "GET / HTTP/1.1\r\n", "SSH-2.0-" + strings.Repeat("x", 1000)}[h.n%3])
		}
		for range 1 << 10 {
			if err == nil {
				_, err = c.Write(bytes.Repeat([]byte{byte(h.n)}, 1<<10))
			}
		}
		return err
	}},
	{"half-closed", func(h *hostile) error {
		_, _, err := h.shell(nil)
		if err == nil {
			err = h.raw[0].(*net.TCPConn).CloseWrite()
			h.pause(time.Second)
		}
		return err
	}},
}

// fill sends as much as the server accepts to channels that nobody reads. If begin is true, it first begins a session in each
// channel.
func (h *hostile) fill(begin bool) error {
	c, err := h.client(nil, 0)
	if err != nil {
		return err
	}
	var filling sync.WaitGroup
	for range 8 {
		channel, requests, err := c.OpenChannel("session", nil)
		if err != nil {
			return err
		}
		go ssh.DiscardRequests(requests)
		go io.Copy(io.Discard, channel)
		if begin {
			_, _ = channel.SendRequest("shell", true, nil)
		} else {
			filling.Go(func() { _, _ = channel.Write(make([]byte, 4<<20)) })
		}
		filling.Go(func() { _, _ = channel.Stderr().Write(make([]byte, 4<<20)) })
	}
	filling.Wait()
	return nil
}

// deaf is a connection that stops reading at some point.
type deaf struct {
	net.Conn
	now atomic.Bool
}

func (d *deaf) Read(p []byte) (int, error) {
	if d.now.Load() {
		select {}
	}
	return d.Conn.Read(p)
}
