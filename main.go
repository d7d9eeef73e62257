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
	os.Unsetenv("TEA_TRACE")                                                                            // it would have every key that is pressed written to a file
	ctx, _ := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP) // until the process ends
	os.Exit(command.Main(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
