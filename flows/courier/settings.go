package courier

import (
	"encoding/binary"
	"hash/fnv"
	"time"

	"loket/store"
)

// Settings are the waiting times and time limits of a courier. The struct tags hold each setting's default and its help on the
// command line.
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

// ShortestSetting returns the shortest duration among the settings.
func (s Settings) ShortestSetting() time.Duration {
	return min(s.Lease, s.FirstWait, s.LastWait, s.GiveUp, s.FirstOutage, s.LastOutage, s.Poll, s.Answer, s.Stop)
}

// retryDelay returns how long a message waits after a failure. The delay is shortened by up to a fifth, depending on a hash of
// the message ID, so that messages that failed together are not retried together.
func (s Settings) retryDelay(m store.Message) time.Duration {
	d := backoffDelay(s.FirstWait, s.LastWait, m.Attempts)
	h := fnv.New32a()
	h.Write(binary.BigEndian.AppendUint64([]byte(m.ID), uint64(m.Attempts)))
	return d - time.Duration(h.Sum32()%1024)*(d/5)/1024
}

// outageDelay returns how long a channel is left alone after a number of outages in a row.
func (s Settings) outageDelay(outages int) time.Duration {
	return backoffDelay(s.FirstOutage, s.LastOutage, max(outages-1, 0))
}

// backoffDelay doubles first the given number of times, up to last.
func backoffDelay(first, last time.Duration, times int) time.Duration {
	d := min(first, last)
	for n := 0; n < times && d < last; n++ {
		d = min(2*d, last)
	}
	return d
}
