package session

import "errors"

// The errors that end a session before its visitor does.
var (
	ErrDisconnected = errors.New("the client is gone")
	ErrReplaced     = errors.New("the terminal has connected anew")
	ErrIdle         = errors.New("nothing was typed for too long")
	ErrTooMuchInput = errors.New("too much was sent")
	ErrKeyRemoved   = errors.New("the key was taken out")
	ErrClosing      = errors.New("the desk closes")
)

// The other reasons why a session ends.
const (
	EndedByVisitor = "the visitor left"
	EndedByFault   = "a fault"
)

// EndReasons lists all reasons why a session ends.
var EndReasons = []string{
	EndedByVisitor, EndedByFault, ErrDisconnected.Error(), ErrReplaced.Error(), ErrIdle.Error(), ErrTooMuchInput.Error(), ErrKeyRemoved.Error(), ErrClosing.Error(),
}
