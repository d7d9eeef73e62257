// Package buildinfo returns the version of the program, and the date of its sources.
package buildinfo

import (
	"runtime/debug"
	"time"
)

// Version returns the version and revision of the program: "v1.2.3 (revision)".
func Version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	v := info.Main.Version
	if revision := buildSetting(info, "vcs.revision"); revision != "" {
		v += " (" + revision + ")"
	}
	return v
}

// Date returns the time of the commit from which the program was built, or the zero time if that
// is not known.
func Date() time.Time {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return time.Time{}
	}
	date, err := time.Parse(time.RFC3339, buildSetting(info, "vcs.time"))
	if err != nil {
		return time.Time{}
	}
	return date
}

func buildSetting(info *debug.BuildInfo, key string) string {
	for _, s := range info.Settings {
		if s.Key == key {
			return s.Value
		}
	}
	return ""
}
