// Package web monitors a desk over HTTP. It answers whether the process is alive (/healthz) and whether it can serve visitors
// (/readyz), and returns its metrics (/metrics, in the format of Prometheus).
//
// The rest of the program calls the methods of [Metrics] when something happens. They take plain words and numbers, and do
// nothing on a nil Metrics, so that callers need not check. Every value of a label comes from a list that is given at the
// start, or is "other". So no text from a visitor, an operator or a mail server can get into a metric, and the number of time
// series does not grow.
//
// Values from the store are read when a client asks for the metrics, and are cached for a while (see lookup.go). The rules in
// alerts.yml say when to alert an operator.
//
// Package httpserver serves these pages, and also the page for phones (package app), each within its own limits. Start reading
// at Metrics, then Handler.
package web
