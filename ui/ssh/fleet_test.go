package ssh

import (
	"fmt"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"

	"loket/flows/place"
	"loket/ui/fleet"
)

// fleetOf returns a fleet of the server's terminals.
func fleetOf(s *Server) *fleet.Fleet {
	return &fleet.Fleet{Clock: s.Clock, Log: s.Log, Known: func() (all []fleet.TerminalClient) {
		for _, h := range s.Keys.TerminalHolders() {
			all = append(all, fleet.TerminalClient{Name: h.Terminal, Fingerprint: h.Fingerprint})
		}
		return all
	}}
}

// TestPulledOut has fifty terminals connect, and pulls ten out, whose connections then carry nothing and are never closed. The
// fleet must have that within 30 s, in fact within keepAliveInterval and keepAliveTimeout, and must keep the others.
func TestPulledOut(t *testing.T) {
	const all, pulled = 50, 10
	inBubble(t, func(t *testing.T) {
		var keys []ssh.Signer
		var lines []string
		for i := range all {
			key, line := newKey(t)
			keys, lines = append(keys, key), append(lines, terminalLine(fmt.Sprintf("Utrecht %02d", i), line))
		}
		s := branchBy(t, serveInMemory, lines, nil, func(s *Server) { s.Fleet = fleetOf(s) })
		for _, key := range keys[pulled:] {
			visits(t, s.dial(key)).at("xterm-256color", 80, 24).enters()
		}
		for _, key := range keys[:pulled] {
			c := s.deaf(key)
			s.Cleanup(c.close)
			c.asks("pty-req", ssh.Marshal(struct {
				Term                string
				Columns, Rows, X, Y uint32
				Modes               string
			}{"xterm-256color", 80, 24, 0, 0, ""}))
			c.asks("shell", nil)
		}
		await(t, "fifty terminals", func() bool { return connected(s.Fleet) == all })
		at := time.Now()
		for connected(s.Fleet) > all-pulled && time.Since(at) < time.Minute {
			time.Sleep(time.Second)
		}
		if took := time.Since(at); took > keepAliveInterval+keepAliveTimeout+time.Second {
			t.Errorf("seen after %v", took)
		}
		time.Sleep(time.Minute)
		for i, terminal := range s.Fleet.Terminals() {
			if terminal.Connected != (i >= pulled) {
				t.Errorf("%+v", terminal)
			}
		}
	})
}

// connected returns how many terminals of a fleet are connected.
func connected(f *fleet.Fleet) (count int) {
	for _, t := range f.Terminals() {
		if t.Connected {
			count++
		}
	}
	return count
}

// TestFleetFollows has a visitor at a terminal. The fleet knows the client, the place and when something was typed, on both
// faces, and nothing of a visitor who left.
func TestFleetFollows(t *testing.T) {
	for _, face := range []string{"screens", "plain"} {
		t.Run(face, func(t *testing.T) {
			key, line := newKey(t)
			s := branch(t, []string{terminalLine("Utrecht 1", line)}, nil, func(s *Server) { s.Fleet = fleetOf(s) })
			state := func() fleet.Terminal { return s.Fleet.Terminals()[0] }
			if state().Connected {
				t.Fatalf("before: %+v", state())
			}
			client := s.dial(key)
			v := visits(t, client)
			if face == "screens" {
				v.at("xterm-256color", 80, 24).enters()
				v.sees("Touch the screen or press any key to begin")
			} else {
				v.enters() // without a terminal
				v.sees("1")
			}
			await(t, "the terminal", func() bool { return state().Connected && state().Place == "" })
			if got := state(); got.Fingerprint != ssh.FingerprintSHA256(key.PublicKey()) || got.Address != "127.0.0.1" || got.Version != "Go" || !got.LastInput.IsZero() {
				t.Errorf("connected as %+v", got)
			}
			if face == "screens" {
				v.types(" ")
				v.finds(home)
				v.types("2")
			} else {
				v.types("2\n")
			}
			await(t, "the log-in", func() bool { return state().Place == place.LogIn && !state().LastInput.IsZero() })
			client.Close()
			await(t, "the end", func() bool { return !state().Connected && state().Place == "" })
			s.logs.has(t, `msg="a terminal has connected" terminal="Utrecht 1" fingerprint=SHA256:`)
			s.logs.has(t, `msg="a terminal is gone" terminal="Utrecht 1"`)
		})
	}
}
