package phone

import (
	"context"
	"errors"

	"loket/flows/desk"
	"loket/flows/flow"
	"loket/store"
)

// BeginPhoneVisit begins the visit of a phone that sent a code, and returns the flow in which the phone answers. The result open
// reports whether a terminal still waits for the answer. If no terminal waits, an answer is only recorded in the audit log.
// With ErrUnknownCode the function also returns a flow, so that the answer is recorded.
func BeginPhoneVisit(ctx context.Context, d *desk.Desk, code string) (f *flow.Flow, open bool, err error) {
	e, found := &phoneRequest{code: code}, false
	err = d.Store.View(ctx, func(tx *store.Tx) error {
		e.challenge, found = tx.Challenge(code)
		open = e.challenge.IsUnanswered(tx.Now)
		if a, known := tx.AccountByHandle(e.challenge.UserHandle); known {
			e.owner = newPasskeyOwner(a)
		}
		e.challenge = d.CapChallengeExpiry(e.challenge, tx.Now)
		e.timeLeft = e.challenge.Expires.Sub(tx.Now)
		return nil
	})
	if err != nil {
		return nil, false, err
	}
	at := *d
	at.Terminal = e.challenge.Terminal
	if !found {
		at.Terminal, err = unknownCodeTerminal, ErrUnknownCode
	}
	v := flow.NewVisit(&at)
	if e.challenge.Purpose == store.PurposePair {
		return newRegistration(v, e), open, nil
	}
	return newApproval(v, e), open, err
}

// ErrUnknownCode means that no challenge has the given code.
var ErrUnknownCode = errors.New("there is no challenge with this code")

// unknownCodeTerminal is the terminal of phones with an unknown code. Because of it, guessing codes never pauses a real terminal.
const unknownCodeTerminal = "app"
