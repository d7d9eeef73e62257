package control

import (
	"encoding/json"

	"golang.org/x/crypto/ssh"
)

// sessionChannel is the type of a channel in which a command runs (RFC 4254 §6.1). The constants after it are the requests in
// such a channel. The command sends exec and signal requests, and the desk sends the others.
const (
	sessionChannel = "session"

	requestExec      = "exec" // The payload is an invocation.
	requestInterrupt = "signal"
	requestFlush     = "flush@loket" // The payload is a flushMessage. The request is granted after that output is written.
	requestExit      = "exit-status" // The payload is an exitMessage.
)

type (
	flushMessage struct{ Written uint64 } // Written is the number of bytes of output that were sent.
	exitMessage  struct{ Status uint32 }
)

// invocation is a command that the desk is to run. It is sent as JSON, so that arguments need no quotes.
type invocation struct {
	Args     []string `json:"args"`
	SudoUID  string   `json:"sudo_uid,omitempty"` // SudoUID is the ID of the user who called sudo. It counts only if root sent it.
	NoResult bool     `json:"no_result"`          // NoResult is true if standard output is the null device.
}

// execMessage is the payload of an exec request (RFC 4254 §6.5).
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
