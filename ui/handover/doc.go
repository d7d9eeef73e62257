// Package handover takes a visit from one face of the desk to the other, from the full screen to lines of text or back, while it stays
// the same visit: with the same login, the same open forms and what was typed in them, and the same time limits.
//
// Each face gives the visit to a Relay when it ends, and takes it when it begins. A visit that ends on the other face is followed by
// a new one on the face with which the desk began.
//
// Start at Relay.
package handover
