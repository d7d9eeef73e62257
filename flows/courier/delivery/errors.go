package delivery

// A Refusal is a failure of one message. Every other error is a failure of the
// channel, in which all messages would be.
type Refusal struct {
	Why     string // in words of our own: tells neither address nor fact
	ForGood bool
}

func (r *Refusal) Error() string { return r.Why }

// A ChannelError is a failure of the channel that no message can be the cause of.
type ChannelError struct{ Err error }

func (c *ChannelError) Error() string { return c.Err.Error() }
func (c *ChannelError) Unwrap() error { return c.Err }

// Error is an error in words of our own.
type Error string

func (e Error) Error() string { return string(e) }
