// Package httpserver serves HTTP with limits: on how long a request and its response may take, and on the number of
// connections, of all clients and of each address. It uses only net/http. Start reading at ServeOn.
package httpserver
