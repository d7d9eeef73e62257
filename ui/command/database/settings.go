package database

import (
	"context"
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"

	"loket/flows/desk"
	"loket/flows/maintenance"
	"loket/flows/timespan"
	"loket/store"
)

// Prefixes of the names of settings, as the flags of commands have them.
const (
	deskSettingPrefix      = "set-"
	retentionSettingPrefix = "set-keep-"
)

// processScope is the value of the tag scope of a setting that may differ between the processes of one database.
const processScope = "process"

// SettingsInUse returns the settings of the desk that is open. If no desk is open in this process it returns the given settings,
// and tells the operator in what they differ from those of the desk that was opened last.
func (c *CommandSession) SettingsInUse(ctx context.Context, s *store.Store, given desk.Settings) desk.Settings {
	if c.OpenDatabase != nil {
		return c.OpenDatabase.Settings
	}
	c.warnOfDifferingSettings(ctx, s, settingTexts(deskSettingPrefix, given))
	return given
}

// RetentionInUse is SettingsInUse for the retention times.
func (c *CommandSession) RetentionInUse(ctx context.Context, s *store.Store, given maintenance.Settings) maintenance.Settings {
	if c.OpenDatabase != nil {
		return c.OpenDatabase.Retention
	}
	c.warnOfDifferingSettings(ctx, s, settingTexts(retentionSettingPrefix, given))
	return given
}

// warnOfDifferingSettings tells the operator in what settings differ from those of the desk that was opened last. If they cannot be
// read, it tells nothing, because the command itself meets the same error.
func (c *CommandSession) warnOfDifferingSettings(ctx context.Context, s *store.Store, own map[string]string) {
	var differences []string
	_ = s.View(ctx, func(tx *store.Tx) error {
		differences = settingDifferences(tx, own)
		return nil
	})
	if len(differences) > 0 {
		c.PrintNotice("Warning: the desk on this database was opened with other settings than this command has: %s.", strings.Join(differences, ", "))
	}
}

// RecordSettings stores the settings of a desk that is being opened. It returns in what they differ from those of the desk that
// was opened before, each as a flag with both values.
func RecordSettings(ctx context.Context, s *store.Store, settings desk.Settings, keep maintenance.Settings) (differences []string, err error) {
	own := settingTexts(deskSettingPrefix, settings)
	maps.Copy(own, settingTexts(retentionSettingPrefix, keep))
	err = s.Update(ctx, func(tx *store.Tx) error {
		differences = settingDifferences(tx, own)
		if before, found := tx.DeskSettings(); !found || !maps.Equal(before.Values, own) {
			tx.PutDeskSettings(store.DeskSettings{Values: own})
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("store the settings: %w", err)
	}
	return differences, nil
}

// settingDifferences returns in what settings differ from those that are stored. A setting that only one of them has is left
// out, because another version of the program wrote it.
func settingDifferences(tx *store.Tx, own map[string]string) (differences []string) {
	stored, _ := tx.DeskSettings()
	for _, name := range slices.Sorted(maps.Keys(own)) {
		if value, found := stored.Values[name]; found && value != own[name] {
			differences = append(differences, fmt.Sprintf("--%s %s, and here %s", name, orNothing(value), orNothing(own[name])))
		}
	}
	return differences
}

func orNothing(value string) string {
	if value == "" {
		return "nothing"
	}
	return value
}

// settingTexts returns the values of settings as text, by the names of their flags. It leaves out those that may differ between
// processes.
func settingTexts(prefix string, settings any) map[string]string {
	texts := map[string]string{}
	values := reflect.ValueOf(settings)
	for field, value := range values.Fields() {
		if field.Tag.Get("scope") != processScope {
			texts[prefix+flagName(field.Name)] = settingText(value.Interface())
		}
	}
	return texts
}

func settingText(value any) string {
	if d, is := value.(time.Duration); is {
		return timespan.Format(d)
	}
	return fmt.Sprint(value)
}

// flagName returns the name of the flag of a field, as kong forms it.
func flagName(field string) string {
	return strings.ToLower(wordStart.ReplaceAllString(field, "$1-$2"))
}

// wordStart matches the beginning of a word within the name of a field.
var wordStart = regexp.MustCompile(`([a-z])([A-Z])`)
