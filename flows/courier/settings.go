package courier

import (
	"encoding/binary"
	"hash/fnv"
	"time"

	"loket/store"
)

// Settings are how patient a courier is. Each is declared once: the tags give
// its default, and what a command line says about it.
type Settings struct {
	Lease       time.Duration `default:"2m" help:"How long a message in hand is nobody else's; after that, it is taken for lost."`
	FirstWait   time.Duration `default:"5s" help:"Wait after the first trouble with a message; each time after that it is twice as long."`
	LastWait    time.Duration `default:"1h" help:"Longest wait after trouble with a message."`
	GiveUp      time.Duration `default:"24h" help:"Time of trying after which a message is given up."`
	FirstOutage time.Duration `default:"5s" help:"Wait after the first trouble with a mail server or spool folder; each time after that it is twice as long."`
	LastOutage  time.Duration `default:"2m" help:"Longest wait after trouble with a mail server or spool folder."`
	Poll        time.Duration `default:"3s" help:"How often to look for messages that another process wrote."`
	Answer      time.Duration `default:"1m" help:"Longest that a mail server or a print command takes over one message; must be shorter than the lease."`
	Stop        time.Duration `default:"3s" help:"Longest that a message in hand takes when loket stops."`
}

// ShortestTime is the shortest of all these times.
func (s Settings) ShortestTime() time.Duration {
	return min(s.Lease, s.FirstWait, s.LastWait, s.GiveUp, s.FirstOutage, s.LastOutage, s.Poll, s.Answer, s.Stop)
}

// retryDelay is how long m waits after a failure. Messages that met it together do not
// come back together: up to a fifth of the time is left out, as the ID has it.
func (s Settings) retryDelay(m store.Message) time.Duration {
	d := backoff(s.FirstWait, s.LastWait, m.Attempts)
	h := fnv.New32a()
	h.Write(binary.BigEndian.AppendUint64([]byte(m.ID), uint64(m.Attempts)))
	return d - time.Duration(h.Sum32()%1024)*(d/5)/1024
}

// outageDelay is how long a channel is left in peace after so many outages in a row.
func (s Settings) outageDelay(outages int) time.Duration {
	return backoff(s.FirstOutage, s.LastOutage, max(outages-1, 0))
}

// backoff is first, doubled so many times, and never more than last.
func backoff(first, last time.Duration, times int) time.Duration {
	d := min(first, last)
	for n := 0; n < times && d < last; n++ {
		d = min(2*d, last)
	}
	return d
}
