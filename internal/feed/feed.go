package feed

import (
	"context"
	"time"

	"callboard/internal/state"
)

// A Sink takes what a feed learns, in the order in which it was learnt.
type Sink interface{ Apply(state.Input) }

// A Connector makes connections to one source.
type Connector interface {
	// Connect makes one connection, from login to its end, and feeds sink
	// meanwhile. It returns when the connection is gone or ctx has ended, never
	// with a nil error, and leaves no goroutine behind. A *Refusal in the error's
	// chain says what to tell the administrator and how long to wait.
	Connect(ctx context.Context, sink Sink) error
}

// A Leaver is a Connector with something to give back when the feed ends for
// good, such as a session at the PBX. Keep calls Leave once as it returns, with
// a context that ends after LeaveTime.
type Leaver interface{ Leave(ctx context.Context) }

// LeaveTime bounds Leave. The whole process has three seconds to stop.
const LeaveTime = time.Second

// A Refusal is why a connection failed or ended.
type Refusal struct {
	Code      string        // short and stable: "wrong-password", "half-open"
	Reason    string        // one English sentence for the administrator, without secrets
	Wait      time.Duration // pause before the next attempt; 0 leaves it to Keep
	Permanent bool          // waiting alone will not cure it: somebody must change something
}

func (r *Refusal) Error() string { return r.Code + ": " + r.Reason }

// Info is what is known of the source; fields are empty until learnt.
type Info struct {
	Host      string
	Tenant    string
	Product   string
	Version   string
	Build     string
	UserSpace string // name of our session there

	ConnectedSince time.Time // zero while there is no connection
	TokenUntil     time.Time // end of the session's token by our clock; zero if unknown
	Reconnects     int       // connections made after the first

	// Messages counts what the socket brought since the process began, by kind
	// of message. Kinds the client does not know are counted together.
	Messages map[string]int
}
