// Package plain is the desk as plain lines of text, for screen readers, braille displays, dumb terminals and scripts (X8). It
// appends text to its output, and never uses colours or moves the cursor.
//
// A visit can come from the full screen, and go there, while it stays the same visit (package handover). The caller clears the terminal
// in between.
//
// Its texts come from packages that the full screen also uses: flows for flows, menus and questions, view for pages that the
// visitor only reads, sheet for products, and words for the phrases around them.
//
// Package lines reads and writes lines, and package spoken rewrites figures for speech synthesizers. Package dialogue asks
// questions and runs commands. Packages form, pages and demo have the screens. This package begins and ends visits, and goes
// from screen to screen with package navigation.
//
// A program that reads the lines can rely on these rules:
//
//   - A question is a line that begins with a letter and ends in a colon. The desk then reads
//     an answer. On a terminal the line has no line end, and the visitor types the answer on it.
//   - A choice is a line that begins with a number and a dot: "1. Inloggen". At a question that
//     accepts any text, a choice has a slash before its number: "/1 Wachtwoord vergeten".
//   - An error in an answer begins with "Fout: " or "Error: ", then the name of the field. A
//     notice begins with "Let op: " or "Note: ".
//   - While the desk waits for a phone, a question may get no answer. The desk continues when
//     the phone has answered, or when the wait has taken too long.
//   - A line has at most 76 columns, and no more than the terminal. It begins with spaces if it
//     continues a choice, or if a program could mistake it for a question or a choice.
//   - Figures are written as a synthesizer must read them: "0 8 8, 6 6 3, 0 6, 6 3".
//
// Start at Run, then go on to package dialogue.
package plain
