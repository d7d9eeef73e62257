// Package limits limits the resources that clients of the SSH server may use, so that a flood slows down only the clients that
// cause it. Each limit works independently:
//
//   - Limiter limits the number of connections, handshakes and sessions, and the rate of new ones.
//   - Conn limits the rate at which bytes arrive, and the time for which a client may accept no output.
//   - TurnLimiter limits how often the server works for a visitor.
//   - CellBudget limits the sizes of terminals, which take most of a session's memory.
//   - MemoryReleaser limits the time for which unused memory is kept.
//
// The package uses no other package of this program. Start reading at Settings.
package limits
