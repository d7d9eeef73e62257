package database

import (
	"loket/flows/maintenance"
	"loket/ui/command/console"
)

// CheckRetention returns an error if a retention time is out of range.
func CheckRetention(s maintenance.Settings) error {
	if s.ShortestSetting() < 0 {
		return console.UsageError("no --set-keep setting can be below zero")
	}
	if s.Audit != 0 && s.Audit < maintenance.ShortestAudit {
		return console.UsageError("--set-keep-audit must be 30d at the least, or 0 for ever")
	}
	return nil
}

// RetentionInUse returns the retention times of the desk that is open, or the given times if no desk is open.
func (c *Session) RetentionInUse(given maintenance.Settings) maintenance.Settings {
	if c.OpenDatabase != nil {
		return c.OpenDatabase.Retention
	}
	return given
}
