package display

import (
	"context"
	_ "embed"
	"io"
	"math"
	"os/exec"
	"regexp"
	"strconv"
	"text/template"

	"loket/ui/command/console"
)

// FootCommand is the command that writes a configuration of foot, a terminal for Wayland.
type FootCommand struct {
	Flags              `embed:""`
	console.OutputFile `embed:""`
}

// NamedFiles returns the file that the command writes.
func (f *FootCommand) NamedFiles() console.NamedFiles { return f.OutputFile.NamedFiles() }

//go:embed foot.ini
var footConfiguration string

// footTemplate is the configuration, without the size of the font.
var footTemplate = template.Must(template.New("foot.ini").Parse(footConfiguration))

// footFont is the font of foot. The other constants are its measures as parts of its size: the width of a letter, how far lines
// reach above and below where letters stand, and the height of a capital.
const (
	footFont    = "DejaVu Sans Mono"
	advancePart = 1233.0 / 2048
	ascentPart  = 1901.0 / 2048
	descentPart = 483.0 / 2048
	capitalPart = 1493.0 / 2048
)

// maxFootSize is more than the size of any font on any screen, in pixels.
const maxFootSize = 512

// footLetters returns the letters of the font in each size, from one pixel. foot rounds each measure of a line up.
func footLetters() (sizes []letters) {
	for size := range maxFootSize {
		pixels := float64(size + 1)
		sizes = append(sizes, letters{
			width:   int(math.Ceil(pixels * advancePart)),
			height:  int(math.Ceil(pixels*ascentPart) + math.Ceil(pixels*descentPart)),
			capital: int(pixels * capitalPart),
		})
	}
	return sizes
}

// Run writes the configuration.
func (f *FootCommand) Run(ctx context.Context, c *console.Console) error {
	if err := f.check(); err != nil {
		return err
	}
	return f.writeConfiguration(c, thisMachine(), readFootVersion(ctx))
}

// A footVersion is the second number of a version of foot, such as 16 for 1.16.2. Later versions have settings that earlier ones
// report as errors.
type footVersion int

const (
	oldestFoot footVersion = 16 // oldestFoot is the first version for touch screens, and that of Ubuntu 24.04.
	newestFoot footVersion = 21 // newestFoot is the last version that has new settings, and that of Debian 13.
)

// readFootVersion returns the version of foot on this machine, or newestFoot if there is no foot.
func readFootVersion(ctx context.Context) footVersion {
	said, err := exec.CommandContext(ctx, "foot", "--version").Output()
	if err != nil {
		return newestFoot
	}
	return parseFootVersion(string(said))
}

// footVersionPattern matches what foot says with --version.
var footVersionPattern = regexp.MustCompile(`version: 1\.(\d+)`)

// parseFootVersion returns the version in what foot says with --version.
func parseFootVersion(said string) footVersion {
	found := footVersionPattern.FindStringSubmatch(said)
	if found == nil {
		return newestFoot
	}
	minor, _ := strconv.Atoi(found[1])
	return min(max(footVersion(minor), oldestFoot), newestFoot)
}

// unknownMonitor is what letters are made for where the kernel knows no monitor.
var unknownMonitor = monitor{name: "an unknown monitor", mode: mode{1920, 1080}}

func (f *FootCommand) writeConfiguration(c *console.Console, on machine, version footVersion) error {
	worst := unknownMonitor
	if monitors, err := readMonitors(on.sys, f.Inches); err != nil {
		c.PrintNotice("%v.", err)
	} else {
		worst = smallestPixel(monitors)
	}
	size, l := f.chooseFootSize(worst)
	c.PrintNotice("%s.", f.describe(worst, footFont, l, worst.mode))
	return f.Write(c, func(to io.Writer) error {
		return footTemplate.Execute(to, map[string]any{"Font": footFont, "Size": size, "Minor": int(version)})
	})
}

// chooseFootSize returns the best size of the font on a monitor, in pixels, and its letters.
func (f Flags) chooseFootSize(m monitor) (size int, l letters) {
	sizes := footLetters()
	chosen, _ := screen{m.mode, m.pixel(), minCapital(f.Distance)}.choose(sizes)
	chosen = max(chosen, 0)
	return chosen + 1, sizes[chosen]
}
