// Package access decides who may see and do what: people with passwords or a
// company account, programs with a token, wall displays that were paired, and
// for how long.
//
// # The service
//
//	New, Run, Close                           access.db in the data folder
//	Add, Change, Remove, SetPassword,         accounts of people; ErrLastAdministrator
//	ChangePassword, Account, Accounts
//	SignIn(Attempt) → Start(w, r, a, addr)    a name and a password become a session and its cookie
//	Provide(External) → Start                 the same for somebody whom a company account vouches for
//	Who(w, r)                                 the party behind a browser's request; Nobody without a session
//	End(w, r)                                 sign out
//	Sessions, EndSession, EndOthers, EndAll   where somebody is signed in
//	Hold(ctx, who)                            a context that ends with ErrEnded when who loses what it may
//	Reveal, Conceal                           hidden numbers shown to one session for a while, with a reason
//	AddToken, Tokens, RevokeToken, ByToken    programs
//	SetupCode, SetupNeeded, SetUp             the first administrator
//	Invite, Invited, Accept                   a link by which somebody chooses a password
//	Note, Audit, ExportAudit, Verify          the audit log
//
// # Ownership and blocking
//
// A [Service] is safe for concurrent use. Who, Hold, ByToken and the lists are
// answered from memory; what changes something waits for the disk (about a
// hundredth of a second), SignIn for a hash as well. Other processes may change
// the file: Run looks every second whether one did.
package access
