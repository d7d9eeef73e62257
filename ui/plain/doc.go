// Package plain is the desk line by line, for screen readers, braille displays,
// dumb terminals and scripts (X8). It only ever writes whole lines below what is
// there already: no colours, no movement of the cursor, nothing but text.
//
// It has no words of its own for what can be done at the desk: flows, menus and
// questions come from package flows, pages that are only read from package view,
// products from package sheet, and the phrases around them from package words.
//
// Package lines reads and writes, package spoken has figures be heard right, package dialogue asks and takes commands on top of it,
// and packages form, pages and demo are what there is to ask. Here they come together: a
// visit begins and ends, and the visitor goes from screen to screen by package navigation.
//
// What a program that reads lines can rely on:
//
//   - A question is a line that begins with a letter and ends in a colon; then an
//     answer is read. On a terminal the line is not ended, and the answer stands on it.
//   - A choice is a line that begins with its number and a dot: "1. Inloggen".
//     Where any answer will do, somewhere else to go is "/1 Wachtwoord vergeten".
//   - What must be mended begins with "Fout: " or "Error: ", then the name of the
//     field; what to notice before going on begins with "Let op: " or "Note: ".
//   - While the desk waits for a phone, a question may be left without an answer:
//     what comes next is said as soon as the phone has answered, or it took too long.
//   - Lines have 76 columns at most; one that goes on from a choice, or could be
//     taken for any of the above, begins with spaces.
//   - Figures stand as a synthesizer must read them: "0 8 8, 6 6 3, 0 6, 6 3".
//
// Start at Run, then go on to package dialogue.
package plain
