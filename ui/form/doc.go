// Package form is the one screen that draws any step of any flow: what it says, the
// fields that it asks, the code that it shows to phones, and where else the visitor
// can go from there. How a flow ended is a page of package pages.
//
// Start at New. A Form gives what was typed to its flow (Submit), beside the screens,
// and then draws the step that the flow is at. While it is Busy nobody touches the
// flow. Of a step that waits for a phone, CurrentPoll returns what is to be looked for,
// and a flow that the visitor leaves for good has to be told (NeedsCancel, Cancel). When
// to do so is for the kiosk to decide.
package form
