// Package faq has the questions that customers often ask, with their answers, and the index
// that finds a question while a visitor types (S2).
//
// The answers take the names of places from package flows, and settings and helplines from the
// desk. Start at Sections. NewIndex is the search.
package faq
