// Package ui is the kiosk: the program that shows the screens of a visit.
//
// App holds the visit and a stack of screens, and draws the one on top between a
// header and a footer. What is the same on every screen is in App and nowhere else:
// the keys of the kiosk, language and theme, questions before something is lost, the
// idle warning, a terminal that is too small. Work on the store is done beside the
// screens (background.go), and a fault becomes an apology (fault.go).
//
// What a screen is, package screen says. The screens themselves are in form (any step
// of any flow), pages, products and demo; every key is in keys. places.go is where a
// place of the flows becomes a screen.
//
// Start at App, then screen, then form.
package ui
