// Package ui is the kiosk: Bubble Tea screens over the flows.
//
// App is the program. It holds the visit and a stack of screens, and draws the
// one on top between a header and a footer; what is the same on every screen
// (language, theme, help, the demo drawer, the idle warning, a terminal that
// is too small) is in App and nowhere else. A form draws whatever step a flow
// is at, so that no flow has a screen of its own.
//
// Start at App, then screen, then form.
package ui
