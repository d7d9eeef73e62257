// Package layout divides a terminal into a header, the visible part of a page, the lines of the aids and a footer. It records what it
// drew at each place (Viewport), so that a click finds the key or the part of the page that it presses.
//
// Start at Viewport.Draw.
package layout
