// Package form is the screen of every step of every flow, in the plain-text interface. It writes the texts of the step, asks for its
// fields one by one, submits the answers, and continues with the next step. It knows no particular flow. The table of the flow
// decides what is asked, and what is wrong with an answer.
//
// Start at Form.Show.
package form
