package courier

import (
	"encoding/binary"
	"hash/fnv"
	"time"

	"loket/store"
)

// wait is how long m waits after trouble. Messages that met it together do not
// come back together: up to a fifth of the time is left out, as the ID has it.
func (s Settings) wait(m store.Message) time.Duration {
	d := doubled(s.FirstWait, s.LastWait, m.Attempts)
	h := fnv.New32a()
	h.Write(binary.BigEndian.AppendUint64([]byte(m.ID), uint64(m.Attempts)))
	return d - time.Duration(h.Sum32()%1024)*(d/5)/1024
}

// outageWait is how long a channel is left in peace after so many outages in a row.
func (s Settings) outageWait(outages int) time.Duration {
	return doubled(s.FirstOutage, s.LastOutage, max(outages-1, 0))
}

// doubled is first, doubled so many times, and never more than last.
func doubled(first, last time.Duration, times int) time.Duration {
	d := first
	for range times {
		if d >= last {
			return last
		}
		d *= 2
	}
	return min(d, last)
}
