// Package dialogue is a visitor and the desk talking in lines: the desk says something,
// asks, and takes the answer, a command, or that nothing is answered for too long.
//
// A Session says texts in the visitor's language, lists choices and asks for one, does
// work that takes a while, and measures how long the visitor does nothing. What there is
// to say and to ask is a Screen's, of which the Session holds those that are open; this
// package has none. A question that was not answered is left by one of the errors of
// commands.go, by an Ending, or by what a Watch found.
//
// It stands on package lines, which reads and writes, on package navigation for what is
// open and how long it may be, and on package words. Start at Screen, then Session.Choose
// and Session.Ask.
package dialogue
