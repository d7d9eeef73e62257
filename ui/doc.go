// Package ui is the kiosk: the program that shows the screens of a visit. App holds the visit and a stack of screens, and
// draws the screen on top between a header and a footer. It also handles everything that works the same way on every screen:
// global keys, language and theme, confirmation before something is lost, the idle warning, and a terminal that is too small.
// Visitors without a keyboard have aids (aids.go): the on-screen keyboard of package keyboard, and scanning with one switch
// (light.go), which presses what a screen reports as its Choices and Zones. Work on the store runs in the background
// (background.go), and a panic becomes an apology (fault.go).
//
// Package screen defines the interface of a screen. The screens themselves are in packages form (any step of any flow), pages,
// products and demo. Package keys has every key. places.go makes the screen of a place.
//
// Start at App, then screen, then form.
package ui
