// Package renderer runs a Bubble Tea program on a terminal that is elsewhere, one of
// many in the same process.
//
// Bubble Tea's own renderer looks at its view 60 times a second, whether or not
// anything has changed, and keeps two screens of cells: 200 idle sessions take a
// quarter of a processor and 0.9 MB each. Here a frame is drawn when there is one
// to draw, at once if the last is a while ago, and into cells that all terminals
// share; what makes bytes of cells is the same library (ultraviolet). Bubble Tea's
// own reader keeps a table of keys for each terminal, and waits for ever to hand over
// the key that was pressed last before a program ended, with the program in memory.
//
// Start at Run.
package renderer
