// Package dialogue is the conversation of a visitor with the desk in lines. The desk writes a text and a question, and the
// visitor answers it or types a command.
//
// A Session writes texts in the visitor's language, lists choices, asks questions, runs slow work, and measures how long the
// visitor does nothing. It holds the open Screens, which decide what to write and to ask. This package contains no Screen. If
// a question gets no answer, it ends with an error: an error of commands.go, an Ending, or the error of a Watch.
//
// Start at Screen, then Session.Choose and Session.Ask.
package dialogue
