// Package spoken writes what stands in figures so that a speech synthesizer reads it as people
// say it: a telephone number digit by digit, an amount in euros and cents, a time in hours.
// Synthesizers take groups of digits for thousands, codes for words and signs for nothing.
//
// It knows nothing of where a text comes from: each rule goes by the form of what is written.
// Start at Form, and at rules for what is said otherwise.
package spoken
