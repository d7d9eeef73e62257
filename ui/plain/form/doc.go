// Package form speaks for any step of any flow: it says what the step is, asks for its
// fields one by one, submits them, and goes on with the next step.
//
// It knows no flow by itself: what is asked, and what is wrong with an answer, stands in
// the flow's table. It stands on package dialogue. Start at Form.Show.
package form
