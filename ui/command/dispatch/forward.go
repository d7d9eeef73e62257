package dispatch

import (
	"context"
	"strings"

	"github.com/alecthomas/kong"

	"loket/ui/command/console"
	"loket/ui/command/database"
)

// forwardCommand makes the desk that has the command's database open run the command. If the command does not use a database file, or
// no desk takes the command, forwarded is false and nothing was done. A command that would write over its database is an error.
func forwardCommand(ctx context.Context, session *database.CommandSession, parsed *kong.Context, args []string) (code int, forwarded bool, err error) {
	command := parsed.Selected().Target.Addr().Interface()
	on, is := command.(interface{ ChosenDatabase() database.Database })
	if !is || session.Forward == nil {
		return 0, false, nil
	}
	d := on.ChosenDatabase()
	var files console.NamedFiles
	if c, names := command.(interface{ NamedFiles() console.NamedFiles }); names {
		files = c.NamedFiles()
	}
	if err := d.CheckOutputs(files); err != nil || d.DB == "" || d.IsShared() {
		return 0, false, err
	}
	return session.Forward(ctx, session, d, files, withoutDatabaseFlags(parsed, args))
}

// withoutDatabaseFlags returns args without the flags that name the database.
func withoutDatabaseFlags(parsed *kong.Context, args []string) (rest []string) {
	takesValue := map[string]bool{}
	for _, flag := range parsed.Flags() {
		takesValue[flag.Name] = !flag.IsBool()
	}
	for i := 0; i < len(args); i++ {
		if args[i] == "--" {
			return append(rest, args[i:]...)
		}
		name, _, hasValue := strings.Cut(strings.TrimPrefix(args[i], "--"), "=")
		switch {
		case !strings.HasPrefix(args[i], "--"):
			rest = append(rest, args[i])
		case database.IsDatabaseFlag(name) && takesValue[name] && !hasValue:
			i++ // Skip the value of the flag.
		case database.IsDatabaseFlag(name):
		case takesValue[name] && !hasValue && i+1 < len(args):
			rest = append(rest, args[i], args[i+1])
			i++
		default:
			rest = append(rest, args[i])
		}
	}
	return rest
}
