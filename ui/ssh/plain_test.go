package ssh

import (
	"context"
	"strings"
	"testing"

	"loket/flows/clock"
	"loket/flows/desk"
	"loket/store"
	"loket/store/reload"
	"loket/ui/demo"
	"loket/ui/exitcode"
	"loket/ui/ssh/keys"
)

// question is the prompt of the home menu of the line-by-line desk.
const question = "Kies een nummer:"

// TestPlainWithoutTerminal checks logging in with input from a pipe.
func TestPlainWithoutTerminal(t *testing.T) {
	s := serve(t, nil)
	out, _, code := asks(t, s.dial(), "", "2\nmjvanderzwan\nDuinpan44geel\n/stop\n")
	for _, want := range []string{"wat je typt, blijft hier zichtbaar", question + "\n", "M.J. van der Zwan", "Het loket is gestopt. Tot ziens!\n"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in %q", want, out)
		}
	}
	if code != exitcode.Done || strings.ContainsAny(out, "\x1b\r") || strings.Contains(out, "Duinpan44geel") || strings.Count(out, "gestopt") > 1 {
		t.Errorf("exit code %d, %q", code, out)
	}
	if end := out[strings.LastIndex(out, "Het loket is gestopt."):]; strings.Count(end, "Tot ziens!") != 1 {
		t.Errorf("says farewell like this: %q", end)
	}
}

// cookedAt opens a session on a terminal that cannot be drawn on.
func (s *served) cookedAt() *person {
	s.Helper()
	v := visits(s.T, s.dial()).at("dumb", 80, 24).enters()
	v.sees(question)
	return v
}

// TestPlainAtTerminal checks typing at a terminal that cannot be drawn on.
func TestPlainAtTerminal(t *testing.T) {
	s := serve(t, nil)
	v := s.cookedAt()
	v.types("9\x7f\x082") // The input has both kinds of Backspace.
	v.sees(question + " 9\b \b2")
	v.types("\r")
	v.sees("Gebruikersnaam: ")
	v.types("x\x1b[D\x1bOAy\x15mjvanderzwén\x7f\x7fan\n")
	v.sees("Gebruikersnaam: xy\b \b\b \bmjvanderzwén\b \b\b \ban\r\n")
	v.sees("Wachtwoord: ")
	v.types("Duinpan\x7fn44geel\r")
	v.sees("M.J. van der Zwan")
	v.types("/stop\r")
	v.sees("Het loket is gestopt.")
	if code := v.leaves(); code != exitcode.Done {
		t.Errorf("exit code %d", code)
	}
	seen := v.seen.String()
	if strings.Contains(seen, "Duinpa") || strings.Contains(seen, "\x1b") || strings.Contains(seen, "zichtbaar") {
		t.Errorf("seen is %q", seen)
	}
	if strings.Contains(strings.ReplaceAll(seen, "\r\n", ""), "\n") {
		t.Errorf("there are lines that end without a return: %q", seen)
	}
}

// TestPlainEnds checks the keys that leave the line-by-line desk.
func TestPlainEnds(t *testing.T) {
	s := serve(t, nil)
	for keys, goes := range map[string]bool{"\x03": true, "\x04": true, "abc\x03": true, "abc\x04": false} {
		v := s.cookedAt()
		v.types(keys)
		if !goes {
			v.types("\r")
			v.seen.until(t, "second question", func(all string) bool { return strings.Count(all, question) == 2 })
			v.types("\x04")
		}
		if code := v.leaves(); code != exitcode.Done {
			t.Errorf("%q: exit code %d", keys, code)
		}
		if seen := v.seen.String(); !strings.HasSuffix(seen, "Tot ziens!\r\n") || strings.Contains(seen, ": Het loket") {
			t.Errorf("%q: %q", keys, seen)
		}
	}
}

// TestPlainWhereDrawingCouldBe checks that a visitor can ask for the line-by-line desk on a terminal that can be drawn on.
func TestPlainWhereDrawingCouldBe(t *testing.T) {
	s := serve(t, nil)
	v := visits(t, s.dial()).at("xterm-256color", 80, 24)
	if err := v.session.Start("plain"); err != nil {
		t.Fatal(err)
	}
	v.sees(question)
	if strings.Contains(v.seen.String(), "\x1b") {
		t.Errorf("seen is %q", v.seen)
	}
}

// TestNothingIsLeftForTheNext checks that the rest of a visitor's paste at a branch terminal does not reach the next visitor.
func TestNothingIsLeftForTheNext(t *testing.T) {
	key, line := newKey(t)
	s := branch(t, []string{terminalLine("Utrecht 1", line)}, nil)
	v := visits(t, s.dial(key)).at("dumb", 80, 24).enters()
	v.sees(question)
	v.types("2\rmjvanderzwan\rDuinpan44geel\r/stop\r" + strings.Repeat("6\r", 400))
	v.sees("Je bent uitgelogd.")
	v.seen.until(t, "question to the next", func(all string) bool {
		_, after, _ := strings.Cut(all, "Je bent uitgelogd.")
		return strings.Contains(after, question)
	})
	_, after, _ := strings.Cut(v.seen.String(), "Je bent uitgelogd.")
	if strings.Contains(after, "Service en contact\r\n\r\n") {
		t.Errorf("the next one sees %q", after)
	}
}

// branch runs the server of a branch that admits the given keys. Its store has the customers of the demo.
func branch(t *testing.T, terminals, operators []string, changes ...func(*Server)) *served {
	t.Helper()
	return branchBy(t, serve, terminals, operators, changes...)
}

func branchBy(t *testing.T, serve func(*testing.T, func(*Server)) *served, terminals, operators []string, changes ...func(*Server)) *served {
	t.Helper()
	dir := t.TempDir()
	sandbox, err := demo.OpenSandbox(t.Context(), clock.New())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { sandbox.Close() })
	at, by := write(t, dir+"/terminals", terminals...), write(t, dir+"/operators", operators...)
	s := serve(t, func(s *Server) {
		if s.Keys, err = keys.ReadFiles(at, by, &reload.FaultWatch{Log: s.Log}); err != nil {
			t.Fatal(err)
		}
		s.Sandbox = func(context.Context) (*demo.Sandbox, error) { panic("a branch has no sandboxes") }
		s.Desk = func(terminal string) *desk.Desk {
			of := *sandbox.Desk
			of.Terminal = terminal
			return &of
		}
		s.ServiceDesk = func(operator string) *desk.Desk {
			of := *sandbox.Desk
			of.Terminal, of.Operator = store.AuditOperator, operator
			return &of
		}
		s.RunOperatorCommand = echo
		for _, change := range changes {
			change(s)
		}
	})
	s.terminals, s.operators = at, by
	return s
}
