//go:build race

package ui

// raceEnabled is true if the race detector watches the tests.
const raceEnabled = true
