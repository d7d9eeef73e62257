package aids

import (
	"cmp"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"loket/ui/keys"
	"loket/ui/scanning"
	"loket/ui/screen"
	"loket/ui/theme"
)

// ScanTick is the message that the light may have moved.
type ScanTick struct{}

// maxScanTick is the longest time between two ticks, so that a faster pace has effect soon.
const maxScanTick = 500 * time.Millisecond

// minSwitchInterval is the least time between two presses of the switch. A press that comes sooner is a tremor.
const minSwitchInterval = 300 * time.Millisecond

// A SwitchEffect is what a key does because it may be the switch of the visitor.
type SwitchEffect int

const (
	OrdinaryKey    SwitchEffect = iota // OrdinaryKey means that the key has its ordinary effect.
	IgnoredRepeat                      // IgnoredRepeat means that the key is held down, and must have no effect.
	TakeLight                          // TakeLight means that the key takes what is lit.
	TurnScanningOn                     // TurnScanningOn means that the key was held down for so long that scanning begins.
)

// HandleSwitch records a key that may be the switch with which a visitor scans, and returns its effect.
func (a *Aids) HandleSwitch(msg tea.KeyPressMsg, now time.Time) SwitchEffect {
	if !keys.Space.Matches(msg) && !keys.Enter.Matches(msg) {
		return OrdinaryKey
	}
	isHeld, isRepeat := a.hold.RecordPress(msg.String(), now)
	switch {
	case a.Scanner.IsOn() && !isRepeat:
		return TakeLight
	case !a.Scanner.IsOn() && isHeld:
		return TurnScanningOn
	case isRepeat:
		return IgnoredRepeat
	}
	return OrdinaryKey
}

// TurnScanningOn turns scanning on, together with the on-screen keyboard. It returns the command that moves the light.
func (a *Aids) TurnScanningOn(now time.Time) tea.Cmd {
	a.Scanner.TurnOn(now)
	a.Keyboard.Offer()
	a.Keyboard.RecordLine()
	if a.ticks {
		return nil
	}
	return a.Tick(now)
}

// Tick returns the command that waits for the next move of the light. It returns nil if scanning is off.
func (a *Aids) Tick(now time.Time) tea.Cmd {
	if a.ticks = a.Scanner.IsOn(); !a.ticks {
		return nil
	}
	until := min(a.Scanner.NextStep(now), maxScanTick)
	return tea.Tick(until, func(time.Time) tea.Msg { return ScanTick{} })
}

// changeScanning does what the line of scanning offers.
func (a *Aids) changeScanning(action scanning.Action, now time.Time) {
	switch action {
	case scanning.Slower:
		a.Scanner.ChangePace(1)
	case scanning.Faster:
		a.Scanner.ChangePace(-1)
	case scanning.Stop:
		a.Scanner.TurnOff()
		return
	}
	a.Scanner.Restart(now)
}

// RecordSwitch records a press of the switch. It reports whether the press is a tremor, which takes nothing.
func (a *Aids) RecordSwitch(now time.Time) (isTremor bool) {
	isTremor = now.Sub(a.takenAt) < minSwitchInterval
	a.takenAt = now
	return isTremor
}

// drawnScreen is the screen as it was last drawn while scanning was on.
type drawnScreen struct {
	target any            // target is the screen or question that had the focus.
	rows   []scanning.Row // rows are what can be pressed.
	lines  []string
}

// A LitItem is an item that is lit.
type LitItem struct {
	scanning.Target
	Label string // Label is what is drawn on the first line of the item, up to a field in which the visitor types.
}

// LitItems returns what is lit now on the screen as it was last drawn, from left to right. It returns nil if the visitor has gone
// elsewhere since.
func (a *Aids) LitItems(now time.Time) (items []LitItem) {
	if a.drawn.target != a.target {
		return nil
	}
	for _, t := range a.Scanner.LightAt(a.drawn.rows, now).Targets {
		if t.Y < len(a.drawn.lines) {
			items = append(items, LitItem{t, drawnLabel(a.drawn.lines[t.Y], t)})
		}
	}
	return items
}

// drawnLabel returns what a line shows of a target, with a comma between its columns.
func drawnLabel(line string, t scanning.Target) string {
	drawn := ansi.Strip(ansi.Cut(line, t.X, t.X+t.Width))
	if label, _, hasField := strings.Cut(drawn, "["); hasField && strings.Trim(label, " "+theme.FocusMarker) != "" {
		drawn = label
	}
	var columns []string
	for column := range strings.SplitSeq(drawn, "  ") {
		if column = strings.Trim(column, " []"+theme.FocusMarker); column != "" {
			columns = append(columns, column)
		}
	}
	return strings.Join(columns, ", ")
}

// A Pressable is what can be pressed on the terminal.
type Pressable struct {
	Rows    []scanning.Row
	Zones   []screen.KeyZone // Zones are those of the bars, which have names.
	NameBar scanning.Target  // NameBar is the place for the name of what is lit.
}

// LightUp draws the light over the screen, and puts the cursor in it.
func (a *Aids) LightUp(content string, cursor *tea.Cursor, f screen.Frame, on Pressable, now time.Time) (string, *tea.Cursor) {
	a.Light = a.Scanner.LightAt(on.Rows, now)
	lines := strings.Split(content, "\n")
	a.drawn = drawnScreen{target: a.target, rows: on.Rows, lines: slices.Clone(lines)}
	lit := a.Light.Targets
	if len(lit) == 0 {
		return content, cursor
	}
	var names []string
	for _, t := range lit {
		zone := on.nameOf(t, f)
		for y := t.Y; y < min(t.Y+t.Height, len(lines)); y++ {
			line := screen.Pad(lines[y], max(screen.Width(lines[y]), t.X+t.Width))
			lines[y] = replaceCells(line, t.X, t.Width, func(text string) string {
				name := strings.Trim(text, " "+theme.FocusMarker)
				if name == "" {
					return text
				}
				names = append(names, cmp.Or(zone, name))
				return f.Theme.Chosen.Render(text)
			})
		}
	}
	if bar := on.NameBar; bar.Y < len(lines) {
		name := joinNames(f, names, bar.Width)
		lines[bar.Y] = replaceCells(lines[bar.Y], bar.X, screen.Width(name), func(string) string { return f.Theme.Strong.Render(name) })
	}
	return strings.Join(lines, "\n"), screen.NewCursor(lit[0].X, lit[0].Y)
}

// nameOf returns the name of the zone that is drawn at a target, or "" if there is no zone with a name.
func (p Pressable) nameOf(t scanning.Target, f screen.Frame) string {
	i := slices.IndexFunc(p.Zones, func(z screen.KeyZone) bool { return z.X == t.X && z.Y == t.Y })
	if i < 0 {
		return ""
	}
	return f.Translate(p.Zones[i].Name)
}

// joinNames returns the names of what is lit, in at most width cells. If not all fit, it returns the first and the last one, or the
// first columns of the only one.
func joinNames(f screen.Frame, names []string, width int) string {
	all := strings.Join(names, " ")
	name := func() string { return theme.FocusMarker + " " + strings.Join(strings.Fields(all), " ") }
	if screen.Width(name()) > width && len(names) > 1 {
		all = names[0] + " … " + names[len(names)-1]
	}
	for screen.Width(name()) > width && strings.Contains(all, "  ") {
		all = strings.TrimSpace(all[:strings.LastIndex(all, "  ")])
	}
	return f.Truncate(name(), width)
}
