package ssh

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"
	"testing"

	"golang.org/x/crypto/ssh"

	"loket/ui/exitcode"
)

// TestOperatorAtTerminal has an operator ask for a terminal with a command. The terminal is granted: lines end as it needs,
// what is typed is echoed and comes by the line, and Ctrl+C ends a command that reads nothing.
func TestOperatorAtTerminal(t *testing.T) {
	key, line := newKey(t)
	s := branch(t, nil, []string{`role="operator" ` + line}, func(s *Server) {
		s.RunOperatorCommand = func(ctx context.Context, c Command) int {
			if c.Args[0] == "watch" {
				fmt.Fprintln(c.Out, "watching")
				<-ctx.Done()
				return exitcode.Failed
			}
			fmt.Fprintln(c.Err, "which one?")
			answer, err := bufio.NewReader(c.In).ReadString('\n')
			fmt.Fprintf(c.Out, "%q %v\n", answer, err)
			_, err = io.ReadAll(c.In)
			fmt.Fprintf(c.Out, "at the end %v\n", err)
			return exitcode.Done
		}
	})
	run := func(command string) *person {
		v := visits(t, s.dial(key)).at("xterm", 80, 24)
		if err := v.session.Start(command); err != nil {
			t.Fatal(err)
		}
		return v
	}
	asked := run("erase")
	asked.sees("which one?\r\n")
	asked.types("K1x\x7f\r")
	asked.sees("K1x\b \b\r\n\"K1\\n\" <nil>\r\n")
	asked.types("\x04")
	asked.sees("at the end <nil>\r\n")
	if code := asked.leaves(); code != exitcode.Done {
		t.Errorf("exit code %d", code)
	}
	unasked := run("erase") // as from /dev/null
	if err := unasked.keys.Close(); err != nil {
		t.Fatal(err)
	}
	unasked.sees("at the end <nil>\r\n")
	if code := unasked.leaves(); code != exitcode.Done {
		t.Errorf("without input: exit code %d", code)
	}
	watching := run("watch")
	watching.sees("watching\r\n")
	watching.types("\x03")
	if code := watching.leaves(); code != exitcode.Failed {
		t.Errorf("after Ctrl+C: exit code %d", code)
	}
}

// TestRefusedKeys checks that the log has who was refused, with what a filter needs to ban the address: one line a connection,
// not more than refusedKeysBurst at once, and none about a client that also offers the right key.
func TestRefusedKeys(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		known, line := newKey(t)
		other, _ := newKey(t)
		another, _ := newKey(t)
		s := branchBy(t, serveInMemory, []string{terminalLine("Utrecht 1", line)}, nil, func(s *Server) { s.Limits.ConnectBurst = 1000 })
		s.dial(other, known)
		if strings.Contains(s.logs.String(), keyRefusedMessage) {
			t.Errorf("a client with the right key is refused: %s", s.logs)
		}
		for range refusedKeysBurst + 10 {
			if _, err := s.tries(other, another); err == nil {
				t.Fatal("it is let in")
			}
		}
		want := `level=INFO msg="a key is refused" fingerprint=` + ssh.FingerprintSHA256(other.PublicKey()) + " address=memory\n"
		s.logs.has(t, want)
		if n := strings.Count(s.logs.String(), want); n != refusedKeysBurst || n != strings.Count(s.logs.String(), keyRefusedMessage) {
			t.Errorf("%d lines", n)
		}
	})
}
