package access

import "callboard/internal/privacy"

// An Identity is what a company's sign-in service said of somebody who just
// signed in there, and what their groups give them here.
type Identity struct {
	Issuer, Subject string // together who it is, for ever; names change
	Name            string // as others see it; empty if none was told
	Role            Role
	Scope           privacy.Scope
	Level           privacy.Level // counts only if OwnLevel
	OwnLevel        bool          // Level stands, and not what is usual for the role
}
