package limits

import (
	"bytes"
	"io"
	"net"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// onConn runs a test of a Conn, on which a client is at the other end.
func onConn(t *testing.T, test func(l *Conn, client net.Conn)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		ours, theirs := net.Pipe()
		defer theirs.Close()
		l := ThrottleConn(ours, Settings{Receive: 1000, Stall: 10 * time.Second})
		defer l.Close()
		test(l, theirs)
	})
}

// TestConnPaces holds how fast is read what a client sends.
func TestConnPaces(t *testing.T) {
	onConn(t, func(l *Conn, client net.Conn) {
		began := time.Now()
		go client.Write(make([]byte, 9000))
		if _, err := io.ReadFull(l, make([]byte, 9000)); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(began).Round(time.Second); took != 5*time.Second { // 4000 at once, and 5000 after that
			t.Errorf("it took %v", took)
		}
	})
}

// TestConnEndsAFlood holds that a client which goes on for too long is cut off.
func TestConnEndsAFlood(t *testing.T) {
	onConn(t, func(l *Conn, client net.Conn) {
		began := time.Now()
		go func() {
			for {
				if _, err := client.Write(make([]byte, 100)); err != nil {
					return
				}
			}
		}()
		read, err := io.Copy(io.Discard, l)
		if took := time.Since(began).Round(time.Second); err == nil || took != 10*time.Second || read > 14_200 {
			t.Errorf("%d bytes in %v, %v", read, took, err)
		}
	})
}

// TestConnTrusts holds that an operator can send as much as they have.
func TestConnTrusts(t *testing.T) {
	onConn(t, func(l *Conn, client net.Conn) {
		began := time.Now()
		l.LiftLimit()
		go func() { client.Write(make([]byte, 1<<20)); client.Close() }()
		if read, err := io.Copy(io.Discard, l); read != 1<<20 || err != nil || time.Since(began) > 0 {
			t.Errorf("%d bytes in %v, %v", read, time.Since(began), err)
		}
	})
}

// TestConnStalls holds that nobody waits for a client that takes nothing.
func TestConnStalls(t *testing.T) {
	onConn(t, func(l *Conn, client net.Conn) {
		began := time.Now()
		if _, err := l.Write([]byte("x")); err == nil || time.Since(began) != 10*time.Second {
			t.Errorf("%v after %v", err, time.Since(began))
		}
	})
	onConn(t, func(l *Conn, client net.Conn) { // nor is one that takes it slowly cut off
		slowly := []byte("slowly")
		var taking sync.WaitGroup
		taking.Go(func() {
			for range slowly {
				time.Sleep(9 * time.Second)
				if _, err := client.Read(make([]byte, 1)); err != nil {
					t.Error(err)
				}
			}
		})
		for _, b := range bytes.Split(slowly, nil) {
			if _, err := l.Write(b); err != nil {
				t.Error(err)
			}
		}
		taking.Wait()
	})
}
