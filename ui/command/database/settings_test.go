package database_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/kong"
	"github.com/google/go-cmp/cmp"

	"loket/flows/desk"
	"loket/flows/maintenance"
	"loket/store"
	"loket/ui/command/commandtest"
	"loket/ui/command/database"
)

// TestSettingsDiffer opens desks and gives commands with settings of their own. A desk knows in what it differs from the one
// before, and a command tells in what it differs from the desk, unless it takes over the desk's settings.
func TestSettingsDiffer(t *testing.T) {
	d := commandtest.DatabaseWithPeople(t)
	own, keep := desk.DefaultSettings(), maintenance.Settings{Audit: 7 * 365 * 24 * time.Hour}
	changed := own
	changed.NumberMonths, changed.SupportEmail, changed.IdleBefore = 8, "hulp@example.org", time.Hour
	commandtest.CallWithStore(t, d, func(c *commandtest.Session, s *store.Store) {
		record := func(does string, settings desk.Settings, keep maintenance.Settings, want ...string) {
			t.Helper()
			differences, err := database.RecordSettings(t.Context(), s, settings, keep)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, differences); diff != "" {
				t.Errorf("%s (-want +got):\n%s", does, diff)
			}
		}
		if c.SettingsInUse(t.Context(), s, changed); c.Stderr.Len() > 0 {
			t.Errorf("before there was a desk: %s", &c.Stderr)
		}
		record("the first desk", own, keep)
		record("the same", own, keep)
		if got := c.SettingsInUse(t.Context(), s, changed); got.NumberMonths != 8 {
			t.Error("the settings of the command do not count")
		}
		if want := "Warning: the desk on this database was opened with other settings than this command has: --set-number-months 6, and here 8, --set-support-email nothing, and here hulp@example.org.\n"; c.Stderr.String() != want {
			t.Errorf("says %q", &c.Stderr)
		}
		c.Stderr.Reset()
		if c.RetentionInUse(t.Context(), s, maintenance.Settings{}); !strings.Contains(c.Stderr.String(), "--set-keep-audit 2555d, and here 0s") {
			t.Errorf("about retention: %q", &c.Stderr)
		}
		c.Stderr.Reset()
		beside := database.RemoteSession(c.Console, &database.OpenDatabase{Database: d, Store: s, Settings: own}, commandtest.OperatorKeyHolder)
		if got := beside.SettingsInUse(t.Context(), s, changed); got.NumberMonths != 6 || c.Stderr.Len() > 0 {
			t.Errorf("beside an open desk: %d, says %q", got.NumberMonths, &c.Stderr)
		}
		record("another desk", changed, keep, "--set-number-months 6, and here 8", "--set-support-email nothing, and here hulp@example.org")
		record("and again", changed, keep)
	})
}

// TestSettingNames checks that a difference names the flag as the command line does.
func TestSettingNames(t *testing.T) {
	var flags struct {
		Settings desk.Settings        `embed:"" prefix:"set-"`
		Keep     maintenance.Settings `embed:"" prefix:"set-keep-"`
	}
	parser, err := kong.New(&flags)
	if err != nil {
		t.Fatal(err)
	}
	commandtest.CallWithStore(t, commandtest.DatabaseWithPeople(t), func(_ *commandtest.Session, s *store.Store) {
		if _, err := database.RecordSettings(t.Context(), s, desk.DefaultSettings(), maintenance.Settings{}); err != nil {
			t.Fatal(err)
		}
		if err := s.View(t.Context(), func(tx *store.Tx) error {
			stored, _ := tx.DeskSettings()
			for name := range stored.Values {
				if !slices.ContainsFunc(parser.Model.Flags, func(f *kong.Flag) bool { return f.Name == name }) {
					t.Errorf("there is no flag --%s", name)
				}
			}
			if _, local := stored.Values["set-idle-before"]; local || len(stored.Values) < 30 {
				t.Errorf("stored %v", stored.Values)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	})
}
