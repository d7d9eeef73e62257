package desks

import (
	"cmp"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"loket/ui/command/commandtest"
	"loket/ui/command/console"
	"loket/ui/command/dispatch"
	"loket/ui/exitcode"
	"loket/ui/theme"
)

// judged returns the error of a command about its flags, before the command does anything.
func judged(t *testing.T, args string) error {
	t.Helper()
	var grammar struct {
		Serve ServeCommand `cmd:""`
		Kiosk KioskCommand `cmd:""`
	}
	parser, err := dispatch.NewParser(&grammar, io.Discard, func(int) {})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parser.Parse(strings.Fields(args)); err != nil {
		t.Fatal(err)
	}
	if strings.HasPrefix(args, "serve") {
		return cmp.Or(grammar.Serve.CheckFlags()...)
	}
	return cmp.Or(grammar.Kiosk.CheckFlags()...)
}

// TestVisitTheme checks that only a kiosk has the spacious theme by default, and that a flag overrides this.
func TestVisitTheme(t *testing.T) {
	for _, c := range []struct {
		named theme.Name
		kiosk bool
		want  theme.Name
	}{
		{automaticTheme, false, theme.Normal},
		{automaticTheme, true, theme.Spacious},
		{theme.Normal, true, theme.Normal},
		{theme.SpaciousContrast, false, theme.SpaciousContrast},
	} {
		if got := visitTheme(c.named, c.kiosk); got != c.want {
			t.Errorf("with --kiosk %t and --theme %s a visit begins with %s", c.kiosk, c.named, got)
		}
	}
}

// TestFlagsThatGoTogether checks which combinations of the flags of serve and kiosk are allowed, and the errors of the others.
func TestFlagsThatGoTogether(t *testing.T) {
	for args, want := range map[string]string{ // The wanted error is empty if the flags are allowed.
		"serve":                                    "",
		"serve --listen :2222 --http 9464":         "",
		"serve --terminals t":                      "--terminals and --operators are for real customers",
		"serve --operators o":                      "--terminals and --operators are for real customers",
		"serve --db x":                             "say with --terminals or --operators who may come to x",
		"serve --db x --terminals t":               "",
		"serve --db x --operators o":               "",
		"serve --db x --terminals t --operators o": "",
		"serve --set-ssh-sessions 0":               "every --set-ssh setting must be more than nothing",
		"serve --set-ssh-idle=-1s":                 "every --set-ssh setting must be more than nothing",
		"serve --spool s":                          "--smtp and --spool are for real customers",
		"serve --db x --terminals t --spool s":     "",
		"serve --smtp localhost:25":                "--smtp and --spool are for real customers",
		"serve --http here":                        "--http here is neither HOST:PORT nor a port",
		"serve --set-keep-challenges=-1h":          "no --set-keep setting can be below zero",
		"serve --set-keep-audit 1h":                "--set-keep-audit must be 30d at the least",
		"kiosk":                                    "",
		"serve --speech unix:/run/s":               "--speech is for loket kiosk: over SSH a screen reader at the visitor's own end",
		"kiosk --speech unix:/run/s":               "",
		"kiosk --speech unix:/run/s --plain":       "--speech is for the full screen",
		"kiosk --speech /run/s":                    "--speech takes unix: and the full path of a socket",
		"kiosk --speech-headset":                   "--speech-headset is for a desk that speaks",
		"kiosk --kiosk":                            "--kiosk is for real customers",
		"kiosk --db x --kiosk":                     "",
		"kiosk --app-listen 8023":                  "",
		"kiosk --app-listen 0":                     "",
		"kiosk --app-listen localhost:8023":        "",
		"kiosk --app-listen 127.0.0.2:8023":        "",
		"kiosk --app-listen [::1]:8023":            "",
		"kiosk --app-listen :8023":                 "",
		"kiosk --app-listen here":                  "--app-listen here is neither HOST:PORT nor a port",
		"kiosk --app-listen 65536":                 "--app-listen 65536 is neither HOST:PORT nor a port",
		"kiosk --app-listen 0.0.0.0:8023":          "--app-listen 0.0.0.0:8023 is open to other machines: give --app-cert and --app-key, or listen on this machine alone",
		"kiosk --app-listen [::]:8023":             "--app-listen [::]:8023 is open to other machines",
		"kiosk --app-listen 192.0.2.1:8023":        "--app-listen 192.0.2.1:8023 is open to other machines",
		"kiosk --app-listen desk.example.org:8023": "--app-listen desk.example.org:8023 is open to other machines",
		"kiosk --db x":                             "",
		"kiosk --db x --app-listen 8023":           "say with --app-url at which address",
		"kiosk --db x --app-listen 8023 --app-url https://app.example.org":                           "",
		"kiosk --db x --app-listen 8023 --app-url http://localhost:8023":                             "",
		"kiosk --app-url https://app.example.org":                                                    "",
		"kiosk --app-url https://app.example.org/nn":                                                 "",
		"kiosk --app-url http://localhost:9000":                                                      "",
		"kiosk --app-url http://app.example.org":                                                     "--app-url http://app.example.org: phones make keys for https:// alone, and for http://localhost",
		"kiosk --app-url https://192.0.2.1":                                                          "--app-url https://192.0.2.1: phones make keys for names, and not for numbers",
		"kiosk --app-url app.example.org":                                                            `--app-url "app.example.org" is no address such as https://app.example.org`,
		"kiosk --app-cert c":                                                                         "--app-cert and --app-key go together",
		"kiosk --app-url https://app.example.org --app-key k":                                        "--app-cert and --app-key go together",
		"kiosk --app-cert c --app-key k":                                                             "say with --app-url at which address",
		"kiosk --app-listen 0.0.0.0:8443 --app-cert c --app-key k":                                   "say with --app-url at which address",
		"kiosk --app-url http://localhost --app-cert c --app-key k":                                  "--app-cert is of no use without an --app-url that begins with https://",
		"kiosk --app-url https://app.example.org --app-listen 0.0.0.0:8443":                          "--app-listen 0.0.0.0:8443 is open to other machines",
		"kiosk --app-url https://app.example.org --app-listen 0.0.0.0:8443 --app-cert c --app-key k": "",
		"serve --app-url https://app.example.org --app-listen 0.0.0.0:8443 --app-cert c --app-key k": "",
		"serve --app-url https://app.example.org":                                                    "",
		"serve --app-url http://localhost:8023":                                                      "",
		"serve --app-listen 8023":                                                                    "say with --app-url at which address phones find the page of the NN App",
		"serve --db x --terminals t --app-listen 8023":                                               "say with --app-url at which address",
		"serve --db x --terminals t --app-url https://app.example.org":                               "",
	} {
		err := judged(t, args)
		_, usage := errors.AsType[console.UsageError](err)
		if want == "" && err != nil || want != "" && (!usage || !strings.HasPrefix(err.Error(), want)) {
			t.Errorf("loket %s: %v, want %q", args, err, want)
		}
	}
}

// TestFlagsThatDoNotGoTogether checks that flags that are not allowed together give the exit code of wrong usage, before
// anything is opened.
func TestFlagsThatDoNotGoTogether(t *testing.T) {
	for _, args := range []string{"serve --terminals t", "serve --app-listen 8023", "kiosk --app-listen 0.0.0.0:1", "kiosk --app-cert c"} {
		var grammar struct {
			Serve ServeCommand `cmd:""`
			Kiosk KioskCommand `cmd:""`
		}
		c := commandtest.New("")
		if code := dispatch.Run(t.Context(), &grammar, strings.Fields(args), &c.CommandSession, kong.Bind(nobody)); code != exitcode.WrongUsage || strings.Count(c.Stderr.String(), "\n") != 1 {
			t.Errorf("loket %s: exit code %d, %s", args, code, &c.Stderr)
		}
	}
}
