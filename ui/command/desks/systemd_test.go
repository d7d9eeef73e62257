package desks

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/coreos/go-systemd/v22/unit"

	"loket/ui/command/commandtest"
	"loket/ui/command/dispatch"
	"loket/ui/command/display"
	"loket/ui/exitcode"
	"loket/ui/speech"
)

// unitNames are the units that there are.
var unitNames = []string{"serve", "kiosk", "speech", "terminal"}

// printed returns a unit as loket systemd prints it.
func printed(t *testing.T, name string, flags ...string) string {
	t.Helper()
	c, code := runSystemd(t, append([]string{name}, flags...)...)
	if code != exitcode.Done {
		t.Fatalf("loket systemd %s: exit code %d, %s", name, code, &c.Stderr)
	}
	return c.Stdout.String()
}

// runSystemd runs loket systemd with arguments.
func runSystemd(t *testing.T, args ...string) (c *commandtest.Session, code int) {
	c = commandtest.New("")
	var grammar struct {
		Systemd SystemdCommand `cmd:""`
	}
	return c, dispatch.Run(t.Context(), &grammar, append([]string{"systemd"}, args...), &c.CommandSession)
}

// directives returns the directives of a unit, by name.
func directives(t *testing.T, text string) map[string][]string {
	t.Helper()
	options, err := unit.DeserializeOptions(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]string{}
	for _, o := range options {
		all[o.Name] = append(all[o.Name], o.Value)
	}
	return all
}

// TestUnits checks the directives of each unit that the desk needs.
func TestUnits(t *testing.T) {
	both := map[string]string{
		"Type": "notify", "NotifyAccess": "main", "Restart": "always", "StartLimitIntervalSec": "0", "WatchdogSec": "60s",
		"User": "loket", "StateDirectory": "loket", "StateDirectoryMode": "0700", "StandardError": "journal", "LimitCORE": "0",
		"NoNewPrivileges": "yes", "MemoryDenyWriteExecute": "yes", "ProtectSystem": "strict", "PrivateDevices": "yes", "UMask": "0077",
	}
	for name, own := range map[string]map[string]string{
		"serve": {"ExecStart": "loket serve", "ExecReload": "/bin/kill -HUP $MAINPID", "EnvironmentFile": "-/etc/loket/serve.env", "CapabilityBoundingSet": "", "PrivateUsers": "yes"},
		"kiosk": {
			"ExecStart": "loket kiosk --kiosk", "EnvironmentFile": "-/etc/loket/kiosk.env", "CapabilityBoundingSet": "CAP_SYS_TTY_CONFIG",
			"TTYPath": "/dev/tty1", "StandardInput": "tty-force", "StandardOutput": "tty", "DeviceAllow": "/dev/tty1 rw", "Conflicts": "getty@tty1.service",
			"TTYReset": "yes", "TTYVHangup": "yes", "TTYVTDisallocate": "yes", "IPAddressDeny": "any", "IPAddressAllow": "localhost",
		},
	} {
		got := directives(t, printed(t, name))
		for _, want := range []map[string]string{both, own} {
			for directive, value := range want {
				if !slices.Equal(got[directive], []string{value}) {
					t.Errorf("%s: %s is %q, not %q", name, directive, got[directive], value)
				}
			}
		}
		for _, directive := range []string{"After", "Wants"} {
			if !strings.Contains(strings.Join(got[directive], " "), "time-sync.target") {
				t.Errorf("%s: %s names no time-sync.target", name, directive)
			}
		}
		if got["ProtectClock"] != nil || !slices.Contains(got["SystemCallFilter"], "adjtimex clock_adjtime") {
			t.Errorf("%s: the kernel cannot be asked whether the clock is synchronised", name)
		}
		if name == "kiosk" && !slices.Contains(got["Environment"], "TERM=linux") {
			t.Errorf("kiosk: no TERM=linux among %q", got["Environment"])
		}
	}
}

// TestConsoleIsSetUp checks that the console of a kiosk and of a terminal gets its font and key repeat before the desk, after what
// else sets it up, and that the desk also starts if that fails.
func TestConsoleIsSetUp(t *testing.T) {
	for _, name := range []string{"kiosk", "terminal"} {
		got := directives(t, printed(t, name))
		for directive, want := range map[string]string{
			"ExecStartPre": "-loket display console", "StandardInput": "tty-force",
			"CapabilityBoundingSet": "CAP_SYS_TTY_CONFIG", "AmbientCapabilities": "CAP_SYS_TTY_CONFIG",
		} {
			if !slices.Equal(got[directive], []string{want}) {
				t.Errorf("%s: %s is %q, not %q", name, directive, got[directive], want)
			}
		}
		for _, other := range []string{"console-setup.service", "systemd-vconsole-setup.service"} {
			if !strings.Contains(strings.Join(got["After"], " "), other) {
				t.Errorf("%s: does not wait for %s", name, other)
			}
		}
	}
}

// TestTouch checks what a touch screen changes in a unit: the same command is run in foot, in cage, and what a compositor needs is
// open, but nothing else.
func TestTouch(t *testing.T) {
	for name, command := range map[string]string{"kiosk": "loket kiosk --kiosk", "terminal": "/usr/local/lib/loket/terminal"} {
		got := directives(t, printed(t, name, "--touch"))
		for directive, want := range map[string][]string{
			"ExecStartPre":            {"", `/bin/sh -c 'loket display foot --force "$$0" || exec env -u LOKET_DISPLAY_INCHES -u LOKET_DISPLAY_DISTANCE loket display foot --force "$$0"' %t/loket-touch/foot.ini`},
			"ExecStart":               {"", "/usr/bin/cage -m last -- /usr/bin/foot --config=%t/loket-touch/foot.ini " + command},
			"CapabilityBoundingSet":   {""},
			"AmbientCapabilities":     {""},
			"DeviceAllow":             {"", "char-drm rw"},
			"RestrictAddressFamilies": {"AF_NETLINK"},
			"InaccessiblePaths":       {"-/usr/bin/Xwayland"},
			"RuntimeDirectoryMode":    {"0700"},
		} {
			if !slices.Equal(got[directive], want) {
				t.Errorf("%s: %s is %q, not %q", name, directive, got[directive], want)
			}
		}
		checkFootSettings(t, got["ExecStartPre"][1])
		for _, kept := range []string{"DevicePolicy", "IPAddressDeny", "IPAddressAllow", "MemoryDenyWriteExecute", "NoNewPrivileges", "SystemCallFilter", "ProtectSystem", "User", "PAMName"} {
			if got[kept] != nil {
				t.Errorf("%s: %s changes to %q", name, kept, got[kept])
			}
		}
		if isNotify := name == "kiosk"; (got["UnsetEnvironment"] != nil) != isNotify || (got["NotifyAccess"] != nil) != isNotify {
			t.Errorf("%s: UnsetEnvironment is %q, and NotifyAccess %q", name, got["UnsetEnvironment"], got["NotifyAccess"])
		}
	}
	for _, name := range []string{"serve", "speech", "terminal-script"} {
		if _, code := runSystemd(t, name, "--touch"); code != exitcode.WrongUsage {
			t.Errorf("loket systemd %s --touch: exit code %d", name, code)
		}
	}
}

// checkFootSettings runs what a unit runs before foot, with a loket that fails if it has a measure of the screen that is wrong. It must
// succeed without that measure.
func checkFootSettings(t *testing.T, directive string) {
	t.Helper()
	shell, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("there is no sh")
	}
	dir := t.TempDir()
	fake := "#!/bin/sh\n[ -z \"$LOKET_DISPLAY_INCHES\" ] && echo \"$*\" > " + dir + "/wrote\n"
	if err := os.WriteFile(filepath.Join(dir, "loket"), []byte(fake), 0o700); err != nil {
		t.Fatal(err)
	}
	script := strings.ReplaceAll(strings.Split(directive, "'")[1], "$$", "$")
	run := exec.CommandContext(t.Context(), shell, "-c", script, "foot.ini")
	run.Env = append(os.Environ(), "PATH="+dir+":"+os.Getenv("PATH"), "LOKET_DISPLAY_INCHES=wide")
	if said, err := run.CombinedOutput(); err != nil {
		t.Errorf("%s: %v, %s", directive, err, said)
	}
	if wrote, err := os.ReadFile(filepath.Join(dir, "wrote")); err != nil || string(wrote) != "display foot --force foot.ini\n" {
		t.Errorf("it wrote %q: %v", wrote, err)
	}
}

// TestSpeechUnit checks that the unit of the speech service writes no text that is spoken, that it has no network, and that the
// desk can speak through its socket.
func TestSpeechUnit(t *testing.T) {
	text := printed(t, "speech")
	got := directives(t, text)
	for directive, want := range map[string]string{"DynamicUser": "yes", "Group": "loket", "RuntimeDirectoryMode": "0750", "PrivateNetwork": "yes", "RestrictAddressFamilies": "AF_UNIX", "LimitCORE": "0"} {
		if !slices.Equal(got[directive], []string{want}) {
			t.Errorf("%s is %q, not %q", directive, got[directive], want)
		}
	}
	run := got["ExecStart"][0]
	for _, want := range []string{"--log-level 1 ", "--socket-path %t/loket-speech/socket", "--timeout 0"} {
		if !strings.Contains(run, want) {
			t.Errorf("no %s in %s", want, run)
		}
	}
	address := regexp.MustCompile(`LOKET_SPEECH=(\S+)`).FindStringSubmatch(text)[1]
	if err := speech.Address(address).Check(); err != nil || strings.TrimPrefix(address, "unix:/run/") != "loket-speech/socket" {
		t.Errorf("the desk speaks through %s: %v", address, err)
	}
}

// TestUnitVariables checks that every environment variable in a unit, or in the example settings of a package, sets a flag of
// its command, or of those that a kiosk runs before it.
func TestUnitVariables(t *testing.T) {
	var grammar struct {
		Serve ServeCommand `cmd:""`
		Kiosk KioskCommand `cmd:""`
	}
	var before struct {
		display.Commands `embed:""`
	}
	parser, err := dispatch.NewParser(&grammar, io.Discard, func(int) {})
	if err != nil {
		t.Fatal(err)
	}
	displays, err := dispatch.NewParser(&before, io.Discard, func(int) {})
	if err != nil {
		t.Fatal(err)
	}
	for _, command := range parser.Model.Children {
		var known []string
		for _, each := range append(displays.Model.Children, command) {
			for _, flag := range each.Flags {
				known = append(known, flag.Envs...)
			}
		}
		example, err := os.ReadFile("../../../.config/package/" + command.Name + ".env")
		if err != nil {
			t.Fatal(err)
		}
		for _, variable := range regexp.MustCompile(`LOKET_[A-Z_]+`).FindAllString(printed(t, command.Name)+string(example), -1) {
			if !slices.Contains(known, variable) {
				t.Errorf("loket %s takes no %s", command.Name, variable)
			}
		}
	}
}

// TestSystemdAgrees makes systemd check the units: it knows all directives, and the exposure of the services is low.
func TestSystemdAgrees(t *testing.T) {
	analyze, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("systemd-analyze is not installed")
	}
	ourselves, err := os.Executable() // systemd requires that the program exists.
	if err != nil {
		t.Fatal(err)
	}
	program := regexp.MustCompile(`(?m)^(ExecStart|ExecStartPre)=(-?)[^-\s]\S*`)
	write := func(file, text string) {
		t.Helper()
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o700), os.WriteFile(file, program.ReplaceAll([]byte(text), []byte("$1=$2"+ourselves)), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	judge := func(dir, name string) {
		t.Helper()
		file := filepath.Join(dir, "loket-"+name+".service")
		write(file, printed(t, name))
		if said := asks(t.Context(), t, analyze, "verify", "--man=no", file); said != "" {
			t.Errorf("systemd-analyze verify: %s", said)
		}
		// The exposure must be under 2.0.
		asks(t.Context(), t, analyze, "security", "--offline=true", "--threshold=19", "--no-pager", file)
	}
	for _, name := range unitNames {
		judge(t.TempDir(), name)
	}
	for _, name := range []string{"kiosk", "terminal"} {
		dir := t.TempDir()
		write(filepath.Join(dir, "seatd.service"), "[Service]\nExecStart=seatd\n")
		write(filepath.Join(dir, "loket-"+name+".service.d", "touch.conf"), printed(t, name, "--touch"))
		judge(dir, name)
	}
}

// asks runs a program that must succeed, and returns its output.
func asks(ctx context.Context, t *testing.T, program string, args ...string) string {
	t.Helper()
	said, err := exec.CommandContext(ctx, program, args...).CombinedOutput()
	if err != nil {
		t.Errorf("%s: %v\n%s", args[0], err, said)
	}
	return strings.TrimSpace(string(said))
}
