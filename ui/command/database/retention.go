package database

import (
	"loket/flows/maintenance"
	"loket/ui/command/console"
)

// CheckRetention refuses settings that are no times to keep something.
func CheckRetention(s maintenance.Settings) error {
	if s.ShortestSetting() < 0 {
		return console.UsageError("no --set-keep setting can be below zero")
	}
	if s.Audit != 0 && s.Audit < maintenance.ShortestAudit {
		return console.UsageError("--set-keep-audit must be 30d at the least, or 0 for ever")
	}
	return nil
}

// RetentionInUse returns for how long the desk that is open keeps what it has, or else
// the times given.
func (c *Session) RetentionInUse(given maintenance.Settings) maintenance.Settings {
	if c.OpenDatabase != nil {
		return c.OpenDatabase.Retention
	}
	return given
}
