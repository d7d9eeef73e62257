package session

import "errors"

// Why a session ends before its visitor does it.
var (
	ErrDisconnected = errors.New("the client is gone")
	ErrReplaced     = errors.New("the terminal has connected anew")
	ErrIdle         = errors.New("nothing was typed for too long")
	ErrTooMuchInput = errors.New("too much was sent")
	ErrKeyRemoved   = errors.New("the key was taken out")
	ErrClosing      = errors.New("the desk closes")
)

// Why a session ends, besides these.
const (
	EndedByVisitor = "the visitor left"
	EndedByFault   = "a fault"
)

// EndReasons are why sessions end.
var EndReasons = []string{
	EndedByVisitor, EndedByFault, ErrDisconnected.Error(), ErrReplaced.Error(), ErrIdle.Error(), ErrTooMuchInput.Error(), ErrKeyRemoved.Error(), ErrClosing.Error(),
}
