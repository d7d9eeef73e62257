// Package web shows a desk from outside, over HTTP: whether it is alive
// (/healthz), whether it can serve (/readyz), and in numbers how it does
// (/metrics, in the format of Prometheus).
//
// [Metrics] is what the rest of the program tells what happens. Its methods take
// plain words and numbers, and one that is nil counts nothing, so that nobody has
// to ask whether somebody counts. Every word that becomes the value of a label is
// one of a list that was given beforehand, or else "other": so nothing that a
// visitor, an operator or a mail server says can get into a metric, and the number
// of series stays what it was at the start.
//
// What is looked up in the store is looked up when somebody asks, and kept for a
// while: see lookup. The rules in alerts.yml say what is worth waking somebody for.
//
// It is served by httpserver, as is the page for phones (app), each within limits of its
// own.
//
// Start at Metrics, then Handler.
package web
