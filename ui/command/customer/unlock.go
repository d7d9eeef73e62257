package customer

import (
	"context"
	"fmt"

	"loket/flows/desk"
	"loket/flows/operator"
	"loket/ui/command/console"
	"loket/ui/command/database"
)

// UnlockCommand is the command that forgets wrong attempts to log in, so that a customer can log in again.
type UnlockCommand struct {
	CustomerAction
}

// Help returns the detailed help of the command.
func (UnlockCommand) Help() string {
	return `The next password, code for a new e-mail address, or answer of a phone, is looked at straight away, and a password that was off after too many wrong ones works again. The next caller at the service desk is heard straight away too, after others were wrong about this customer. Be sure to whom you speak: whoever guessed at it can go on guessing.

What wrong answers did to a terminal, or to an activation number, is over by itself within minutes.`
}

// unlockResult is the result of the command as JSON: the wrong attempts that no longer count.
type unlockResult struct {
	Passwords int  `json:"wrong_passwords"`
	Codes     int  `json:"wrong_codes"`
	Phones    int  `json:"wrong_phone_answers"`
	Callers   int  `json:"wrong_callers"`
	Off       bool `json:"password_was_off"`
}

// Run unlocks the account of the customer.
func (u *UnlockCommand) Run(ctx context.Context, c *database.CommandSession) error {
	return u.runAction(ctx, c, func(d *desk.Desk) (actionOutcome, error) {
		was, err := operator.UnlockAccount(ctx, d, u.ID)
		did := unlockResult{was.Password.Wrong, was.Code.Wrong, was.Phones.Wrong, was.Callers, was.PasswordOff}
		if was.HasNothingToClear() {
			return actionOutcome{did, []string{"There was nothing to unlock."}}, err
		}
		says := []string{fmt.Sprintf("Forgot %s, %s and %s.", console.CountText(was.Password.Wrong, "wrong password"), console.CountText(was.Code.Wrong, "wrong code"), console.CountText(was.Phones.Wrong, "wrong phone answer"))}
		if was.Callers > 0 {
			says = append(says, fmt.Sprintf("Forgot that callers were wrong about the customer %s.", console.CountText(was.Callers, "time")))
		}
		if was.PasswordOff {
			says = append(says, "The password was off, and works again.")
		}
		return actionOutcome{did, says}, err
	})
}
