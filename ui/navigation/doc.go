// Package navigation decides how a visitor goes from place to place, and measures how long the visitor does nothing. Both the
// full screen and the plain-text interface use it.
//
// A Stack holds the open screens, from home, which never closes, up to the screen on top. Before it makes a Move, it can
// preview which screens would stay open, and whether the visitor would lose something. Screens take part by implementing the
// interfaces of rules.go. Idle says when a visitor who does nothing must be warned, and when the visit must end.
//
// Start at Stack and Idle.
package navigation
