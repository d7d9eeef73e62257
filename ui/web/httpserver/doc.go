// Package httpserver serves HTTP within bounds: how long a client may take to ask and to
// take an answer, how many there are at once, and how many of them from one address.
//
// It stands on net/http alone. Start at ServeOn.
package httpserver
