// Package background runs work beside the loop of Bubble Tea. Workers makes all work end before the store closes. The result of work
// belongs to one visit (VisitMsg), and a panic in a command becomes a Fault, a message for which the kiosk apologises.
//
// Start at Workers.
package background
