package delivery

// A Refusal is a failure that concerns one message. Every other error is a failure of the channel, which would affect all
// messages.
type Refusal struct {
	Why         string // Why is the reason in the program's own words; it contains no address and no fact.
	IsPermanent bool
	// FromServer means that the server refused the message. A server may refuse all addressees with the same reply.
	FromServer bool
}

func (r *Refusal) Error() string { return r.Why }

// A ChannelError is a failure of the channel that no message can have caused.
type ChannelError struct{ Err error }

func (c *ChannelError) Error() string { return c.Err.Error() }
func (c *ChannelError) Unwrap() error { return c.Err }

// An UnclearDeliveryError is a failure of the channel that leaves it unclear whether a message arrived. If the message is sent again,
// it may arrive twice.
type UnclearDeliveryError struct{ Err error }

func (u *UnclearDeliveryError) Error() string { return u.Err.Error() }
func (u *UnclearDeliveryError) Unwrap() error { return u.Err }

// OperatorError is an error in the program's own words, which an operator may read.
type OperatorError string

func (e OperatorError) Error() string { return string(e) }
