// Package scanning lets visitors work the desk with one switch. What can be pressed on the screen lights up in turn, row by row.
// A press takes the row that is lit, then the items of that row light up in turn, and a press takes the item. The package knows
// only places on the terminal, so that scanning works on every screen alike.
//
// Start at Scanner. A Hold turns scanning on, for visitors who have only that one switch.
package scanning
