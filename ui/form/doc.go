// Package form is the screen that draws every step of every flow: its text, its fields, its QR code for phones, and links to
// other places. The end of a flow is a page of package pages.
//
// Start at New. A Form submits the typed answers to its flow in the background (Submit), and then draws the next step of the
// flow. While the form is Busy, nothing else may use the flow.
//
// If a step waits for a phone, CurrentPoll returns the question to ask the store. If NeedsCancel, Cancel must be called when
// the visitor leaves the flow. The kiosk decides when to poll and when to cancel.
package form
