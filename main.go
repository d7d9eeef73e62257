// Loket is a self-service desk in the terminal for the customers of a bank and
// insurer: see README.md. Package ui/command holds what it can be told to do.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"loket/ui/command"
)

func main() {
	// With it, every key that is pressed would be written to a file.
	os.Unsetenv("TEA_TRACE")
	ctx, _ := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM) // until the process ends
	os.Exit(command.Main(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
