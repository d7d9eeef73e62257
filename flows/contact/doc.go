// Package contact tells customers how to reach the service desk (A6, S1). It has the helplines with their opening hours, the
// texts of Service and contact, and the flow in which visitors ask to be called back. It builds on packages flow and desk.
// Start at Helplines.
package contact
