package dispatch

import (
	"reflect"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"loket/flows/timespan"
)

// settingsGroup is the key of the group that every flag of flows.Settings is in.
const settingsGroup = "settings"

// settingOptions shows the flags of flows.Settings as a group of their own, and takes
// each from the environment too: --set-letter-days is LOKET_SET_LETTER_DAYS.
var settingOptions = []kong.Option{
	kong.ExplicitGroups([]kong.Group{{Key: settingsGroup, Title: "Settings of the desk:"}}),
	kong.PostBuild(func(k *kong.Kong) error {
		return kong.Visit(k.Model, func(node kong.Visitable, next kong.Next) error {
			if flag, is := node.(*kong.Flag); is && flag.Group != nil && flag.Group.Key == settingsGroup {
				name := "LOKET_" + strings.ToUpper(strings.ReplaceAll(flag.Name, "-", "_"))
				flag.Envs, flag.Tag.Envs = []string{name}, []string{name}
			}
			return next(nil)
		})
	}),
	kong.TypeMapper(reflect.TypeFor[time.Duration](), kong.MapperFunc(decodeDuration)),
}

// decodeDuration reads a length of time, which may be in days and years.
func decodeDuration(c *kong.DecodeContext, target reflect.Value) error {
	var text string
	if err := c.Scan.PopValueInto("duration", &text); err != nil {
		return err
	}
	d, err := timespan.Parse(text)
	if err != nil {
		return err
	}
	target.SetInt(int64(d))
	return nil
}

// hideSettings leaves the settings out of help, because they are too many to read.
var hideSettings = kong.PostBuild(func(k *kong.Kong) error { return showSettings(k, false) })

func showSettings(k *kong.Kong, shown bool) error {
	return kong.Visit(k.Model, func(node kong.Visitable, next kong.Next) error {
		if flag, is := node.(*kong.Flag); is && flag.Group != nil && flag.Group.Key == settingsGroup {
			flag.Hidden = !shown
		}
		return next(nil)
	})
}

// HelpAll shows help with every setting.
type HelpAll bool

// BeforeReset shows it. Package kong calls it.
func (HelpAll) BeforeReset(c *kong.Context) error {
	if err := showSettings(c.Kong, true); err != nil {
		return err
	}
	if err := c.PrintUsage(false); err != nil {
		return err
	}
	c.Kong.Exit(0)
	return nil
}
