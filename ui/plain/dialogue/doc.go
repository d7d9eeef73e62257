// Package dialogue is the conversation of a visitor and the desk in lines: the desk writes a
// text and a question, and takes an answer, a command, or the lack of an answer.
//
// A Session writes texts in the visitor's language, lists choices and asks for one, runs slow
// work, and measures how long the visitor does nothing. It holds the open Screens, which
// decide what to write and to ask. This package has no Screen itself. A question without an
// answer ends with an error: one of commands.go, an Ending, or the error of a Watch.
//
// The package stands on package lines, which reads and writes, on package navigation for the
// open screens and for idle time, and on package words. Start at Screen, then Session.Choose
// and Session.Ask.
package dialogue
