// Package plain is the desk line by line, for screen readers, braille displays, dumb
// terminals and scripts (X8). It only writes text at the end of what is there already. It
// writes no colours and never moves the cursor.
//
// Its texts come from the packages that both faces share: flows for flows, menus and
// questions, view for pages that are only read, sheet for products, and words for the phrases
// around them.
//
// Package lines reads and writes lines, and package spoken writes figures for synthesizers. On
// top of them, package dialogue asks questions and takes commands. Packages form, pages and demo
// have the screens. This package begins and ends visits, and goes from screen to screen by
// package navigation.
//
// A program that reads the lines can rely on this:
//
//   - A question is a line that begins with a letter and ends in a colon. The desk then reads
//     an answer. On a terminal the line has no line end, and the answer is typed on it.
//   - A choice is a line that begins with its number and a dot: "1. Inloggen".
//     Where any text is an answer, another place to go to is "/1 Wachtwoord vergeten".
//   - An error in an answer begins with "Fout: " or "Error: ", then the name of the field. A
//     notice begins with "Let op: " or "Note: ".
//   - While the desk waits for a phone, a question may stay without an answer. The desk goes
//     on as soon as the phone has answered, or when the wait has taken too long.
//   - Lines have at most 76 columns, and no more than the terminal has. A line begins with
//     spaces if it continues a choice, or if it could be taken for one of the above.
//   - Figures stand as a synthesizer must read them: "0 8 8, 6 6 3, 0 6, 6 3".
//
// Start at Run, then go on to package dialogue.
package plain
