// Package navigation decides how a visitor goes from place to place, and measures how long
// the visitor does nothing. Both faces use it.
//
// A Stack holds the open screens, from home, which never closes, up to the screen on top. It
// previews a Move before it makes it: which screens would stay open, and whether the visitor
// would lose something. A screen says how it takes part by implementing interfaces of
// rules.go. Idle says which warning or ending is due after the visitor did nothing for a
// while.
//
// The package stands on the table of places in package flows, and knows no face. Start at
// Stack and Idle.
package navigation
