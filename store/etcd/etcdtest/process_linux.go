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

// memberVariable is the environment variable that makes the test binary run a member instead of the tests. Its value is the
// config of the member.
const memberVariable = "LOKET_ETCDTEST_MEMBER"

const memberReadyLine = "ready\n"

func init() {
	text := os.Getenv(memberVariable)
	if text == "" {
		return
	}
	var c config
	err := json.Unmarshal([]byte(text), &c)
	if err == nil {
		_, err = c.startEmbedded()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Print(memberReadyLine)
	select {} // The member runs until the process is killed.
}

// StartProcessCluster starts a cluster with the given number of members, each in a process of its own. The cluster stops when the
// test ends. Calling Stop on a member kills its process.
func StartProcessCluster(t testing.TB, members int) []*Member {
	t.Helper()
	return startMembers(t, members, startProcess)
}

// A memberProcess is an etcd member that runs in a process of its own.
type memberProcess struct {
	*os.Process
	ended chan struct{}
}

func startProcess(c config) (runningMember, error) {
	text, err := json.Marshal(c)
	if err != nil {
		return nil, err
	}
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), memberVariable+"="+string(text))
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
	p := memberProcess{child.Process, ended}
	said := make([]byte, len(memberReadyLine))
	if _, err := io.ReadFull(out, said); err != nil || string(said) != memberReadyLine {
		p.Close()
		return nil, errors.New("an etcd member did not start")
	}
	return p, nil
}

// Close kills the process.
func (p memberProcess) Close() {
	_ = p.Kill()
	<-p.ended
}

// Suspend stops the process of a member until Resume is called.
func (m *Member) Suspend(t testing.TB) { m.sendSignal(t, syscall.SIGSTOP) }

// Resume continues the process of a suspended member, as if no time had passed.
func (m *Member) Resume(t testing.TB) { m.sendSignal(t, syscall.SIGCONT) }

func (m *Member) sendSignal(t testing.TB, s syscall.Signal) {
	t.Helper()
	if err := m.running.(memberProcess).Signal(s); err != nil {
		t.Error(err)
	}
}
