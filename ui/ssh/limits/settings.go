package limits

import "time"

// Settings limit what each address, and all clients together, may ask of the server.
type Settings struct {
	Sessions           int           `default:"256" help:"Sessions at once. Operators do not count."`
	SessionsPerAddress int           `default:"8" help:"Sessions at once from one address. Terminals and operators do not count."`
	ConnectRate        float64       `default:"10" help:"New sessions a second from one address, in the long run. Connections may be four times as many, and more where keys come from."`
	ConnectBurst       int           `default:"40" help:"New sessions at once from one address, and connections as above."`
	Handshakes         int           `default:"128" help:"Connections at once that have yet to show who they are."`
	Handshake          time.Duration `default:"15s" help:"How long that may take, and how long a connection may be without a session."`
	Idle               time.Duration `default:"20m" help:"How long a demo or the service desk stays open in which nothing is typed."`
	Receive            int           `default:"16384" help:"Bytes a second that are taken from a client, whatever they are. Of operators all is taken."`
	Columns            int           `default:"200" help:"Columns of a terminal that are drawn on."`
	Rows               int           `default:"60" help:"Rows of a terminal that are drawn on."`
	Cells              int           `default:"500000" help:"Columns times rows beyond 80 times 24 that there are for all terminals together. On more, 80 by 24 are drawn on."`
	Turns              float64       `default:"4" help:"Times a second that it is a visitor's turn whatever others do, in the long run. A turn is for all that was typed since the last one."`
	TurnsBurst         int           `default:"30" help:"Turns that a visitor may have in a row."`
	TurnsTogether      int           `default:"150" help:"Turns a second that visitors may have beyond that, all together."`
	Paste              int           `default:"16384" help:"Bytes of one paste that are taken. The rest of it is dropped."`
	Stall              time.Duration `default:"15s" help:"How long a client may take nothing of what is sent to it."`
}

// SmallestLimit returns the smallest of the limits, whatever their units. It lets the caller check with one comparison that
// all limits are positive.
func (l Settings) SmallestLimit() float64 {
	return min(float64(l.Sessions), float64(l.SessionsPerAddress), l.ConnectRate, float64(l.ConnectBurst), float64(l.Handshakes),
		float64(l.Handshake), float64(l.Idle), float64(l.Receive), float64(l.Columns), float64(l.Rows), float64(l.Cells), l.Turns, float64(l.TurnsBurst), float64(l.TurnsTogether),
		float64(l.Paste), float64(l.Stall))
}

// The reasons for refusing a connection or a session.
const (
	RefusedConnectionRate  = "too many connections from an address"
	RefusedAddressConns    = "too many connections at once from an address"
	RefusedHandshake       = "too many handshakes"
	RefusedAddressSessions = "too many sessions from an address"
	RefusedServerFull      = "too many sessions"
	RefusedUnknownKey      = "nobody's key"
	RefusedTooMuchInput    = "too much input"
)

// Refusals lists all reasons for refusing a connection or a session.
var Refusals = []string{RefusedConnectionRate, RefusedAddressConns, RefusedHandshake, RefusedAddressSessions, RefusedServerFull, RefusedUnknownKey, RefusedTooMuchInput}
