package delivery

// A Refusal is a failure of one message. Every other error is a failure of the channel,
// which all messages would have.
type Refusal struct {
	Why         string // in our own words: contains neither address nor fact
	IsPermanent bool
	FromServer  bool // by the server, which may refuse everybody in the same words
}

func (r *Refusal) Error() string { return r.Why }

// A ChannelError is a failure of the channel that no message can be the cause of.
type ChannelError struct{ Err error }

func (c *ChannelError) Error() string { return c.Err.Error() }
func (c *ChannelError) Unwrap() error { return c.Err }

// An UnclearError is a failure of the channel after a message was sent, when it is
// unclear whether it arrived. It may arrive twice if it is tried again.
type UnclearError struct{ Err error }

func (u *UnclearError) Error() string { return u.Err.Error() }
func (u *UnclearError) Unwrap() error { return u.Err }

// Error is an error in our own words.
type Error string

func (e Error) Error() string { return string(e) }
