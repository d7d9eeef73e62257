// Package contact is how customers reach the service desk: the lines that it answers
// and when they are open, what Service and contact tells, and the flow by which
// somebody asks to be called back (A6, S1).
//
// It stands on packages flow and desk. Start at Lines.
package contact
