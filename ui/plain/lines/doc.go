// Package lines is how the plain face reads and writes: a line at a time, as text alone.
//
// A Reader reads a line when it is asked for, hides secrets at a terminal, and forgets
// what was typed for nobody. A Writer wraps text to lines in a form that a program can
// tell apart: questions, choices, offers and all else. Neither knows what is said.
//
// It stands on package tty for terminals of the operating system, and on package words to
// wrap and clean text. Start at Reader.Ask and Writer.Question.
package lines
