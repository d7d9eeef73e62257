// Package web monitors a desk over HTTP: whether the process is alive (/healthz), whether it can
// serve visitors (/readyz), and its metrics (/metrics, in the format of Prometheus).
//
// The rest of the program calls [Metrics] when something happens. Its methods take plain words and
// numbers. They do nothing on nil, so that callers need not check. Every value of a label is from a
// list that was given at the start, or else "other". So no text of a visitor, an operator or a mail
// server can get into a metric, and the number of series does not grow.
//
// Values from the store are read when a client asks for the metrics, and cached for a while: see
// lookup.go. The rules in alerts.yml say when to alert an operator.
//
// Package httpserver serves it, and also the page for phones (app), each within its own limits.
//
// Start at Metrics, then Handler.
package web
