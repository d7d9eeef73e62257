// Package virtualconsole keeps visitors at the desk on a virtual console of Linux, and the desk at work there. On a virtual console some
// keys are handled by the kernel, so that a program never sees them: they show another console, stop the output or restart the machine.
// Start at Lock.
package virtualconsole
