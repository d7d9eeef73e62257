// Package renderer runs a Bubble Tea program on a remote terminal, one of many in the same
// process.
//
// Bubble Tea's own renderer looks at its view 60 times a second, whether or not anything has
// changed, and keeps two screens of cells: 200 idle sessions take a quarter of a processor and
// 0.9 MB each. This renderer draws only when a view has changed, and at once if the last frame
// is long enough ago. All terminals share its buffers of cells. The same library as Bubble
// Tea's (ultraviolet) turns cells into bytes.
//
// Bubble Tea's own reader keeps a table of keys for each terminal. After the program ends, its
// goroutine blocks for ever on the last key that was pressed, and keeps the program in memory.
//
// Start at Run.
package renderer
