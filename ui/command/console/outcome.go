package console

// An OutcomePrinter prints what a command did, in sentences or as JSON.
type OutcomePrinter struct {
	JSON bool `name:"json" help:"Tell what was done as JSON."`
}

// PrintOutcome writes facts as JSON to standard output if --json is given. Otherwise it prints the sentences as notices.
func (o OutcomePrinter) PrintOutcome(c *Console, facts any, sentences ...string) error {
	if o.JSON {
		if err := c.PrintJSON(facts); err != nil {
			return err
		}
		return c.ResultWriteError("it was done")
	}
	for _, s := range sentences {
		c.PrintNotice("%s", s)
	}
	return nil
}

// PrintOutcomeToStderr is like Tell, but it writes JSON to standard error. It is for commands that write a file to standard output.
func (o OutcomePrinter) PrintOutcomeToStderr(c *Console, facts any, sentences ...string) error {
	beside := *c
	beside.Out = c.Err
	return o.PrintOutcome(&beside, facts, sentences...)
}
