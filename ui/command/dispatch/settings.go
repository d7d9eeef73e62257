package dispatch

import (
	"strings"

	"github.com/alecthomas/kong"
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
}
