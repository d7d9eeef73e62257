package etcdtest

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"testing"
)

// childVariable is the environment variable that makes the test binary run a member instead of the tests. Its value is the
// config of the member.
const childVariable = "LOKET_ETCDTEST_MEMBER"

const readyLine = "ready\n"

func init() {
	text := os.Getenv(childVariable)
	if text == "" {
		return
	}
	var c config
	err := json.Unmarshal([]byte(text), &c)
	if err == nil {
		_, err = c.start()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Print(readyLine)
	select {} // The member runs until the process is killed.
}

// StartProcesses starts a cluster with the given number of members, each in a process of its own. The cluster stops when the
// test ends. Calling Stop on a member kills its process.
func StartProcesses(t testing.TB, members int) []*Member {
	t.Helper()
	return startAll(t, members, startProcess)
}

// A process is an etcd member that runs in a process of its own.
type process struct {
	*os.Process
	ended chan struct{}
}

func startProcess(c config) (runningMember, error) {
	text, err := json.Marshal(c)
	if err != nil {
		return nil, err
	}
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), childVariable+"="+string(text))
	child.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		return nil, err
	}
	started, ended := make(chan error), make(chan struct{})
	go func() {
		runtime.LockOSThread() // The kernel kills the child when the thread that started it ends.
		err := child.Start()
		started <- err
		if err == nil {
			_ = child.Wait()
			close(ended)
		}
	}()
	if err := <-started; err != nil {
		return nil, err
	}
	p := process{child.Process, ended}
	said := make([]byte, len(readyLine))
	if _, err := io.ReadFull(out, said); err != nil || string(said) != readyLine {
		p.Close()
		return nil, errors.New("an etcd member did not start")
	}
	return p, nil
}

// Close kills the process.
func (p process) Close() {
	_ = p.Kill()
	<-p.ended
}

// Suspend stops the process of a member until Resume is called.
func (m *Member) Suspend(t testing.TB) { m.signal(t, syscall.SIGSTOP) }

// Resume continues the process of a suspended member, as if no time had passed.
func (m *Member) Resume(t testing.TB) { m.signal(t, syscall.SIGCONT) }

func (m *Member) signal(t testing.TB, s syscall.Signal) {
	t.Helper()
	if err := m.running.(process).Signal(s); err != nil {
		t.Error(err)
	}
}
