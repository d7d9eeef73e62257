// Package speechtest has a speech service for tests. It speaks SSIP like speech-dispatcher, but makes no sound: it writes down
// what it would say and when. It can also be at fault.
//
// Start at Service.
package speechtest

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"strconv"
	"strings"
	"sync"
	"time"
)

// A Fault is what is wrong with a service.
type Fault int

const (
	NoFault         Fault = iota
	Hangs                 // Hangs means that the service replies to nothing after the connection is prepared.
	Closes                // Closes means that the service closes the connection at the first text.
	EndsTooEarly          // EndsTooEarly means that the event of the end comes before the reply to the text.
	RepliesTwice          // RepliesTwice means that the service sends a reply that no command has.
	SendsLongLine         // SendsLongLine means that the service sends a line of 2 MB.
	NeverEnds             // NeverEnds means that no event says that a text is over.
	RefusesLanguage       // RefusesLanguage means that the service refuses to speak any language.
)

// A Text is a text that the service was asked to speak.
type Text struct {
	Text, Language, Rate, Spelling string
	Volume                         string    // Volume is empty if the client left it as it was.
	Begin, End                     time.Time // End is when the text was over. It is zero until then.
	IsCancelled                    bool      // IsCancelled is true if the client cancelled the text.
}

// A Service is a speech service. Its zero value has no fault.
type Service struct {
	Fault  Fault
	Volume int // Volume is the volume that the operator of the service chose.

	mu       sync.Mutex
	texts    []*Text
	sockets  []net.Conn
	settings map[string]string
}

// wordTime is how long a word takes, and textTime is how long a text takes besides its words.
const (
	wordTime = 400 * time.Millisecond
	textTime = 200 * time.Millisecond
)

// Dial connects with the service.
func (s *Service) Dial(context.Context) (net.Conn, error) {
	client, server := net.Pipe()
	s.mu.Lock()
	s.sockets = append(s.sockets, server)
	s.settings = map[string]string{}
	s.mu.Unlock()
	go s.serve(server)
	return client, nil
}

// Stop closes all connections, as if the service had stopped.
func (s *Service) Stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, socket := range s.sockets {
		socket.Close()
	}
}

// Texts returns copies of the texts so far.
func (s *Service) Texts() (texts []Text) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, t := range s.texts {
		texts = append(texts, *t)
	}
	return texts
}

// serve answers the commands of a connection until it closes.
func (s *Service) serve(socket net.Conn) {
	defer socket.Close()
	var writing sync.Mutex
	send := func(lines ...string) {
		writing.Lock()
		defer writing.Unlock()
		for _, line := range lines {
			fmt.Fprintf(socket, "%s\r\n", line)
		}
	}
	player := newPlayer(s, send)
	defer player.stop()
	commands := bufio.NewScanner(socket)
	commands.Buffer(nil, 1<<20)
	for commands.Scan() {
		command := commands.Text()
		switch {
		case strings.HasPrefix(command, "SET SELF LANGUAGE ") && s.Fault == RefusesLanguage:
			send("302 ERR PARAMETER NOT ON OR OFF")
		case strings.HasPrefix(command, "SET SELF "):
			s.set(strings.TrimPrefix(command, "SET SELF "))
			send("208 OK SET")
		case command == "GET VOLUME":
			send("251-"+strconv.Itoa(s.Volume), "251 OK GET RETURNED")
		case command == "CANCEL SELF":
			player.cancel()
			send("213 OK CANCELED")
		case command == "SPEAK":
			if !s.speak(commands, send, player) {
				return
			}
		default:
			send("500 ERR INVALID COMMAND")
		}
	}
}

func (s *Service) set(setting string) {
	name, value, _ := strings.Cut(setting, " ")
	s.mu.Lock()
	defer s.mu.Unlock()
	s.settings[name] = value
}

// speak takes a text and queues it. It reports whether the connection goes on.
func (s *Service) speak(commands *bufio.Scanner, send func(...string), player *player) bool {
	switch s.Fault {
	case Hangs:
		return commands.Scan()
	case Closes:
		return false
	case SendsLongLine:
		send("230" + strings.Repeat("x", 2<<20))
		return true
	}
	send("230 OK RECEIVING DATA")
	var lines []string
	for commands.Scan() && commands.Text() != "." {
		lines = append(lines, strings.TrimPrefix(commands.Text(), "."))
	}
	s.mu.Lock()
	said := &Text{Text: strings.Join(lines, "\n"), Language: s.settings["LANGUAGE"], Rate: s.settings["RATE"], Volume: s.settings["VOLUME"], Spelling: s.settings["SPELLING"]}
	s.texts = append(s.texts, said)
	id := len(s.texts)
	s.mu.Unlock()
	if s.Fault == EndsTooEarly {
		send(event(702, id, "END")...)
	}
	send(fmt.Sprintf("225-%d", id), "225 OK MESSAGE QUEUED")
	if s.Fault == RepliesTwice {
		send(fmt.Sprintf("225-%d", id), "225 OK MESSAGE QUEUED")
	}
	player.play(id, said)
	return true
}

// event returns the lines of an event about a message.
func event(code, id int, name string) []string {
	return []string{fmt.Sprintf("%d-%d", code, id), fmt.Sprintf("%d-1", code), fmt.Sprintf("%d %s", code, name)}
}
