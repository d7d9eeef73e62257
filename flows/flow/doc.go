// Package flow runs flows, which are tables of steps. Only the table of a flow says which step follows another: the screens,
// the diagrams and the tests all use the table.
//
// A step asks for fields, and does its slow work, such as hashing, without holding a lock. Then it does the rest in one
// transaction, together with its messages and its entry in the audit log. An outcome commits the transaction and follows an
// edge to the next step. An error rolls the transaction back, and the visitor stays at the step. For example, a wrong password
// is an outcome, because the failed attempt must be stored. A misspelt date is an *Invalid error, because nothing needs to be
// stored.
//
// A step in which visitors could guess secrets has a ThrottleKey, under which wrong answers are counted. If visitors must not
// tell outcomes apart, the outcomes lead to the same step with the same note, after the same time. Then only the audit log
// records the difference.
//
// A Flow belongs to a Visit, which takes place at a desk.Desk. Start at Flow, then read Submit.
package flow
