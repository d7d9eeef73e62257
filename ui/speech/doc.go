// Package speech speaks texts through speech-dispatcher, the speech service of Linux. It is a client of its protocol SSIP
// (https://htmlpreview.github.io/?https://github.com/brailcom/speechd/blob/master/doc/ssip.html) on a Unix socket.
//
// A Speaker never makes its caller wait: a goroutine sends the texts, and the caller asks later what became of them. Text is
// sent as data, without control characters, and markup in it (SSML) is off. If the service is gone, hangs, or answers
// something that is not SSIP, the Speaker closes the connection and is lost until it is turned on again.
//
// Start at Speaker, then read connection.
package speech
