// Package httpserver serves HTTP with limits on how long a request and its response may take,
// and on the connections of all clients and of one address.
//
// The package stands on net/http alone. Start at ServeOn.
package httpserver
