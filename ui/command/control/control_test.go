package control

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"loket/flows/clock"
	"loket/ui/command/console"
)

// newDesk starts a desk that runs commands with run, and returns the path of its database file.
func newDesk(t *testing.T, run func(context.Context, Command) int) (db string, s *Server) {
	t.Helper()
	db = newDatabase(t)
	s = &Server{Run: run, Log: slog.New(slog.DiscardHandler)}
	if err := Listen(t.Context(), db, s); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return db, s
}

// newDatabase returns the path of an empty file. The path is short, so that the socket beside the file can be opened.
func newDatabase(t *testing.T) string {
	t.Helper()
	if runtime.GOOS != "linux" && runtime.GOOS != "darwin" && runtime.GOOS != "freebsd" {
		t.Skip("this system does not say who is at the other end of a socket")
	}
	folder, err := os.MkdirTemp("", "desk")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	db := filepath.Join(folder, "d")
	if err := os.WriteFile(db, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	return db
}

// typed makes the desk run a command, and returns the result and the notices of the command.
func typed(t *testing.T, ctx context.Context, db, in string, out io.Writer, named console.NamedFiles, args ...string) (said string, code int, err error) {
	t.Helper()
	var errors bytes.Buffer
	d, err := Connect(db)
	if err != nil || d == nil {
		t.Fatalf("no desk: %v", err)
	}
	defer d.Close()
	c := &console.Console{In: strings.NewReader(in), Out: out, Err: &errors, Clock: clock.New()}
	code, err = d.Run(ctx, Request{Args: args, Files: named, Console: c})
	return errors.String(), code, err
}

// TestCommand checks that a command gets its arguments and input unchanged, and returns its result, its notices and its exit
// code. The desk knows which user gave the command.
func TestCommand(t *testing.T) {
	db, _ := newDesk(t, func(_ context.Context, c Command) int {
		in, err := io.ReadAll(c.Console.In)
		fmt.Fprintf(c.Console.Out, "%q %q\xff\n", c.Args, in)
		fmt.Fprintln(c.Console.Err, c.User, err)
		return 7
	})
	var out bytes.Buffer
	said, code, err := typed(t, t.Context(), db, "línea\x00", &out, console.NamedFiles{}, "a b", `"é\`, "")
	if want := "[\"a b\" \"\\\"é\\\\\" \"\"] \"línea\\x00\"\xff\n"; out.String() != want {
		t.Errorf("wrote %q, want %q", &out, want)
	}
	if want := CurrentUser() + " <nil>\n"; said != want {
		t.Errorf("said %q, want %q", said, want)
	}
	if code != 7 || err != nil {
		t.Errorf("ended with %d, %v", code, err)
	}
}

// TestFiles checks that the desk can read and write only the files that the command names, and only in the way in which it
// names them.
func TestFiles(t *testing.T) {
	read := func(c *console.Console, name string) error {
		f, _, err := c.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		_, err = io.Copy(c.Out, f)
		return err
	}
	write := func(c *console.Console, name string, fill error) error {
		return console.OutputFile{File: name}.Write(c, func(w io.Writer) error {
			_, err := io.WriteString(w, "new")
			return errors.Join(err, fill)
		})
	}
	folder := t.TempDir()
	old, absent := filepath.Join(folder, "old"), filepath.Join(folder, "absent")
	if err := os.WriteFile(old, bytes.Repeat([]byte("0123456789"), 1<<19), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name  string
		do    func(*console.Console) error
		named console.NamedFiles
		says  string // says is the error of the desk, or of the process that gave the command.
		wrote int    // wrote is the size of the result, in bytes.
		made  string // made is the content of the file absent afterwards.
	}{
		{name: "read", do: func(c *console.Console) error { return read(c, old) }, named: console.NamedFiles{Read: []string{old}}, wrote: 10 << 19},
		{name: "read an unnamed one", do: func(c *console.Console) error { return read(c, old) }, says: "the command does not name that file"},
		{name: "read what is written", do: func(c *console.Console) error { return read(c, absent) }, named: console.NamedFiles{Written: []console.OutputFile{{File: absent}}}, says: "the command does not name that file"},
		{name: "read a folder", do: func(c *console.Console) error { return read(c, folder) }, named: console.NamedFiles{Read: []string{folder}}, says: "is a directory"},
		{name: "read what is not there", named: console.NamedFiles{Read: []string{absent}}, says: "no such file"},
		{name: "write", do: func(c *console.Console) error { return write(c, absent, nil) }, named: console.NamedFiles{Written: []console.OutputFile{{File: absent}}}, made: "new"},
		{name: "write in vain", do: func(c *console.Console) error { return write(c, absent, errors.New("it failed")) }, named: console.NamedFiles{Written: []console.OutputFile{{File: absent}}}, says: "it failed"},
		{name: "write an unnamed one", do: func(c *console.Console) error { return write(c, absent, nil) }, says: "the command does not name that file"},
		{name: "write what is read", do: func(c *console.Console) error { return write(c, old, nil) }, named: console.NamedFiles{Read: []string{old}}, says: "the command does not name that file"},
		{name: "write over", named: console.NamedFiles{Written: []console.OutputFile{{File: old}}}, says: "say --force"},
		{name: "write over what is read", named: console.NamedFiles{Read: []string{old}, Written: []console.OutputFile{{File: old, Force: true}}}, says: "is to be read"},
		{name: "write where nobody can", do: func(c *console.Console) error { return write(c, old+"/x", nil) }, named: console.NamedFiles{Written: []console.OutputFile{{File: old + "/x"}}}, says: "not a directory"},
	} {
		t.Run(test.name, func(t *testing.T) {
			db, _ := newDesk(t, func(_ context.Context, c Command) int {
				if test.do == nil {
					t.Error("the desk was asked")
					return 0
				}
				if err := test.do(c.Console); err != nil {
					fmt.Fprintln(c.Console.Err, err)
				}
				return 0
			})
			var out bytes.Buffer
			said, _, err := typed(t, t.Context(), db, "", &out, test.named)
			if all := fmt.Sprint(said, err); !strings.Contains(all, test.says) || test.says == "" && (said != "" || err != nil) {
				t.Errorf("says %q, want %q", all, test.says)
			}
			if out.Len() != test.wrote {
				t.Errorf("wrote %d bytes, want %d", out.Len(), test.wrote)
			}
			made, _ := os.ReadFile(absent)
			os.Remove(absent)
			if string(made) != test.made {
				t.Errorf("made %q, want %q", made, test.made)
			}
		})
	}
}

// TestInterrupted checks that interrupting a command where it was typed ends it at the desk, and that its outcome is reported.
func TestInterrupted(t *testing.T) {
	begun := make(chan bool)
	db, _ := newDesk(t, func(ctx context.Context, _ Command) int {
		close(begun)
		<-ctx.Done()
		return 3
	})
	ctx, interrupt := context.WithCancel(t.Context())
	go func() { <-begun; interrupt() }()
	if _, code, err := typed(t, ctx, db, "", io.Discard, console.NamedFiles{}); code != 3 || err != nil {
		t.Errorf("ended with %d, %v", code, err)
	}
}

// TestGone checks that if one side disappears, the other side ends too.
func TestGone(t *testing.T) {
	t.Run("desk", func(t *testing.T) {
		begun := make(chan bool)
		db, s := newDesk(t, func(ctx context.Context, _ Command) int {
			close(begun)
			<-ctx.Done()
			return 3
		})
		closed := make(chan error)
		go func() { <-begun; closed <- s.Close() }()
		if _, code, err := typed(t, t.Context(), db, "", io.Discard, console.NamedFiles{}); code != 3 || err != nil {
			t.Errorf("ended with %d, %v", code, err)
		}
		if err := <-closed; err != nil {
			t.Error(err)
		}
		if d, err := Connect(db); d != nil || err != nil {
			t.Errorf("there is a desk, %v", err)
		}
	})
	t.Run("command", func(t *testing.T) {
		ended := make(chan error, 1)
		db, _ := newDesk(t, func(ctx context.Context, c Command) int {
			for ctx.Err() == nil {
				_, _ = c.Console.Out.Write(make([]byte, 1<<20))
			}
			ended <- ctx.Err()
			return 0
		})
		full := &failingWriter{}
		if _, _, err := typed(t, t.Context(), db, "", full, console.NamedFiles{}); err != nil {
			t.Errorf("says %v", err)
		}
		<-ended
	})
}

// TestSlowReader checks that a slow reader gets the whole result, even if the command ended earlier.
func TestSlowReader(t *testing.T) {
	for range 20 {
		const size = 1 << 20 // size is less than the desk can send without waiting for the reader.
		done := make(chan struct{})
		db, _ := newDesk(t, func(_ context.Context, c Command) int {
			defer close(done)
			_, _ = c.Console.Out.Write(make([]byte, size))
			return 0
		})
		slow := &slowWriter{until: done}
		if _, _, err := typed(t, t.Context(), db, "", slow, console.NamedFiles{}); err != nil || slow.written != size {
			t.Fatalf("wrote %d bytes of %d, %v", slow.written, size, err)
		}
	}
}

// slowWriter writes nothing until its channel is closed.
type slowWriter struct {
	until   <-chan struct{}
	written int
}

func (w *slowWriter) Write(p []byte) (int, error) {
	<-w.until
	runtime.Gosched()
	w.written += len(p)
	return len(p), nil
}

type failingWriter struct{}

func (failingWriter) Write([]byte) (int, error) { return 0, errors.New("the disk is full") }

// TestFlush checks that a command can find out, before it does something that cannot be undone, whether its result was written
// and whether the result goes to the null device.
func TestFlush(t *testing.T) {
	for name, out := range map[string]io.Writer{"written": io.Discard, "not written": failingWriter{}} {
		t.Run(name, func(t *testing.T) {
			learnt := make(chan error, 1)
			db, _ := newDesk(t, func(ctx context.Context, c Command) int {
				c.Console.Out = console.NewOutput(ctx, c.Console.Out)
				c.Console.PrintResult("a number")
				learnt <- c.Console.Flush()
				return 0
			})
			typed(t, t.Context(), db, "", out, console.NamedFiles{})
			if err := <-learnt; (err == nil) != (name == "written") {
				t.Errorf("learnt %v", err)
			}
		})
	}
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	db, _ := newDesk(t, func(ctx context.Context, c Command) int {
		if !c.Console.DiscardsResult() {
			t.Error("somebody reads the null device")
		}
		return 0
	})
	typed(t, t.Context(), db, "", null, console.NamedFiles{})
}

// TestSocket checks that a socket is only opened in a folder where no other user can put one, and that only its owner can use
// it.
func TestSocket(t *testing.T) {
	t.Run("mode", func(t *testing.T) {
		db, s := newDesk(t, nil)
		if info, err := os.Lstat(SocketPath(db)); err != nil || info.Mode() != os.ModeSocket|0o600 {
			t.Errorf("is %v, %v", info, err)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if _, err := os.Lstat(SocketPath(db)); err == nil {
			t.Error("is there still")
		}
	})
	t.Run("left behind", func(t *testing.T) {
		db := newDatabase(t)
		left, err := net.ListenUnix("unix", &net.UnixAddr{Name: SocketPath(db), Net: "unix"})
		if err != nil {
			t.Fatal(err)
		}
		left.SetUnlinkOnClose(false)
		left.Close()
		if d, err := Connect(db); d != nil || err != nil {
			t.Errorf("there is a desk, %v", err)
		}
		s := &Server{Log: slog.New(slog.DiscardHandler)}
		if err := Listen(t.Context(), db, s); err != nil {
			t.Error(err)
		}
		s.Close()
	})
	for name, test := range map[string]struct {
		prepare func(db string) (other string)
		says    string
	}{
		"no socket":         {func(db string) string { os.WriteFile(SocketPath(db), nil, 0o600); return db }, "is no socket: move it away"},
		"others may write":  {func(db string) string { os.Chmod(filepath.Dir(db), 0o770); return db }, "others can write in its folder"},
		"path too long":     {func(db string) string { return db + strings.Repeat("x", maxSocketPath) }, "put the database in a folder with a shorter name"},
		"folder not there":  {func(db string) string { return db + "x/d" }, "no such file"},
		"another's, linked": {func(db string) string { os.Symlink("/dev/null", SocketPath(db)); return db }, "is no socket: move it away"},
	} {
		t.Run(name, func(t *testing.T) {
			err := Listen(t.Context(), test.prepare(newDatabase(t)), &Server{})
			if err == nil || !strings.Contains(err.Error(), test.says) || !strings.HasPrefix(err.Error(), "commands cannot come to this desk by its socket ") {
				t.Errorf("says %v", err)
			}
		})
	}
}

// TestUsers checks which users may give commands to which desks, and which desks they can trust.
func TestUsers(t *testing.T) {
	const kiosk, other = 998, 1000
	for _, test := range []struct {
		desk, owner, commander int
		believed, taken        bool
	}{
		{kiosk, kiosk, kiosk, true, true},
		{kiosk, kiosk, rootUser, true, true},
		{kiosk, kiosk, other, false, false},
		{other, kiosk, rootUser, false, true}, // Another user has put a socket in place of the desk's.
		{other, kiosk, kiosk, false, false},
		{rootUser, rootUser, rootUser, true, true},
		{rootUser, kiosk, rootUser, true, true},
		{rootUser, kiosk, kiosk, false, false},
	} {
		if got := canTrustDesk(test.desk, test.owner, test.commander); got != test.believed {
			t.Errorf("%+v: believed is %v", test, got)
		}
		if got := mayCommandDesk(test.commander, test.desk); got != test.taken {
			t.Errorf("%+v: taken is %v", test, got)
		}
	}
}

// TestSudo checks that the audit log names the user of sudo behind root, and that nobody else can bring a name of their own.
func TestSudo(t *testing.T) {
	const other = 65534 // nobody, on most systems
	for _, test := range []struct {
		uid  int
		sudo string
		want string
	}{
		{rootUser, "65534", UserName(rootUser) + ", by sudo of " + UserName(other)},
		{rootUser, "", UserName(rootUser)},
		{rootUser, "0", UserName(rootUser)},
		{rootUser, "-1", UserName(rootUser)},
		{rootUser, "anna\n", UserName(rootUser)},
		{other, "1000", UserName(other)},
	} {
		if got := userNameWithSudo(test.uid, test.sudo); got != test.want {
			t.Errorf("%d by %q is %q, not %q", test.uid, test.sudo, got, test.want)
		}
	}
}
