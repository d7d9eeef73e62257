package dispatch

import (
	"reflect"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"loket/flows/timespan"
)

// settingsGroup is the key of the group of flags in the help that contains every flag of flows.Settings.
const settingsGroup = "settings"

// settingOptions puts the flags of flows.Settings into a group of the help, and adds an environment variable to each of them.
// For example, LOKET_SET_LETTER_DAYS sets --set-letter-days.
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

// decodeDuration parses a duration, whose unit may also be days or years.
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

// hideSettings hides the settings in the help, because there are too many of them.
var hideSettings = kong.PostBuild(func(k *kong.Kong) error { return showSettings(k, false) })

func showSettings(k *kong.Kong, shown bool) error {
	return kong.Visit(k.Model, func(node kong.Visitable, next kong.Next) error {
		if flag, is := node.(*kong.Flag); is && flag.Group != nil && flag.Group.Key == settingsGroup {
			flag.Hidden = !shown
		}
		return next(nil)
	})
}

// HelpAll is the flag that shows the help with every setting.
type HelpAll bool

// BeforeReset shows the help. Package kong calls it when the flag is given.
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
