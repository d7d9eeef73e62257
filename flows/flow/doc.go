// Package flow runs tables of steps. A flow is a table, and only the table says which step
// follows which: the screens, the diagrams and the tests all read it.
//
// A step asks for fields, and does its slow work (hashing) without holding a lock. Then it does
// the rest in one transaction, together with its messages and its entry in the audit log. An
// outcome commits the transaction and follows an edge. An error rolls it back, and the visitor
// stays at the step. A wrong password is an outcome, because the failed attempt must be kept. A
// misspelt date is an *Invalid, because nothing happened.
//
// A step that could be used for guessing has a ThrottleKey, by which the throttle limits it.
// Outcomes that must not be told apart lead to the same step with the same note, after the same
// time. Only the audit log tells them apart.
//
// A Flow belongs to a Visit, which is at a desk.Desk. Start at Flow, then read Submit.
package flow
