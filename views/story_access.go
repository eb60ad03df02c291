package views

import (
	"context"
	"io"

	"github.com/a-h/templ"
)

// storyViewer is who looks at the storybook's pages of accounts.
func storyViewer() *Viewer {
	w := &English.OnAccess
	return &Viewer{
		Name: "Lotte Hendriksen", Role: w.Roles[2], SignOut: "/signout", Back: "/",
		Items: []NavItem{
			{Label: w.Account, URL: "/account", Glyph: "person"},
			{Label: w.People, URL: "/admin/people", Glyph: "people"},
			{Label: w.Programs, URL: "/admin/programs", Glyph: "key"},
			{Label: w.Displays, URL: "/displays", Glyph: "wall"},
			{Label: w.Audit, URL: "/admin/audit", Glyph: "list"},
		},
	}
}

// storyBeginning is the first administrator, with nobody else there.
func storyBeginning() *Viewer {
	v, w := storyViewer(), &English.OnDoor
	v.Next = []Option{{Label: w.NextPeople, URL: "/admin/people"}, {Label: w.NextDisplay, URL: "/displays"}}
	return v
}

// storyHiding is somebody from whom numbers are hidden, storyShown while they are not.
func storyHiding() *Viewer {
	v := storyViewer()
	v.Name, v.Role, v.Items, v.Ask = "Daan Smit", English.OnAccess.Roles[1], v.Items[:1], "/reveal"
	return v
}

func storyShown() *Viewer {
	v := storyHiding()
	v.Ask, v.Shown, v.Hide, v.Plain = "", sprintf(English.OnDoor.ShownUntilFmt, "13:25"), "/reveal/hide", true
	return v
}

// seenBy is a component as somebody sees it.
func seenBy(v *Viewer, c templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return c.Render(WithViewer(ctx, v), w)
	})
}

func storyDoorChrome(page, title string) Chrome {
	c := storyChrome(page, title)
	c.Stream, c.Cursor, c.WallURL, c.Nav = "", "", "", nil
	return c
}

func storySignIn() SignInPage {
	return SignInPage{
		Chrome: storyDoorChrome("signin", English.OnDoor.SignIn), Action: "/signin", Company: "/signin/company", To: "/missed",
		Name: "l.hendriksen", Pair: PairPanel{URL: "/tv", Code: storyTV().Code},
	}
}

func storySignInWrong() SignInPage {
	p := storySignIn()
	p.Company, p.Trouble, p.Said = "", English.OnDoor.Wrong, ""
	return p
}

func storySignInAway() SignInPage {
	p := storySignIn()
	p.Company, p.Name, p.Said, p.Pair = "", "", English.OnDoor.SignInTo, PairPanel{}
	return p
}

func storySetup(step string) SetupPage {
	w := &English.OnDoor
	p := SetupPage{
		Chrome: storyDoorChrome("setup", w.SetupTitle), Title: w.SetupTitle, Text: w.SetupText, Action: "/setup", Step: step,
		Rule: sprintf(w.PasswordRuleFmt, 12), Least: 12, Do: w.SetupDo,
	}
	switch step {
	case "code":
		p.Code, p.Field, p.Trouble, p.How, p.Do = "wrong", "code", w.CodeWrong, w.CodeHow, w.CodeGo
	case "account":
		p.Login, p.Name, p.Field, p.Trouble = "l.hendriksen", "Lotte Hendriksen", "password", w.Common
	case "password":
		p.Title, p.Text, p.Login, p.Do = sprintf(w.WelcomeFmt, "Daan Smit"), w.WelcomeText, "d.smit", w.WelcomeDo
	}
	return p
}

func storyGone() GonePage {
	w := &English.OnDoor
	return GonePage{Chrome: storyDoorChrome("gone", w.SignedOut), Title: w.SignedOut, Text: w.SignedOutText, Links: []Option{{Label: w.SignInAgain, URL: "/signin"}}}
}

func storyReveal() RevealPage {
	return RevealPage{
		Chrome: storyChrome("reveal", English.OnDoor.RevealTitle), Strip: storyStrip(), Action: "/reveal", Back: "/missed",
		Reason: "ok", Trouble: sprintf(English.OnDoor.ReasonWrongFmt, 5, 200), Least: 5, Most: 200,
	}
}

func storyNoReveal() RevealPage {
	p := storyReveal()
	p.None = English.OnDoor.NothingHidden
	return p
}

// storyAccount has something wrong with a field, which then takes the focus; empty for nothing.
func storyAccount(wrong string) Account {
	w := &English.OnAccess
	return Account{
		Facts:    []Fact{{Label: w.Name, Value: "Daan Smit"}, {Label: w.User, Value: "d.smit"}, {Label: w.Role, Value: w.Roles[0]}},
		Sees:     []string{sprintf(w.SeesTeamsFmt, "Sales and Service"), w.LevelTexts[1], w.HiddenHere},
		Password: "/account/password", Login: "d.smit", Rule: sprintf(English.OnDoor.PasswordRuleFmt, 12), Least: 12,
		Field: wrong,
		Sessions: []SessionRow{
			{Device: sprintf(w.OnFmt, "Firefox", "Linux"), From: "192.0.2.0/24", Since: "09:02", Seen: "13:10", Current: true},
			{Device: sprintf(w.OnFmt, "Safari", "iPhone"), From: "198.51.100.0/24", Since: "Fri 20 Nov, 17:40", Seen: "12:31", Action: "/account/end", ID: "s2"},
		},
		EndOthers: "/account/end-others",
	}
}

func storyWrongAccount() Account {
	a := storyAccount("old")
	a.Trouble = English.OnAccess.OldWrong
	return a
}

func storyCompanyAccount() Account {
	a := storyAccount("")
	a.Password, a.Company, a.Trouble, a.EndOthers = "", English.OnAccess.ByCompany, "", ""
	a.Sees, a.Sessions, a.Said = []string{English.OnAccess.SeesAll, English.OnAccess.LevelTexts[0]}, a.Sessions[:1], English.OnAccess.EndedOthers
	return a
}

func storyAdminTabs(page string) []NavItem {
	tabs := storyViewer().Items[1:]
	for i := range tabs {
		tabs[i].Current = tabs[i].Label == page
	}
	return tabs
}

func storyPicks(chosen int, labels ...string) []Pick {
	picks := make([]Pick, len(labels))
	for i, l := range labels {
		picks[i] = Pick{Value: itoa(i), Label: l, Chosen: i == chosen}
	}
	return picks
}

func storyPersonForm() PersonForm {
	w := &English.OnAccess
	f := PersonForm{
		Action: "/admin/people", Do: w.AddDo, New: true,
		Roles: storyPicks(0, w.Roles[:]...), Levels: storyPicks(0, append([]string{w.LevelOfRole}, w.Levels[:]...)...),
		Teams: storyPicks(-1, "Administratie", "Support", "Verkoop"), Lines: storyPicks(-1, "Storingsdienst", "Verkoop"),
	}
	for i := range f.Roles {
		f.Roles[i].Hint = w.RoleHints[i]
	}
	return f
}

func storyAdminPeople() AdminPeoplePage {
	w := &English.OnAccess
	return AdminPeoplePage{
		Chrome: storyChrome("admin", w.People), Strip: storyStrip(), Tabs: storyAdminTabs(w.People), Form: storyPersonForm(), Said: w.Removed,
		Rows: []PersonRow{
			{URL: "/admin/people/4", Name: "Bas Jansen", Login: "b.jansen", Role: w.Roles[0], Level: w.Levels[1], Scope: "Sales, Service", Seen: w.Never, State: w.Invited},
			{URL: "/admin/people/2", Name: "Daan Smit", Login: "d.smit", Role: w.Roles[1], Level: w.Levels[0], Scope: w.ScopeAll, Seen: "Mon 16 Nov, 08:11", State: w.Disabled, Off: true},
			{URL: "/admin/people/1", Name: "Lotte Hendriksen", Login: "l.hendriksen", Role: w.Roles[2], Level: w.Levels[0], Scope: w.ScopeAll, Seen: "09:02", State: w.Active, You: true},
			{URL: "/admin/people/3", Name: "Noor Visser", Login: "noor.visser@vandijk.example", Role: w.Roles[0], Level: w.Levels[2], Scope: "Support", Seen: "12:58", State: w.CompanyAccount},
		},
	}
}

func storyAdminPerson() AdminPersonPage {
	w := &English.OnAccess
	f := storyPersonForm()
	f.New, f.Name, f.Do, f.Action, f.RoleFixed = false, "Lotte Hendriksen", w.Save, "/admin/people/1", w.LastAdministrator
	f.Roles[0].Chosen, f.Roles[2].Chosen = false, true
	return AdminPersonPage{
		Chrome: storyChrome("admin", "Lotte Hendriksen"), Strip: storyStrip(), Tabs: storyAdminTabs(w.People), Name: "Lotte Hendriksen", PeopleURL: "/admin/people", Form: f, Said: w.Saved,
		Facts: []Fact{{Label: w.User, Value: "l.hendriksen"}, {Label: w.State, Value: w.Active}, {Label: w.LastSignIn, Value: "09:02"}, {Label: w.SessionsOpen, Value: w.SessionsNow.Of(2)}},
		Acts: []PersonAct{
			{Do: w.EndAll, Text: w.EndAllText, Action: "/admin/people/1/end"},
			{Do: w.NewLink, Text: w.NewLinkText, Action: "/admin/people/1/link"},
			{Do: w.Disable, Text: w.DisableText, Action: "/admin/people/1/disable", Refused: w.LastAdministrator},
			{Do: w.Remove, Text: w.RemoveText, Action: "/admin/people/1/remove", Link: true},
		},
	}
}

func storySecret() SecretPage {
	w := &English.OnAccess
	return SecretPage{
		Chrome: storyChrome("admin", w.Programs), Strip: storyStrip(), Tabs: storyAdminTabs(w.Programs), Title: sprintf(w.TokenTitleFmt, "Grafana"), Text: w.TokenText,
		Secret: "cb_MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U", Copy: w.TokenCopy, Copied: w.Copied,
		Example: `curl -H "Authorization: Bearer cb_…" https://board.vandijk.example/api/v1/board`, Back: "/admin/programs", BackText: w.Programs,
	}
}

func storyConfirm() ConfirmPage {
	w := &English.OnAccess
	return ConfirmPage{
		Chrome: storyChrome("admin", w.Remove), Strip: storyStrip(), Tabs: storyAdminTabs(w.People), Title: sprintf(w.RemoveTitleFmt, "Bas Jansen"), Text: w.RemoveText,
		Action: "/admin/people/4/remove", Do: w.RemoveDo, Keep: "/admin/people/4", KeepText: w.Keep,
	}
}

func storyPrograms() ProgramsPage {
	w := &English.OnAccess
	f := storyPersonForm()
	return ProgramsPage{
		Chrome: storyChrome("admin", w.Programs), Strip: storyStrip(), Tabs: storyAdminTabs(w.Programs), Said: w.Revoked,
		Form: ProgramForm{Action: "/admin/programs", Roles: f.Roles, Levels: f.Levels, Teams: f.Teams, Lines: f.Lines, Expires: storyPicks(1, w.Days.Of(30), w.Days.Of(90), w.Days.Of(365))},
		Rows: []ProgramRow{
			{Name: "Grafana", Role: w.Roles[0], Level: w.Levels[3], Scope: w.ScopeAll, Made: "2 Nov 2026", Used: "13:09", Expires: "31 Jan 2027", Revoke: "/admin/programs/2/revoke"},
			{Name: "Week report", Role: w.Roles[1], Level: w.Levels[0], Scope: "Sales", Made: "1 Mar 2026", Used: w.Never, Expires: w.WasRevoked, Off: true},
		},
	}
}

func storyNoPrograms() ProgramsPage {
	p := storyPrograms()
	p.Rows, p.Said, p.Form.Trouble, p.Form.Field = nil, "", English.OnDoor.NameWrong, "name"
	return p
}

func storyAudit() AuditPage {
	w := &English.OnAccess
	return AuditPage{
		Chrome: storyChrome("admin", w.Audit), Strip: storyStrip(), Tabs: storyAdminTabs(w.Audit), Action: "/admin/audit",
		Who: storyPicks(0, w.AnyWho, "Lotte Hendriksen"), What: storyPicks(0, w.AnyWhat, w.Acts["sign-in"]), Day: "2026-11-22",
		Hidden: []Field{{"theme", "dark"}}, Chain: w.Verified.Of(1204), Older: "/admin/audit?before=1180", Newest: "/admin/audit",
		JSON: "/admin/audit.jsonl", CSV: "/admin/audit.csv", All: "/admin/audit",
		Rows: []AuditRow{
			{Number: "1204", At: "22 Nov 2026, 13:08:41", Who: "Daan Smit", What: w.Acts["numbers shown"], Of: "–", From: "192.0.2.17", Note: "customer asks to be called back"},
			{Number: "1203", At: "22 Nov 2026, 13:08:02", Who: w.CommandLine, What: w.Acts["person changed"], Of: "Noor Visser", From: "–", Note: "level full to initials"},
		},
	}
}

func storyBrokenAudit() AuditPage {
	p := storyAudit()
	p.Broken, p.Chain, p.Rows, p.Older, p.All = true, sprintf(English.OnAccess.BrokenFmt, 1180), nil, "", ""
	return p
}

// accessPages are the documents of accounts.
func accessPages() map[string]templ.Component {
	boss := func(c templ.Component) templ.Component { return seenBy(storyViewer(), c) }
	return map[string]templ.Component{
		"signin":         SignInPageView(storySignIn()),
		"signin-wrong":   SignInPageView(storySignInWrong()),
		"signin-ended":   seenBy(&Viewer{Plain: true}, SignInPageView(storySignInAway())),
		"setup-code":     SetupPageView(storySetup("code")),
		"setup":          SetupPageView(storySetup("account")),
		"setup-person":   SetupPageView(storySetup("password")),
		"board-begun":    seenBy(storyBeginning(), BoardPage(storyBoard())),
		"signed-out":     GonePageView(storyGone()),
		"reveal":         seenBy(storyHiding(), RevealPageView(storyReveal())),
		"reveal-none":    boss(RevealPageView(storyNoReveal())),
		"account":        seenBy(storyShown(), AccountPageView(AccountPage{Chrome: storyChrome("account", English.OnAccess.Account), Strip: storyStrip(), Account: storyWrongAccount()})),
		"account-other":  boss(AccountPageView(AccountPage{Chrome: storyChrome("account", English.OnAccess.Account), Strip: storyStrip(), Account: storyCompanyAccount()})),
		"admin-people":   boss(AdminPeoplePageView(storyAdminPeople())),
		"admin-person":   boss(AdminPersonPageView(storyAdminPerson())),
		"admin-secret":   boss(SecretPageView(storySecret())),
		"admin-confirm":  boss(ConfirmPageView(storyConfirm())),
		"admin-programs": boss(ProgramsPageView(storyPrograms())),
		"admin-nothing":  boss(ProgramsPageView(storyNoPrograms())),
		"admin-audit":    boss(AuditPageView(storyAudit())),
		"admin-broken":   boss(AuditPageView(storyBrokenAudit())),
	}
}
