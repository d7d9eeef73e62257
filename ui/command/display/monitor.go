package display

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"path"
	"slices"
	"strings"
)

const millimetresPerInch = 25.4

// A mode is a number of pixels.
type mode struct{ width, height int }

// A monitor is a screen that is connected to this machine.
type monitor struct {
	name string // name is that of its connector, such as HDMI-A-1.
	mode mode
	size millimetres // size is zero if it is unknown.
}

// pixel returns the width of a pixel in millimetres. It is 0 if it is unknown.
func (m monitor) pixel() float64 { return m.size.width / float64(m.mode.width) }

// inches returns the diagonal of the picture. It is 0 if it is unknown.
func (m monitor) inches() float64 { return m.size.diagonal() / millimetresPerInch }

// readFramebuffer returns the number of pixels of the Linux console, as it is seen by somebody in front of the monitor.
func readFramebuffer(sys fs.FS) (m mode, err error) {
	text, err := fs.ReadFile(sys, "class/graphics/fb0/virtual_size")
	if err != nil {
		return m, fmt.Errorf("this console has no pixels, and so only the font of the machine: %w", err)
	}
	if _, err := fmt.Sscanf(string(text), "%d,%d", &m.width, &m.height); err != nil || m.width <= 0 || m.height <= 0 {
		return m, fmt.Errorf("read the size of the console: %q is no number of pixels", strings.TrimSpace(string(text)))
	}
	return m, nil
}

// isOnItsSide reports whether the kernel turns the text of the console by a quarter, for a monitor on its side.
func isOnItsSide(sys fs.FS) bool {
	text, err := fs.ReadFile(sys, "class/graphics/fbcon/rotate")
	turned := strings.TrimSpace(string(text))
	return err == nil && (turned == "1" || turned == "3")
}

// readMonitors returns the monitors that are connected, by name. inches is the diagonal that the operator measured; 0 means
// that the monitors report their sizes themselves.
func readMonitors(sys fs.FS, inches float64) (monitors []monitor, err error) {
	found, err := fs.Glob(sys, "class/drm/card*-*/status")
	if err != nil {
		return nil, fmt.Errorf("find monitors: %w", err)
	}
	for _, file := range found {
		if status, err := fs.ReadFile(sys, file); err != nil || strings.TrimSpace(string(status)) != "connected" {
			continue
		}
		if m, is := readMonitor(sys, path.Dir(file)); is {
			if inches > 0 {
				perPixel := inches * millimetresPerInch / math.Hypot(float64(m.mode.width), float64(m.mode.height))
				m.size = millimetres{perPixel * float64(m.mode.width), perPixel * float64(m.mode.height)}
			}
			monitors = append(monitors, m)
		}
	}
	if len(monitors) == 0 {
		return nil, errors.New("no monitor is connected to this machine, as far as the kernel knows")
	}
	return monitors, nil
}

// readMonitor returns the monitor on the connector with a folder of sysfs. It reports whether the monitor has a mode.
func readMonitor(sys fs.FS, folder string) (m monitor, is bool) {
	_, m.name, _ = strings.Cut(path.Base(folder), "-")
	text, err := fs.ReadFile(sys, path.Join(folder, "modes"))
	if err != nil {
		return m, false
	}
	modes := strings.Fields(string(text))
	if len(modes) == 0 {
		return m, false
	}
	used := modes[0] // The kernel lists the mode first that the monitor prefers.
	if shown, err := readFramebuffer(sys); err == nil {
		if name := fmt.Sprintf("%dx%d", shown.width, shown.height); slices.Contains(modes, name) {
			used = name
		}
	}
	if _, err := fmt.Sscanf(used, "%dx%d", &m.mode.width, &m.mode.height); err != nil || m.mode.width <= 0 || m.mode.height <= 0 {
		return m, false
	}
	if edid, err := fs.ReadFile(sys, path.Join(folder, "edid")); err == nil {
		m.size = parseEDID(edid, m.mode)
	}
	return m, true
}

// smallestPixel returns the monitor on which letters of the same number of pixels are smallest. It is a monitor of unknown size
// only if the sizes of all are unknown.
func smallestPixel(monitors []monitor) monitor {
	return slices.MinFunc(monitors, func(a, b monitor) int {
		if a.pixel() == 0 || b.pixel() == 0 {
			return cmp.Compare(b.pixel(), a.pixel())
		}
		return cmp.Compare(a.pixel(), b.pixel())
	})
}
