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
	if s.Audit != 0 && s.Audit < maintenance.ShortestAuditRetention {
		return console.UsageError("--set-keep-audit must be 30d at the least, or 0 for ever")
	}
	return nil
}
