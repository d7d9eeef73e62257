package control

import (
	"encoding/json"

	"golang.org/x/crypto/ssh"
)

// sessionChannel is the type of a channel in which a command runs (RFC 4254 §6.1). These are
// the requests in it: the first two come from the command's side, and the others from the desk.
const (
	sessionChannel = "session"

	requestExec      = "exec" // an invocation
	requestInterrupt = "signal"
	requestFlush     = "flush@loket" // a flushMessage; granted once all of that was written
	requestExit      = "exit-status" // an exitMessage
)

type (
	flushMessage struct{ Written uint64 } // bytes of the result that were sent
	exitMessage  struct{ Status uint32 }
)

// invocation is the command of an exec request, in JSON, so that nothing need be quoted.
type invocation struct {
	Args     []string `json:"args"`
	NoResult bool     `json:"no_result"` // because it goes to the null device
}

// execMessage is the payload of the request (RFC 4254 §6.5).
type execMessage struct{ Command string }

func (i invocation) marshal() ([]byte, error) {
	command, err := json.Marshal(i)
	return ssh.Marshal(execMessage{string(command)}), err
}

func unmarshalInvocation(payload []byte) (i invocation, err error) {
	var m execMessage
	if err := ssh.Unmarshal(payload, &m); err != nil {
		return i, err
	}
	return i, json.Unmarshal([]byte(m.Command), &i)
}
