package oidc

// A Kind is why somebody was not let in, as far as they need to know it.
type Kind string

// The kinds of refusals.
const (
	Stale     Kind = "stale"     // the answer belongs to no sign-in of this browser, or to one of more than ten minutes ago
	Denied    Kind = "denied"    // the provider said no, or the person did
	Down      Kind = "down"      // the provider cannot be reached or is not as it must be
	Busy      Kind = "busy"      // too many sign-ins at once
	Untrusted Kind = "untrusted" // what the provider said does not hold
	Weak      Kind = "weak"      // signed in, but not as strongly as the settings ask for
	NoGroup   Kind = "no-group"  // signed in, but in no group that may see the board
)

// A Refusal is the only error of [Client.Begin] and [Client.Finish].
type Refusal struct {
	Kind Kind
	// Reason is a word or two for the log and the audit log. It holds nothing of a
	// token and nothing that a browser sent.
	Reason string
	// Exchanged says that the provider had given tokens for the code, so that
	// somebody signed in there: strangers cannot make such refusals.
	Exchanged bool
}

func (r *Refusal) Error() string { return string(r.Kind) + ": " + r.Reason }

func refuse(kind Kind, reason string) error { return &Refusal{Kind: kind, Reason: reason} }
