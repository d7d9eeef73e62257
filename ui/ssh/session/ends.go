package session

import "errors"

// Why a session ends before its visitor does it.
var (
	ErrGone     = errors.New("the client is gone")
	ErrReplaced = errors.New("the terminal has connected anew")
	ErrIdle     = errors.New("nothing was typed for too long")
	ErrTooMuch  = errors.New("too much was sent")
	ErrKeyGone  = errors.New("the key was taken out")
	ErrClosing  = errors.New("the desk closes")
)

// Why a session ends, besides these.
const (
	EndedByVisitor = "the visitor left"
	EndedByFault   = "a fault"
)

// Ends are why sessions end.
var Ends = []string{
	EndedByVisitor, EndedByFault, ErrGone.Error(), ErrReplaced.Error(), ErrIdle.Error(), ErrTooMuch.Error(), ErrKeyGone.Error(), ErrClosing.Error(),
}
