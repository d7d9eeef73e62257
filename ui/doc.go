// Package ui is the kiosk: the program that shows the screens of a visit.
//
// App holds the visit and a stack of screens, and draws the one on top between a
// header and a footer. What is the same on every screen is in App and nowhere else:
// the keys of the kiosk, language and theme, questions before something is lost, the
// idle warning, a terminal that is too small. Work on the store runs in the background
// (background.go), and a panic becomes an apology (fault.go).
//
// Package screen defines what a screen is. The screens themselves are in form (any step
// of any flow), pages, products and demo. Every key is in keys. places.go makes the
// screen of a place.
//
// Start at App, then screen, then form.
package ui
