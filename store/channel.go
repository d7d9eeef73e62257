package store

// Channel is how a message reaches somebody.
type Channel string

const (
	ByEmail  Channel = "email"
	ByLetter Channel = "letter"
)

// Channels lists them.
var Channels = []Channel{ByEmail, ByLetter}
