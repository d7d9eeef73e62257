// Package flow runs tables of steps. A flow is a table, and only the table says which
// step follows which: the screens, the diagrams and the tests all read it.
//
// A step asks for fields, prepares what is slow (hashing) without holding a
// lock, and then does its work in one transaction, together with its messages
// and its entry in the audit log. Outcome means commit and move; error means
// roll back and stay. A wrong password is an outcome, because the failed attempt
// must be kept; a misspelt date is an *Invalid, because nothing happened.
//
// A step that could be used for guessing says what is guessed at (ThrottleKey), and
// the throttle stands before it. Outcomes that must not be told apart lead to
// the same step with the same note, and a Neutral step answers them after the
// same time; only the audit log knows which it was.
//
// A Flow is walked through by a Visit, which is at a desk.Desk. Start at Flow, then
// read Submit.
package flow
