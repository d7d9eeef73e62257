package ssh

import (
	"context"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/agent"

	"loket/flows/desk"
	"loket/flows/text"
	"loket/ui/demo"
	"loket/ui/exitcode"
	"loket/ui/ssh/session"
)

// TestDemo checks that a visitor can connect, look around, and leave.
func TestDemo(t *testing.T) {
	sandboxes(t)
	s := serve(t, nil)
	v := s.atHome()
	v.types("\x04") // Ctrl+D opens the panel of the demo.
	v.finds("Sanne Hoekstra")
	v.types("\x1b") // Ctrl+D is not pressed again, because the desk would drop it as a repeat.
	v.finds(home)
	v.types("2")
	v.finds(logIn)
	v.types(quits)
	if code := v.leaves(); code != exitcode.Done {
		t.Errorf("exit code %d", code)
	}
	v.restored()
	if seen := v.seen.String(); !strings.HasSuffix(seen, "Tot ziens!\r\n") {
		t.Errorf("seen in the end: %q", seen[max(len(seen)-100, 0):])
	}
	if s.watch.count("began demo") != 1 || s.watch.count("ended demo: the visitor left") != 1 {
		t.Errorf("counted %v", s.watch.counts)
	}
}

// TestSlowLink checks that the sequence of an arrow key is still an arrow key if there is a pause in it, and not an Escape
// key, which would ask whether to leave the form.
func TestSlowLink(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		v := serveInMemory(t, nil).atHome()
		v.types("2")
		v.finds(logIn)
		v.types("mjvanderzan")
		v.types("\x1b[D")
		v.types("\x1b")
		time.Sleep(60 * time.Millisecond)
		v.types("[Dw")
		v.finds("mjvanderzwan")
		v.types("\x1b")
		v.finds("Weet je het zeker?")
	})
}

// TestEverybodyIsLetIn checks that a demo asks no client for a key, not even one that offers a key.
func TestEverybodyIsLetIn(t *testing.T) {
	s := serve(t, nil)
	key, _ := newKey(t)
	out, _, code := asks(t, s.dial(key), "help", "")
	if code != exitcode.Done || !strings.HasPrefix(out, "mijn.nn Zelfbedieningsloket: een demo.") {
		t.Errorf("exit code %d, %q", code, out)
	}
}

// TestSandboxesAreApart checks that a password that is changed in one demo stays unchanged in another.
func TestSandboxesAreApart(t *testing.T) {
	sandboxes(t)
	s := serve(t, nil)
	const first = "2\nmjvanderzwan\nDuinpan44geel\n"
	one, two := visits(t, s.dial()).enters(), visits(t, s.dial()).enters()
	one.sees("Kies een nummer:")
	two.sees("Kies een nummer:")
	one.types(first)
	one.sees("M.J. van der Zwan")
	one.types("/demo\n2\n")
	one.sees("Postvak")
	two.types("2\nmjvanderzwan\nverkeerd-wachtwoord\n")
	two.sees("Wachtwoord:")
	if strings.Contains(two.seen.String(), "van der Zwan") {
		t.Errorf("what the one did is seen by the other:\n%s", two.seen)
	}
	for _, v := range []*person{one, two} {
		v.keys.Close()
		if code := v.leaves(); code != exitcode.Done {
			t.Errorf("exit code %d", code)
		}
	}
}

// TestPhonesCannotCome checks that the menu and the screen of a demo say so if no phone can reach
// it.
func TestPhonesCannotCome(t *testing.T) {
	s := serve(t, func(s *Server) {
		open := s.Sandbox
		s.Sandbox = func(ctx context.Context) (*demo.Sandbox, error) {
			sandbox, err := open(ctx)
			if err == nil {
				sandbox.App = &desk.PhoneApp{}
			}
			return sandbox, err
		}
	})
	v := s.atHome()
	v.finds("Kan niet in deze demo")
	v.types("3")
	v.finds("Je telefoon kan deze demo niet bereiken.")
	v.types("\x1b")
	v.finds(home)
	v.types(quits)
	if code := v.leaves(); code != exitcode.Done {
		t.Errorf("exit code %d", code)
	}
}

// TestCommands checks which commands a visitor can run.
func TestCommands(t *testing.T) {
	s := serve(t, nil)
	c := s.dial()
	for command, test := range map[string]struct {
		says string
		code int
	}{
		"help":                 {"mijn.nn Zelfbedieningsloket: een demo.\nAlle klanten zijn verzonnen", exitcode.Done},
		"--help":               {"mijn.nn Zelfbedieningsloket: een demo.", exitcode.Done},
		" 'help' ":             {"mijn.nn Zelfbedieningsloket: een demo.", exitcode.Done},
		"plain":                {"Zelfbedieningsloket", exitcode.Done},
		"":                     {"Zelfbedieningsloket", exitcode.Done},
		"sh":                   {"Dat kan hier niet. Met help lees je wat er wel kan.\n", exitcode.WrongUsage},
		"scp -t /tmp":          {"Dat kan hier niet.", exitcode.WrongUsage},
		"help 'me":             {"Dat kan hier niet.", exitcode.WrongUsage},
		"customer find Zwan":   {"Dat kan hier niet.", exitcode.WrongUsage},
		"help\x00":             {"Dat kan hier niet.", exitcode.WrongUsage},
		"$(touch /tmp/x) help": {"Dat kan hier niet.", exitcode.WrongUsage},
	} {
		out, err, code := asks(t, c, command, "")
		if !strings.Contains(out, test.says) || code != test.code || err != "" || strings.Contains(out, "\r") {
			t.Errorf("%q: exit code %d, %q, %q", command, code, out, err)
		}
	}
}

// TestLanguages checks in which language a visitor is addressed.
func TestLanguages(t *testing.T) {
	s := serve(t, nil)
	for _, test := range []struct {
		says []string
		want string
	}{
		{nil, "een demo"},
		{[]string{"LANG=nl_NL.UTF-8"}, "een demo"},
		{[]string{"LANG=en_GB.UTF-8"}, "a demo"},
		{[]string{"LANG=fr_FR.UTF-8"}, "a demo"},
		{[]string{"LANG=C.UTF-8"}, "een demo"},
		{[]string{"LANG=POSIX"}, "een demo"},
		{[]string{"LANG=nl_NL.UTF-8", "LC_MESSAGES=en_US.UTF-8"}, "a demo"},
		{[]string{"LANG=en_US.UTF-8", "LC_ALL=nl_BE"}, "een demo"},
		{[]string{"LANG=nl_NL", "LC_CTYPE=en_US"}, "een demo"},
		{[]string{"LC_ALL=NL"}, "een demo"},
	} {
		v := visits(t, s.dial()).speaks(test.says...)
		if err := v.session.Start("help"); err != nil {
			t.Fatal(err)
		}
		v.leaves()
		if seen := v.seen.String(); !strings.Contains(seen, test.want) {
			t.Errorf("%q: %q", test.says, seen)
		}
	}
	s = serve(t, func(s *Server) { s.Language = text.English })
	if out, _, _ := asks(t, s.dial(), "help", ""); !strings.Contains(out, "a demo") {
		t.Errorf("the server's own language: %q", out)
	}
}

// TestLanguageOfTheScreen checks that the desk on the full screen uses the visitor's language too.
func TestLanguageOfTheScreen(t *testing.T) {
	s := serve(t, nil)
	visits(t, s.dial()).speaks("LANG=en_US.UTF-8").at("xterm-256color", 80, 24).enters().sees("How can we help you?")
}

// TestRefused checks that the server offers nothing but the desk.
func TestRefused(t *testing.T) {
	s := serve(t, nil)
	c := s.dial()
	for _, request := range []string{"tcpip-forward", "cancel-tcpip-forward", "streamlocal-forward@openssh.com", "hostkeys-prove-00@openssh.com"} {
		if granted, _, err := c.SendRequest(request, true, ssh.Marshal(struct {
			Host string
			Port uint32
		}{"0.0.0.0", 0})); granted || err != nil {
			t.Errorf("%s: %v, %v", request, granted, err)
		}
	}
	for _, kind := range []string{"direct-tcpip", "forwarded-tcpip", "x11", "auth-agent@openssh.com", "direct-streamlocal@openssh.com", "tun@openssh.com", ""} {
		_, _, err := c.OpenChannel(kind, ssh.Marshal(struct {
			Host string
			Port uint32
			From string
			Of   uint32
		}{"127.0.0.1", 22, "127.0.0.1", 1}))
		if refused, is := err.(*ssh.OpenChannelError); !is || refused.Reason != ssh.UnknownChannelType {
			t.Errorf("%q: %v", kind, err)
		}
	}
	session, err := c.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	if err := agent.RequestAgentForwarding(session); err == nil {
		t.Error("an agent is forwarded")
	}
	if err := session.RequestSubsystem("sftp"); err == nil {
		t.Error("there is sftp")
	}
	for _, request := range []string{"x11-req", "signal", "xon-xoff", "break", "window-change", "exit-status", ""} {
		if granted, err := session.SendRequest(request, true, nil); granted || err != nil {
			t.Errorf("%q: %v, %v", request, granted, err)
		}
	}
	if out, _, code := asks(t, c, "help", ""); code != exitcode.Done || out == "" {
		t.Errorf("after all that, help gives %d, %q", code, out)
	}
}

// TestEnvironment checks that the server refuses environment variables that it does not need.
func TestEnvironment(t *testing.T) {
	s := serve(t, nil)
	session, err := s.dial().NewSession()
	if err != nil {
		t.Fatal(err)
	}
	if err := session.Setenv("PATH", "/bin"); err == nil {
		t.Error("PATH is taken")
	}
	if err := session.Setenv("LC_ALL", "en_US"); err != nil {
		t.Errorf("LC_ALL is not taken: %v", err)
	}
}

// TestOneShell checks that a channel has one purpose, which cannot change after the session has begun.
func TestOneShell(t *testing.T) {
	s := serve(t, nil)
	v := s.atHome()
	for kind, payload := range map[string][]byte{
		"shell": nil, "exec": ssh.Marshal(struct{ Command string }{"help"}),
		"env":     ssh.Marshal(struct{ Name, Value string }{"LANG", "en_US"}),
		"pty-req": ssh.Marshal(struct{ Term string }{"xterm"}),
	} {
		if granted, err := v.session.SendRequest(kind, true, payload); granted || err != nil {
			t.Errorf("a second %s: %v, %v", kind, granted, err)
		}
	}
	if err := v.session.WindowChange(30, 100); err != nil {
		t.Error(err)
	}
	v.types("2")
	v.finds(logIn)
}

// TestMalformed checks that malformed requests do no harm.
func TestMalformed(t *testing.T) {
	s := serve(t, func(s *Server) { s.Limits.Receive = 1 << 30 })
	c := s.dial()
	for _, kind := range []string{"env", "pty-req", "exec", "window-change"} {
		for _, payload := range []string{"", "x", "\xff\xff\xff\xff", "\x00\x00\x00\x01", "\x00\x00\x00\x01xtrailing", strings.Repeat("\x00", 30000)} {
			session, err := c.NewSession()
			if err != nil {
				t.Fatal(err)
			}
			if granted, err := session.SendRequest(kind, true, []byte(payload)); granted && kind != "env" || err != nil {
				t.Errorf("%s %.40q: %v, %v", kind, payload, granted, err)
			}
			session.Close()
		}
	}
	n, err := c.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	if err := n.Start(strings.Repeat("x", session.MaxCommand+1)); err == nil {
		t.Error("a command of any length is taken")
	}
}

// TestTerminalSizes checks that the desk can be drawn on terminals of every size.
func TestTerminalSizes(t *testing.T) {
	s := serve(t, nil)
	for _, size := range [][2]int{{0, 0}, {4000, 4000}, {1<<31 - 1, 1}, {1, 1}, {200, 60}} {
		v := visits(t, s.dial()).at("xterm-256color", size[0], size[1]).enters()
		v.sees("\x1b[?1049h")
		for _, then := range [][2]int{{1<<31 - 1, 1<<31 - 1}, {0, 0}, {80, 24}} {
			if err := v.session.WindowChange(then[1], then[0]); err != nil {
				t.Fatal(err)
			}
		}
		v.sees(home)
		v.types(quits)
		if code := v.leaves(); code != exitcode.Done {
			t.Errorf("%v: exit code %d", size, code)
		}
		v.restored()
	}
}

// TestTerminals checks on which terminals the full screen is drawn.
func TestTerminals(t *testing.T) {
	s := serve(t, nil)
	for term, whole := range map[string]bool{"xterm": true, "linux": true, "vt100": true, "dumb": false, "": false} {
		v := visits(t, s.dial()).at(term, 80, 24).enters()
		v.sees(map[bool]string{true: home, false: "Kies een nummer:"}[whole])
		if drawn := strings.Contains(v.seen.String(), "\x1b"); drawn != whole {
			t.Errorf("TERM=%s: the whole screen %v", term, drawn)
		}
	}
}

// TestNoColour checks that a client that sends NO_COLOR gets no colours, and another client does.
func TestNoColour(t *testing.T) {
	colour := regexp.MustCompile(`\x1b\[[0-9;]*\b(3[0-7]|38|4[0-7]|48|9[0-7])[;m]`)
	s := serve(t, nil)
	enter := func(variables ...string) *person {
		v := visits(t, s.dial()).speaks(variables...).at("xterm-256color", 80, 24).enters()
		v.finds(home)
		v.types("2")
		v.finds(logIn)
		return v
	}
	enter().seen.until(t, "colour", colour.MatchString)
	if v := enter("NO_COLOR=1"); colour.MatchString(v.seen.String()) {
		t.Error("there are colours all the same")
	}
}
