package session

import "golang.org/x/crypto/ssh"

// listenBeside ends a session in which something comes beside the input, where
// nothing should (RFC 4254 §5.2) and nobody would read it.
func (s *Session) listenBeside() {
	if count, _ := s.channel.Stderr().Read(make([]byte, 1)); count > 0 {
		s.end(ErrTooMuch)
	}
}

// listen handles what the client asks of its session (RFC 4254 §6) until the
// channel is closed. What it may not have is refused, and nothing else happens.
func (s *Session) listen(requests <-chan *ssh.Request) {
	defer s.end(ErrGone)
	begun := false
	for r := range requests {
		granted, begins := s.ask(r, begun)
		if r.WantReply {
			_ = r.Reply(granted, nil)
		}
		if begins {
			begun = true
			close(s.begin)
		}
	}
}

// ask grants a request, or does not, and reports whether the session begins with it.
func (s *Session) ask(r *ssh.Request, begun bool) (granted, begins bool) {
	switch r.Type {
	case "env":
		granted = !begun && s.askVariable(r.Payload)
	case "pty-req":
		granted = !begun && s.askTerminal(r.Payload)
	case "window-change":
		granted = s.pty && s.askSize(r.Payload)
	case "shell":
		granted, begins = !begun, !begun
	case "exec":
		granted = !begun && s.askCommand(r.Payload)
		begins = granted
	}
	return granted, begins
}

func (s *Session) askVariable(payload []byte) bool {
	var v struct{ Name, Value string }
	return ssh.Unmarshal(payload, &v) == nil && s.env.take(v.Name, v.Value)
}

// askTerminal takes a terminal, once. An operator gets none: commands and what
// they give go through as they are.
func (s *Session) askTerminal(payload []byte) bool {
	var asked struct {
		Term                string
		Columns, Rows, X, Y uint32
		Modes               string
	}
	if s.Holder.Operator || s.pty || ssh.Unmarshal(payload, &asked) != nil {
		return false
	}
	s.pty = true
	s.env.take("TERM", asked.Term)
	s.size.set(asked.Columns, asked.Rows)
	return true
}

func (s *Session) askSize(payload []byte) bool {
	var asked struct{ Columns, Rows, X, Y uint32 }
	if ssh.Unmarshal(payload, &asked) != nil {
		return false
	}
	s.size.set(asked.Columns, asked.Rows)
	return true
}

// LongestCommand is how many bytes a command has at most.
const LongestCommand = 4096

func (s *Session) askCommand(payload []byte) bool {
	var asked struct{ Command string }
	if ssh.Unmarshal(payload, &asked) != nil || len(asked.Command) > LongestCommand {
		return false
	}
	s.Command = asked.Command
	return true
}
