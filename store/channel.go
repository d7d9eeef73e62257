package store

// Channel is the way in which a message is sent.
type Channel string

const (
	ByEmail  Channel = "email"
	ByLetter Channel = "letter"
)

// Channels lists all channels.
var Channels = []Channel{ByEmail, ByLetter}
