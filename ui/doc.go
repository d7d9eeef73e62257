// Package ui is the kiosk: the program that shows the screens of a visit. App holds the visit and a stack of screens, and decides what
// each message does: global keys, language and theme, confirmation before something is lost, the idle warning, and the end of a visit.
//
// Around App are packages that it asks, and that know nothing of it. Package layout draws the screen on top between a header and a
// footer, and knows what was drawn where. Package aids has the on-screen keyboard and scanning with one switch. Package screenreader
// reads the screen out. Package background runs work on the store, drops what arrives after its visit, and catches panics.
//
// A visit can go on line by line, and come back (plain_face.go); package handover says what it takes along.
//
// Package screen defines the interface of a screen. The screens themselves are in packages form (any step of any flow), pages,
// products and demo; place_screen.go makes the screen of a place. Package keys has every key.
//
// Start at App, then screen, then form.
package ui
