package feed

import (
	"fmt"

	"loket/flows/dutch"
	"loket/flows/transfer/sample"
	"loket/ui/command/console"
)

// SampleCommand is the command that writes a file of invented customers.
type SampleCommand struct {
	Customers int        `default:"1000" placeholder:"N" help:"How many customers."`
	Seed      uint64     `default:"1" help:"Another seed makes other customers; the same one makes the same file."`
	Today     dutch.Date `default:"2026-11-22" placeholder:"DATE" help:"The day on which the file is set: ${default}."`
}

// Help returns the detailed help of the command.
func (SampleCommand) Help() string {
	return fmt.Sprintf(`A fictional import file goes to standard output, for trials and benchmarks: loket sample --customers 100000 | loket import --db trial.db -

Every account that has a password has the same one, since hashing a million would take hours: %s. So never import a sample beside real customers.`, sample.SamplePassword)
}

// Validate refuses a number of customers below zero.
func (s *SampleCommand) Validate() error {
	if s.Customers < 0 {
		return console.UsageError("--customers must not be below zero")
	}
	return nil
}

// Run writes the file.
func (s *SampleCommand) Run(c *console.Console) error {
	c.PrintNotice("The password of every account in this sample is %s.", sample.SamplePassword)
	if err := sample.Write(c.Out, s.Customers, s.Seed, s.Today); err != nil {
		return fmt.Errorf("write sample: %w", err)
	}
	return nil
}
