// Package contact is how customers reach the service desk (A6, S1). It has the helplines with
// their hours, the texts of Service and contact, and the flow in which a visitor asks to be
// called back.
//
// It stands on packages flow and desk. Start at Helplines.
package contact
