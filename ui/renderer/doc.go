// Package renderer runs a Bubble Tea program on a remote terminal, one of many in the same process.
//
// The renderer of Bubble Tea checks its view 60 times a second, even if nothing has changed, and keeps two screens of cells:
// 200 idle sessions take a quarter of a processor, and 0.9 MB each. This renderer draws only when a view has changed, at most
// once in 10 ms. All terminals share its buffers of cells. Package ultraviolet, which Bubble Tea also uses, turns cells into
// bytes.
//
// The input reader of Bubble Tea keeps a table of keys for each terminal. After the program ends, its goroutine blocks forever
// on the last key that was pressed, and keeps the program in memory. So this package has its own reader.
//
// Start at Run.
package renderer
