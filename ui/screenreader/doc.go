// Package screenreader reads the screen out, for visitors who turn speech on. A Reader is told what is on the screen after each message,
// and speaks what has changed. It also repeats, spells, changes the speed, and says the last words of a visit.
//
// Package narrator chooses the words, and package speech sends them to the speech service.
//
// Start at Reader.
package screenreader
