package session

import "golang.org/x/crypto/ssh"

// refuseExtraStreams ends the session if the client sends data on a stream other than the input. No client should do this (RFC
// 4254 §5.2), and the data would fill the buffers.
func (s *Session) refuseExtraStreams() {
	if count, _ := s.channel.Stderr().Read(make([]byte, 1)); count > 0 {
		s.end(ErrTooMuchInput)
	}
}

// handleRequests grants or refuses the client's requests (RFC 4254 §6) until the channel is
// closed.
func (s *Session) handleRequests(requests <-chan *ssh.Request) {
	defer s.end(ErrDisconnected)
	begun := false
	for r := range requests {
		granted, begins := s.handleRequest(r, begun)
		if r.WantReply {
			_ = r.Reply(granted, nil)
		}
		if begins {
			begun = true
			close(s.startRequested)
		}
	}
}

// handleRequest reports whether a request is granted, and whether the session begins with it.
func (s *Session) handleRequest(r *ssh.Request, begun bool) (granted, begins bool) {
	switch r.Type {
	case "env":
		granted = !begun && s.handleEnv(r.Payload)
	case "pty-req":
		granted = !begun && s.handlePty(r.Payload)
	case "window-change":
		granted = s.hasPty && s.handleWindowChange(r.Payload)
	case "shell":
		granted, begins = !begun, !begun
	case "exec":
		granted = !begun && s.handleExec(r.Payload)
		begins = granted
	}
	return granted, begins
}

func (s *Session) handleEnv(payload []byte) bool {
	var v struct{ Name, Value string }
	return ssh.Unmarshal(payload, &v) == nil && s.env.setVariable(v.Name, v.Value)
}

// handlePty grants a terminal, once.
func (s *Session) handlePty(payload []byte) bool {
	var asked struct {
		Term                string
		Columns, Rows, X, Y uint32
		Modes               string
	}
	if s.hasPty || ssh.Unmarshal(payload, &asked) != nil {
		return false
	}
	s.hasPty = true
	s.env.setVariable("TERM", asked.Term)
	s.size.set(asked.Columns, asked.Rows)
	return true
}

func (s *Session) handleWindowChange(payload []byte) bool {
	var asked struct{ Columns, Rows, X, Y uint32 }
	if ssh.Unmarshal(payload, &asked) != nil {
		return false
	}
	s.size.set(asked.Columns, asked.Rows)
	return true
}

// MaxCommand is the largest number of bytes in a command.
const MaxCommand = 4096

func (s *Session) handleExec(payload []byte) bool {
	var asked struct{ Command string }
	if ssh.Unmarshal(payload, &asked) != nil || len(asked.Command) > MaxCommand {
		return false
	}
	s.Command = asked.Command
	return true
}
