package ssh

import (
	"context"
	"os"
	"strings"
	"testing"

	"golang.org/x/crypto/ssh"

	"loket/store"
	"loket/store/auditlog"
	"loket/ui/exitcode"
	"loket/ui/ssh/limits"
	"loket/ui/ssh/session"
)

// TestOnlyTheirKeys checks which keys are admitted at a branch.
func TestOnlyTheirKeys(t *testing.T) {
	known, line := newKey(t)
	other, _ := newKey(t)
	s := branch(t, []string{terminalLine("Utrecht 1", line)}, nil)
	for name, keys := range map[string][]ssh.Signer{"another key": {other}, "no key": nil} {
		if _, err := s.tries(keys...); err == nil {
			t.Errorf("with %s one is let in", name)
		}
	}
	conn, err := s.connect()
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, _, _, err := ssh.NewClientConn(conn, "desk", &ssh.ClientConfig{
		User: "root", Auth: []ssh.AuthMethod{ssh.Password("x")}, HostKeyCallback: ssh.InsecureIgnoreHostKey(),
	}); err == nil {
		t.Error("with a password one is let in")
	}
	if s.watch.count("refused: "+limits.RefusedUnknownKey) == 0 {
		t.Errorf("counted %v", s.watch.counts)
	}
	s.atTerminal(other, known) // The client offers all its keys, as an SSH agent does.
}

// TestKeysChange checks the effect of changes to the files of keys while the server is open.
func TestKeysChange(t *testing.T) {
	first, one := newKey(t)
	second, two := newKey(t)
	s := branch(t, []string{terminalLine("Utrecht 1", one)}, []string{two})
	terminals, operators := s.terminals, s.operators
	in := func(key ssh.Signer) bool {
		c, err := s.tries(key)
		if err == nil {
			c.Close()
		}
		return err == nil
	}
	kept := s.dial(first)
	for _, step := range []struct {
		does          string
		first, second bool
		do            func()
	}{
		{"as it began", true, true, func() {}},
		{"a key is taken out", true, false, func() { write(t, operators, "# nobody") }},
		{"a key is added", true, true, func() { write(t, operators, "# somebody", two) }},
		{"a line is broken", true, true, func() { write(t, terminals, terminalLine("Utrecht 1", one), "oops") }},
		{"it is mended", true, true, func() { write(t, terminals, terminalLine("Utrecht 1", one), "# mended") }},
		{"a file is gone", true, true, func() { os.Remove(operators) }},
		{"a key is in both", false, false, func() { write(t, operators, one) }},
		{"that is mended", true, true, func() { write(t, operators, two) }},
		{"a terminal is taken out", false, true, func() { write(t, terminals, "# closed") }},
		{"it comes back", true, true, func() { write(t, terminals, terminalLine("Utrecht 1", one)) }},
		{"a file is broken", true, true, func() { write(t, terminals, "oops") }},
		{"a terminal is taken out again", false, true, func() { write(t, terminals, "# closed") }},
	} {
		step.do()
		if first, second := in(first), in(second); first != step.first || second != step.second {
			t.Errorf("%s: let in are %v and %v, want %v and %v", step.does, first, second, step.first, step.second)
		}
	}
	if _, err := kept.NewSession(); err == nil {
		t.Error("a connection that was kept is still a terminal's")
	}
	for _, says := range []string{terminals + ":2: there is no key on this line that is taken", "also in " + terminals} {
		if !strings.Contains(s.logs.String(), says) {
			t.Errorf("no %q in the log:\n%s", says, s.logs)
		}
	}
}

// TestBranchTerminals checks that terminals share a store, each under its own name, and that visitors cannot stop a terminal
// or see a demo.
func TestBranchTerminals(t *testing.T) {
	one, first := newKey(t)
	two, second := newKey(t)
	s := branch(t, []string{terminalLine("Utrecht 1", first), terminalLine("Utrecht 2", second)}, nil)
	v, w := visits(t, s.dial(one)).enters(), visits(t, s.dial(two)).enters()
	for _, each := range []*person{v, w} {
		each.sees(question)
	}
	if seen := v.seen.String(); strings.Contains(seen, "demo") {
		t.Errorf("there is a demo at a terminal: %q", seen)
	}
	v.types("/stop\n2\nmjvanderzwan\nverkeerd-wachtwoord\n")
	v.seen.until(t, "answer", func(all string) bool {
		return strings.Count(all, "Gebruikersnaam:") == 2 || strings.Count(all, "Wachtwoord:") == 2
	})
	terminals := map[string]int{}
	records := s.Desk("").Store
	await(t, "the audit log tells of it", func() bool {
		clear(terminals)
		if err := records.View(t.Context(), func(tx *store.Tx) error {
			for e := range auditlog.AllEntries(tx) {
				terminals[e.Terminal]++
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		return terminals["Utrecht 1"] > 0
	})
	if terminals["Utrecht 2"] > 0 || terminals[""] > 0 {
		t.Errorf("the audit log has entries of %v", terminals)
	}
	w.types("2\nmjvanderzwan\nDuinpan44geel\n") // There was one wrong answer at another terminal before.
	w.sees("M.J. van der Zwan")
}

// TestConnectingAnew checks that a terminal can connect again while its old connection is still open.
func TestConnectingAnew(t *testing.T) {
	key, line := newKey(t)
	s := branch(t, []string{terminalLine("Utrecht 1", line)}, nil)
	old := s.atTerminal(key)
	fresh := s.atTerminal(key)
	if code := old.leaves(); code != exitcode.Done {
		t.Errorf("exit code %d", code)
	}
	old.restored()
	if seen := old.seen.String(); !strings.HasSuffix(seen, "Deze terminal heeft opnieuw verbinding gemaakt.\r\n") {
		t.Errorf("the old one sees in the end %q", seen[max(len(seen)-200, 0):])
	}
	fresh.types("2")
	fresh.finds(logIn)
	if s.watch.count("ended terminal: "+session.ErrReplaced.Error()) != 1 {
		t.Errorf("counted %v", s.watch.counts)
	}
}

// TestConnectingAnewWhenFull checks that a terminal can connect again even if there is no room for another session.
func TestConnectingAnewWhenFull(t *testing.T) {
	key, line := newKey(t)
	s := branch(t, []string{terminalLine("Utrecht 1", line)}, nil, func(s *Server) { s.Limits.SessionsPerAddress, s.Limits.Sessions = 1, 2 })
	old := s.atTerminal(key)
	s.atTerminal(key)
	old.leaves()
}

// TestOperators checks that a command receives the input and arguments of an operator's session, and that the operator
// receives the command's output and exit code.
func TestOperators(t *testing.T) {
	key, line := newKey(t)
	_, terminal := newKey(t)
	s := branch(t, []string{terminalLine("Utrecht 1", terminal)}, []string{line})
	c := s.dial(key)
	for _, test := range []struct {
		command, in string
		out, err    string
		code        int
	}{
		{"stats", "", `["stats"]`, "", 0},
		{`customer find "van der Zwan" --json`, "", `["customer" "find" "van der Zwan" "--json"]`, "", 0},
		{`a 'b c' d\ e "" '$(rm -rf /)' ; *`, "", `["a" "b c" "d e" "" "$(rm -rf /)" ";" "*"]`, "", 0},
		{"help", "", `["--help"]`, "", 0},
		{"import -", "line 1\nline 2\r\n\x03\x04\x00\xff", `["import" "-"]` + "line 1\nline 2\r\n\x03\x04\x00\xff", "", 0},
		{"fail 7", "", `["fail" "7"]`, "it fails\n", 7},
		{"fail 255", "", `["fail" "255"]`, "it fails\n", 255},
		{"it's", "", "", "loket: ", exitcode.WrongUsage},
		{`a "b`, "", "", "loket: ", exitcode.WrongUsage},
	} {
		out, err, code := asks(t, c, test.command, test.in)
		if out != test.out || !strings.HasPrefix(err, test.err) || test.err == "" && err != "" || code != test.code {
			t.Errorf("%s: exit code %d, %q, %q", test.command, code, out, err)
		}
	}
	session, err := c.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	if err := session.Setenv("LOKET_DB", "x"); err == nil {
		t.Error("an operator sets a variable")
	}
	if s.watch.count("began operator") != s.watch.count("ended operator: the visitor left") || s.watch.count("began operator") == 0 {
		t.Errorf("counted %v", s.watch.counts)
	}
}

// TestOperatorSendsMuch checks that an operator may send more input than a visitor, and faster.
func TestOperatorSendsMuch(t *testing.T) {
	key, line := newKey(t)
	s := branch(t, nil, []string{line})
	much := strings.Repeat("0123456789abcde\n", 1<<18)
	out, _, code := asks(t, s.dial(key), "import -", much)
	if code != exitcode.Done || len(out) != len(`["import" "-"]`)+len(much) {
		t.Errorf("exit code %d, %d bytes", code, len(out))
	}
}

// TestOperatorGoesAway checks that a command ends when the operator's client vanishes.
func TestOperatorGoesAway(t *testing.T) {
	key, line := newKey(t)
	s := branch(t, nil, []string{line})
	began, ended := make(chan string, 1), make(chan struct{})
	s.RunOperatorCommand = func(ctx context.Context, c Command) int {
		began <- c.Holder.Fingerprint
		<-ctx.Done()
		close(ended)
		return exitcode.Failed
	}
	c := s.dial(key)
	session, err := c.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	if err := session.Start("retention run"); err != nil {
		t.Fatal(err)
	}
	if who := <-began; who != ssh.FingerprintSHA256(key.PublicKey()) {
		t.Errorf("it is %s who asks", who)
	}
	c.Close()
	<-ended
}
