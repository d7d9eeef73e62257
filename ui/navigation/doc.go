// Package navigation is how a visitor goes from place to place, and how long they may do
// nothing, whichever face shows the screens.
//
// A Stack holds the screens that are open, from home, which is never left, up to the one on
// top. It says what a Move would do, and what the visitor would lose by it, before it does
// so: what stays open under where they go, and what they need not tell again. What a screen
// is in this, it says by being one of the interfaces of rules.go. Idle measures how long the
// visitor did nothing, and says what is due.
//
// It stands on the table of places in package flows, and knows no face. Start at
// Stack.Step and Idle.Next.
package navigation
