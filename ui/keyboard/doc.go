// Package keyboard is the on-screen keyboard, for visitors who have no keyboard or cannot use one. Every key on it is a zone
// (screen.KeyZone), so that a finger, a mouse and scanning press it like anything else on the screen. Arrows move a marker over the
// keys, and Enter presses the key at the marker.
//
// Start at Keyboard. layout.go has the keys.
package keyboard
