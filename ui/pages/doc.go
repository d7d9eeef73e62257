// Package pages is the screens that ask for nothing: the menus, of which home is
// the first; contact; questions and their answers; what the desk knows of a customer,
// and what happened to their account; how a flow ended; and help.
//
// What is only read is built as data by package view, which the plain face reads out; DrawPage
// draws it, and Choices are what can be chosen on it. Start at NewMenu, or at DrawPage. Each
// other file is a screen, and none knows another but a question its answer.
package pages
