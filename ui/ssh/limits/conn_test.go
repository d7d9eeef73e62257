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

// onConn runs a test with a Conn and the client at its other end.
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

// TestConnPaces checks how fast a client's input is read.
func TestConnPaces(t *testing.T) {
	onConn(t, func(l *Conn, client net.Conn) {
		began := time.Now()
		go client.Write(make([]byte, 9000))
		if _, err := io.ReadFull(l, make([]byte, 9000)); err != nil {
			t.Fatal(err)
		}
		// The client can send 4,000 bytes at once, and the other 5,000 at the limited rate.
		if took := time.Since(began).Round(time.Second); took != 5*time.Second {
			t.Errorf("it took %v", took)
		}
	})
}

// TestConnEndsAFlood checks that a client that sends too fast for too long is disconnected.
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

// TestConnTrusts checks that an operator can send at any rate.
func TestConnTrusts(t *testing.T) {
	onConn(t, func(l *Conn, client net.Conn) {
		began := time.Now()
		l.LiftRateLimit()
		go func() { client.Write(make([]byte, 1<<20)); client.Close() }()
		if read, err := io.Copy(io.Discard, l); read != 1<<20 || err != nil || time.Since(began) > 0 {
			t.Errorf("%d bytes in %v, %v", read, time.Since(began), err)
		}
	})
}

// TestConnStalls checks that a write to a client that reads nothing does not block for ever.
func TestConnStalls(t *testing.T) {
	onConn(t, func(l *Conn, client net.Conn) {
		began := time.Now()
		if _, err := l.Write([]byte("x")); err == nil || time.Since(began) != 10*time.Second {
			t.Errorf("%v after %v", err, time.Since(began))
		}
	})
	onConn(t, func(l *Conn, client net.Conn) { // A client that reads slowly is not disconnected.
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
