// Loket is a self-service desk in the terminal for the customers of a bank and insurer: see README.md. Package ui/command has
// its commands.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"loket/ui/command"
)

func main() {
	// With this variable, Bubble Tea would write every key press to a file.
	os.Unsetenv("TEA_TRACE")
	// The context lasts until the process ends.
	ctx, _ := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	os.Exit(command.Main(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
