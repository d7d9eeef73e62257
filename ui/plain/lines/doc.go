// Package lines reads and writes for the plain face: one line at a time, as plain text.
//
// A Reader reads a line when it is asked for, hides secrets at a terminal, and can discard
// typed input. A Writer wraps text to lines, in forms that a program can tell apart:
// questions, choices, offers and other text.
//
// The package stands on package tty for terminals of the operating system, and on package
// words to wrap and clean text. Start at Reader and Writer.
package lines
