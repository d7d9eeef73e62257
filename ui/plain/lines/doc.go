// Package lines reads and writes lines of plain text for the plain-text interface. A Reader reads one line each time that a line is
// asked for, hides passwords on a terminal, and can discard typed input. A Writer wraps text to lines. A program can
// distinguish the lines of questions, choices, offers and other text.
//
// Start at Reader and Writer.
package lines
