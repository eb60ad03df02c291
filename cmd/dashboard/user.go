package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/user"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"text/tabwriter"

	"golang.org/x/term"

	"callboard/internal/access"
	"callboard/internal/privacy"
)

// A verb is what "dashboard user" can do.
type verb struct {
	name, args, summary string
	run                 func(ctx context.Context, u *userCall) error
}

func verbs() []verb {
	return []verb{
		{"list", "", "all people", listUsers},
		{"add", "NAME", "an account; asks for its password", addUser},
		{"change", "NAME", "role, level, teams, lines, names of an account", changeUser},
		{"passwd", "NAME", "another password; ends all sessions", passwordOfUser},
		{"invite", "NAME", "a link by which somebody chooses a password", inviteUser},
		{"disable", "NAME", "keeps an account and lets nobody in with it", disableUser},
		{"enable", "NAME", "undoes disable", enableUser},
		{"remove", "NAME", "deletes an account", removeUser},
		{"sessions", "[NAME]", "where people are signed in", listSessions},
		{"sign-out", "NAME", "ends all sessions of somebody", signOutUser},
	}
}

// A userCall is one use of such a verb.
type userCall struct {
	*call
	verb verb
	dir  string
	name string // the login name that was given
	s    *access.Service

	flags                                           *flags
	role, level, teams, lines, shown, login, secret *setting
}

// people is "dashboard user".
func people(ctx context.Context, c *call) error {
	if len(c.args) == 0 || !slices.ContainsFunc(verbs(), func(v verb) bool { return v.name == c.args[0] }) {
		if len(c.args) > 0 && slices.Contains([]string{"-h", "-help", "--help", "help"}, c.args[0]) {
			usersHelp(c.stdout)
			return errHelp
		}
		given := "no verb"
		if len(c.args) > 0 {
			given = quote(c.args[0])
		}
		return usagef("%s: expected one of %s; see \"dashboard help user\"", given, names(verbs()))
	}
	u := &userCall{call: c, verb: verbs()[slices.IndexFunc(verbs(), func(v verb) bool { return v.name == c.args[0] })]}
	u.args = c.args[1:]
	c.name, c.summary = "user "+u.verb.name, u.verb.summary
	u.flags = newFlags(c, prefix)
	dataDir := u.flags.text("data-dir", "", "folder of the service (default $XDG_STATE_HOME/dashboard or ~/.local/state/dashboard)")
	u.options()
	if u.verb.args != "" {
		u.flags.takes(u.verb.args, &u.name)
	}
	if err := u.flags.parse(c); err != nil {
		return err
	}
	if u.verb.args == "NAME" && u.name == "" {
		return usagef("NAME is not set: expected \"dashboard user %s NAME\" with a login name", u.verb.name)
	}
	log, err := logging{&setting{text: "error", name: "log-level"}, &setting{text: "text", name: "log-format"}}.logger(c.stderr)
	if err != nil {
		return err
	}
	if u.verb.name == "add" { // it may come before the first start of the service
		u.dir, err = checkDataDir(dataDir, c.getenv)
	} else {
		u.dir, err = dataDirOf(dataDir, c.getenv)
	}
	if err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(u.dir, access.FileName)); err != nil && u.verb.name != "add" {
		return dataDir.wrongValue(u.dir, "a folder in which the service or \"dashboard user add\" made %s: %v", access.FileName, errors.Unwrap(err))
	}
	if u.s, err = access.New(access.Options{Dir: u.dir, Log: log}); err != nil {
		return err
	}
	if err = u.s.Trouble(); err == nil {
		err = u.plain(u.verb.run(ctx, u))
	}
	return errors.Join(err, u.s.Close(), handOver(u.dir))
}

// options are the flags of the verb.
func (u *userCall) options() {
	if u.verb.name == "add" || u.verb.name == "change" {
		u.role = u.flags.alone("role", "viewer, supervisor or administrator")
		u.level = u.flags.alone("level", "how plainly numbers and names are seen: full, last-three, initials or counts; role for what is usual for the role")
		u.teams = u.flags.alone("teams", "teams whose calls are seen, separated by commas; all for no limit")
		u.lines = u.flags.alone("lines", "lines whose calls are seen, by number or name, separated by commas; all for no limit")
		u.shown = u.flags.alone("shown-name", "name as others see it")
	}
	if u.verb.name == "change" {
		u.login = u.flags.alone("login-name", "another login name")
	}
	if u.verb.name == "add" || u.verb.name == "passwd" {
		u.secret = u.flags.alone("password-file", "file with the password, - for standard input; none for an account without (default: asked for)")
	}
}

// alone adds a setting of one command that no variable sets: the environment of
// the service must not change accounts.
func (f *flags) alone(name, usage string) *setting {
	s := &setting{name: name}
	f.Var(s, name, usage)
	return s
}

// names of verbs, for messages.
func names(list []verb) string {
	var out []string
	for _, v := range list {
		out = append(out, v.name)
	}
	return strings.Join(out[:len(out)-1], ", ") + " or " + out[len(out)-1]
}

func usersHelp(w io.Writer) {
	fmt.Fprint(w, "Usage: dashboard user VERB [NAME] [FLAGS]\n\nPeople who may sign in; also while the service runs, which takes changes over within a second.\n\n")
	for _, v := range verbs() {
		fmt.Fprintf(w, "  %-16s  %s\n", strings.TrimSpace(v.name+" "+v.args), v.summary)
	}
	fmt.Fprint(w, "\n\"dashboard user VERB -h\" lists the flags of a verb.\n")
}

// operator is whoever sits at this machine, for the audit log.
func operator() access.Who {
	who := access.Who{Kind: access.Local, ID: "local", Name: "command line"}
	if me, err := user.Current(); err == nil {
		who.Name = me.Username
	}
	return who
}

// plain puts an error of the service into the words of settings.
func (u *userCall) plain(err error) error {
	var field *access.FieldError
	switch {
	case errors.As(err, &field):
		return usagef("%s: %s", map[string]string{
			"login": "NAME", "name": "--shown-name", "password": "the password", "role": "--role", "level": "--level", "scope": "--teams or --lines",
		}[field.Field], field)
	case errors.Is(err, access.ErrUnknown):
		return usagef("NAME is %s: expected the login name of somebody; \"dashboard user list\" tells them", quote(u.name))
	}
	return err
}

func (u *userCall) account() (access.Account, error) { return u.s.AccountOf(u.name) }

// roleOf, levelOf and scopeOf read their flags.
func (u *userCall) roleOf(standard access.Role) (access.Role, error) {
	if u.role.text == "" {
		return standard, nil
	}
	role, ok := access.ParseRole(u.role.text)
	if !ok {
		return role, u.role.wrong("viewer, supervisor or administrator")
	}
	return role, nil
}

func (u *userCall) levelOf(own bool, standard privacy.Level) (bool, privacy.Level, error) {
	switch u.level.text {
	case "":
		return own, standard, nil
	case "role":
		return false, 0, nil
	}
	level, ok := privacy.ParseLevel(u.level.text)
	if !ok {
		return false, 0, u.level.wrong("%s, or role", strings.Join(privacy.Levels(), ", "))
	}
	return true, level, nil
}

func (u *userCall) scopeOf(was privacy.Scope) privacy.Scope {
	list := func(s *setting, was []string) []string {
		switch s.text {
		case "":
			return was
		case "all":
			return nil
		}
		var out []string
		for part := range strings.SplitSeq(s.text, ",") {
			out = append(out, strings.TrimSpace(part))
		}
		return out
	}
	return privacy.NewScope(list(u.teams, was.Teams()), list(u.lines, was.Lines()))
}

func addUser(ctx context.Context, u *userCall) error {
	n := access.NewAccount{Login: u.name, Name: u.shown.text, Scope: u.scopeOf("")}
	var err error
	if n.Role, err = u.roleOf(access.Viewer); err != nil {
		return err
	}
	if n.OwnLevel, n.Level, err = u.levelOf(false, 0); err != nil {
		return err
	}
	if n.Password, err = u.password(); err != nil {
		return err
	}
	a, err := u.s.Add(ctx, operator(), n)
	if err != nil {
		return err
	}
	fmt.Fprintf(u.stdout, "added %s\n", inWords(a))
	return nil
}

func changeUser(ctx context.Context, u *userCall) error {
	a, err := u.account()
	if err != nil {
		return err
	}
	a, err = u.s.Change(ctx, operator(), a.ID, func(a *access.Account) (err error) {
		if a.Role, err = u.roleOf(a.Role); err != nil {
			return err
		}
		if a.OwnLevel, a.Level, err = u.levelOf(a.OwnLevel, a.Level); err != nil {
			return err
		}
		a.Scope = u.scopeOf(a.Scope)
		if u.shown.text != "" {
			a.Name = u.shown.text
		}
		if u.login.text != "" {
			a.Login = u.login.text
		}
		return nil
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(u.stdout, "now %s\n", inWords(a))
	return nil
}

func passwordOfUser(ctx context.Context, u *userCall) error {
	a, err := u.account()
	if err != nil {
		return err
	}
	password, err := u.password()
	if err != nil {
		return err
	}
	if password == "" {
		return u.secret.wrong("a file with the new password")
	}
	if err := u.s.SetPassword(ctx, operator(), a.ID, password); err != nil {
		return err
	}
	fmt.Fprintf(u.stdout, "%s has another password and is signed out everywhere\n", a.Login)
	return nil
}

func inviteUser(ctx context.Context, u *userCall) error {
	a, err := u.account()
	if err != nil {
		return err
	}
	code, until, err := u.s.Invite(ctx, operator(), a.ID)
	if err != nil {
		return err
	}
	fmt.Fprintf(u.stdout, "/setup?code=%s\n", code)
	fmt.Fprintf(u.stderr, "Put the address of the board before it and give it to %s alone: it is good once, until %s.\n", a.Name, until.Format("2006-01-02 15:04"))
	return nil
}

func disableUser(ctx context.Context, u *userCall) error { return u.able(ctx, true) }
func enableUser(ctx context.Context, u *userCall) error  { return u.able(ctx, false) }

func (u *userCall) able(ctx context.Context, disabled bool) error {
	a, err := u.account()
	if err != nil {
		return err
	}
	if a, err = u.s.Change(ctx, operator(), a.ID, func(a *access.Account) error { a.Disabled = disabled; return nil }); err != nil {
		return err
	}
	fmt.Fprintf(u.stdout, "now %s\n", inWords(a))
	return nil
}

func removeUser(ctx context.Context, u *userCall) error {
	a, err := u.account()
	if err != nil {
		return err
	}
	if err := u.s.Remove(ctx, operator(), a.ID); err != nil {
		return err
	}
	fmt.Fprintf(u.stdout, "removed %s\n", a.Login)
	return nil
}

func signOutUser(ctx context.Context, u *userCall) error {
	a, err := u.account()
	if err != nil {
		return err
	}
	n := len(u.s.Sessions(a.ID))
	if err := u.s.EndAll(ctx, operator(), a.ID); err != nil {
		return err
	}
	fmt.Fprintf(u.stdout, "%s is signed out: %d sessions ended\n", a.Login, n)
	return nil
}

func listUsers(_ context.Context, u *userCall) error {
	w := tabwriter.NewWriter(u.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "NAME\tSHOWN AS\tROLE\tSEES\tOF\tSIGNS IN\tLAST")
	for _, a := range u.s.Accounts() {
		last := "never"
		if !a.SignedIn.IsZero() {
			last = a.SignedIn.Format("2006-01-02 15:04")
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", a.Login, a.Name, a.Role, a.Lens().Level, scopeInWords(a.Scope), wayIn(a), last)
	}
	return w.Flush()
}

func listSessions(_ context.Context, u *userCall) error {
	var person int64
	if u.name != "" {
		a, err := u.account()
		if err != nil {
			return err
		}
		person = a.ID
	}
	w := tabwriter.NewWriter(u.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "NAME\tSINCE\tLAST USED\tUNTIL\tFROM\tBROWSER")
	for _, e := range u.s.Sessions(person) {
		a, err := u.s.Account(e.Person)
		if err != nil {
			continue // removed at this moment
		}
		const form = "01-02 15:04"
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", a.Login, e.Started.Format(form), e.LastSeen.Format(form), e.Until.Format(form), e.Network, e.Browser)
	}
	return w.Flush()
}

// inWords says what an account is.
func inWords(a access.Account) string {
	return fmt.Sprintf("%s: %s, sees %s of %s, %s", a.Login, a.Role, a.Lens().Level, scopeInWords(a.Scope), wayIn(a))
}

func scopeInWords(s privacy.Scope) string {
	if s.All() {
		return "all"
	}
	return strings.Join(append(slices.Clone(s.Teams()), s.Lines()...), ", ")
}

// wayIn says how somebody signs in.
func wayIn(a access.Account) string {
	switch {
	case a.Disabled:
		return "disabled"
	case a.Password && a.Subject != "":
		return "by password or company account"
	case a.Password:
		return "by password"
	case a.Subject != "":
		return "by company account"
	}
	return "no way in yet"
}

// password finds the password: in the file, or by asking twice without showing
// what is typed.
func (u *userCall) password() (string, error) {
	const most = 4096 // bytes
	switch file := u.secret.text; {
	case file == "none":
		return "", nil
	case file == "-":
		data, err := io.ReadAll(io.LimitReader(u.stdin, most))
		if err != nil {
			return "", err
		}
		first, _, _ := bytes.Cut(data, []byte("\n"))
		return strings.TrimSuffix(string(first), "\r"), nil
	case file != "":
		return readSecret(u.secret, file, "password")
	case !term.IsTerminal(int(u.stdin.Fd())):
		return "", u.secret.wrong("a file with the password, - for standard input, or a terminal to ask at")
	}
	ask := func(what string) (string, error) {
		fmt.Fprint(u.stderr, what)
		defer fmt.Fprintln(u.stderr)
		typed, err := term.ReadPassword(int(u.stdin.Fd()))
		return string(typed), err
	}
	first, err := ask(fmt.Sprintf("Password for %s (at least %d characters, %d or more are better): ", u.name, access.MinPassword, access.AdvisedPassword))
	if err != nil {
		return "", err
	}
	if err := u.s.CheckPassword(u.name, first); err != nil {
		return "", err
	}
	second, err := ask("The same again: ")
	if err == nil && first != second {
		err = usagef("the two passwords differ: nothing was changed")
	}
	return first, err
}

// handOver gives what an administrator of the machine made to the owner of the
// folder, or the service could not open it.
func handOver(dir string) error {
	info, err := os.Stat(dir)
	if err != nil || os.Geteuid() != 0 {
		return err
	}
	owner, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return nil
	}
	files, _ := filepath.Glob(filepath.Join(dir, access.FileName+"*")) // a folder's name with brackets finds nothing
	for _, f := range files {
		if err := os.Lchown(f, int(owner.Uid), int(owner.Gid)); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return nil
}
