// Package form is the screen of any step of any flow, line by line: it writes the texts of
// the step, asks for its fields one by one, submits them, and goes on with the next step.
//
// It knows no particular flow. The flow's table decides what is asked and what is wrong with
// an answer. The package stands on package dialogue. Start at Form.Show.
package form
