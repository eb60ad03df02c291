package app

import (
	"log/slog"

	"callboard/internal/access"
	"callboard/internal/oidc"
	"callboard/internal/privacy"
	"callboard/internal/rules"
)

// CompanyBack is the path to which the company's sign-in service sends people
// back; it has to be registered there behind the public address.
const CompanyBack = "/signin/company/back"

// companySignIn makes the client of the company's sign-in service; nil without
// one.
func companySignIn(opt Options, log *slog.Logger) (*oidc.Client, error) {
	if opt.Company == nil {
		return nil, nil
	}
	cfg := *opt.Company
	cfg.Groups, cfg.Log = companyGroups(opt.Setup.Rules), log.With("part", "sign-in")
	return oidc.New(cfg)
}

// companyGroups puts the groups of the settings file into the words of sign-in.
// A word that it does not know gives nothing.
func companyGroups(r rules.Rules) []oidc.Group {
	var groups []oidc.Group
	for _, g := range r.SignIn {
		role, known := access.ParseRole(g.Role)
		level, own := privacy.ParseLevel(g.Level)
		if !known || g.Level != "" && !own {
			continue
		}
		groups = append(groups, oidc.Group{Name: g.Group, Role: role, Level: level, Own: own, Scope: privacy.NewScope(g.Teams, g.Lines)})
	}
	return groups
}
