// Package faq has the frequently asked questions with their answers, and a search index that finds questions while a visitor
// types (S2).
//
// The answers contain names of places from package flows, and settings and helplines of the desk. Start at Sections. NewQuestionIndex
// makes the search index.
package faq
