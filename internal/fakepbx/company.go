package fakepbx

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
)

// A Party is one side of a call as the exchange knows it. The feed tells only
// numbers and oids of it; names are had by REST.
type Party struct {
	Number          string // extension, E.164 number, "anonymous", or blank
	Name            string
	User            string // user profile oid; blank for anybody outside
	UserAddressable string
	Addressable     string // blank for a number nobody knows
	SyncID          string // in the customer's CRM, if it is there
	SyncSource      string
}

func (p Party) internal() bool { return p.User != "" }

// key tells parties apart the way a reader of the feed would.
func (p Party) key() string {
	for _, s := range []string{p.User, p.Number, p.Addressable} {
		if s != "" {
			return s
		}
	}
	return ""
}

type user struct {
	Party
	login string // peer name of the telephone: SIP/<login>-...
	line  *line
}

// ownLine is the oid of the user's personal phone line. It is never in a call
// event, where the line is the company's.
func (u *user) ownLine() string { return "18" + u.User }

type line struct {
	oid, name, number string
	weight            int // share of the company's incoming calls
	linear            bool
	members           []*user

	// The wallboard of the line, since the exchange was made.
	incoming, answered, missed int
}

type company struct {
	name      string
	lines     []*line
	users     []*user
	customers []Party
	byUser    map[string]*user
	byLine    map[string]*line
	contacts  map[string]Party // by addressable oid, customers and users
}

// The house staff: whoever draws a picture of the product meets these people.
var staff = []struct {
	line string
	ext  int
	name string
}{
	{"Verkoop", 201, "Anna de Vries"}, {"Support", 231, "Sem Bakker"}, {"Administratie", 251, "Lotte Mulder"},
	{"Verkoop", 202, "Bas Jansen"}, {"Support", 232, "Sanne Meijer"}, {"Administratie", 252, "Iris Kok"},
	{"Verkoop", 203, "Fleur Maas"}, {"Support", 233, "Femke Smit"}, {"Storing", 234, "Tim de Groot"},
	{"Verkoop", 204, "Daan Willems"}, {"Support", 235, "Ruben Vos"}, {"Administratie", 253, "Julia Kuiper"},
	{"Verkoop", 205, "Eva Peters"}, {"Support", 236, "Mees de Graaf"}, {"Administratie", 254, "Willem Bos"},
	{"Verkoop", 206, "Lars Prins"}, {"Support", 237, "Nina Jacobs"}, {"Storing", 238, "Koen Hofman"},
	{"Verkoop", 207, "Thijs Dekker"}, {"Administratie", 255, "Vera Blom"}, {"Administratie", 256, "Hugo Timmer"},
	{"Verkoop", 208, "Noor Visser"}, {"Verkoop", 209, "Pieter Schouten"}, {"Storing", 239, "Yara el Amrani"},
}

var (
	firstNames = []string{"Jeroen", "Saskia", "Marieke", "Joost", "Esra", "Wouter", "Linda", "Mohammed", "Charlotte", "Niels",
		"Ilse", "Gijs", "Maud", "Bram", "Roos", "Youssef", "Hanneke", "Floor", "Jasper", "Tess", "René", "Zoë", "Kees", "Annelies"}
	lastNames = []string{"van Leeuwen", "Brouwer", "de Wit", "Dijkstra", "Smeets", "van der Meer", "Postma", "Verhoeven", "Kramer",
		"Schippers", "van Wijk", "Peeters", "Yılmaz", "Bosman", "Hoekstra", "Sluis", "van der Heijden", "Evers", "Gerritsen", "Molenaar"}
)

// Customers by the prefix of their number; one digit is added. All ranges
// are fiction: 555 in the Netherlands and Belgium, the ranges kept for drama
// and examples in Germany and the United Kingdom.
var regulars = []struct{ prefix, name string }{
	{"+3120555010", "Kuipers Installaties"}, {"+3162555014", "Fam. de Boer"}, {"+3130555011", "Bakkerij Van Houten"},
	{"+3173555016", ""}, {"+3138555019", "Bouwinfo"}, {"+3140555012", "Notaris Hendriks"}, {"+3120555017", "Hotel Gouden Leeuw"},
	{"+3110555013", "Tandarts Maasstad"}, {"+3162555010", "J. van den Berg"}, {"+3170555015", "VvE Parkzicht"}, {"+3150555016", ""},
	{"+323555012", "Verwarming Claes"}, {"+3162555018", ""}, {"+3120555012", "Schildersbedrijf Mol"}, {"+3130555014", "Praktijk Zuiderlicht"},
	{"+3162555011", ""}, {"+3123555013", "Bloemisterij De Roos"}, {"+3135555012", "Basisschool 't Schrijverke"}, {"+3171555011", "Garage Zwart & Zn."},
	{"+322555012", "Mevr. L. Vandenberghe"}, {"+329555013", "Immo Schelde bv"}, {"+49302312501", "Heizungsbau Krüger GmbH"}, {"+49302312507", "Fr. Schäfer"},
	{"+44207946012", "Harrow & Finch Ltd"}, {"+44207946015", ""}, {"+3178555017", "Zorgcentrum De Linde"}, {"+3115555018", "Woningstichting Delfland-Oost"},
	{"+3176555014", "Supermarkt Brabant"}, {"+3145555013", "Fam. Janssen-Lemmens"}, {"+3162555012", "Dhr. A. Özdemir"}, {"+3158555011", "Jachthaven It Skûtsje"},
	{"+3126555015", "Gemeente, afd. Gebouwen"}, {"+3143555016", "Café 't Hoekje"}, {"+3162555013", ""}, {"+3120555014", "Groothandel Amstel Sanitair"},
}

func newCompany(users int, seed uint64) *company {
	r := rand.New(rand.NewPCG(seed, 0xc0))
	c := &company{name: "Van Dijk Installatie", byUser: map[string]*user{}, byLine: map[string]*line{}, contacts: map[string]Party{}}
	c.lines = []*line{
		{oid: "1601", name: "Verkoop", number: "+31205550201", weight: 38},
		{oid: "1602", name: "Support", number: "+31205550202", weight: 34},
		{oid: "1603", name: "Administratie", number: "+31205550203", weight: 16, linear: true},
		{oid: "1604", name: "Storing", number: "+31205550204", weight: 12, linear: true},
	}
	byName := map[string]*line{}
	for _, l := range c.lines {
		byName[l.name], c.byLine[l.oid] = l, l
	}
	used := map[string]int{}
	for i := range users {
		var name string
		var ext int
		l := c.lines[i%len(c.lines)]
		if i < len(staff) {
			name, ext, l = staff[i].name, staff[i].ext, byName[staff[i].line]
		} else {
			n := i - len(staff)
			// 35 steps through the first names and shares no factor with the
			// last names' count, so pairs repeat as late as they can.
			name = firstNames[n%len(firstNames)] + " " + lastNames[(n/len(firstNames)+n*7)%len(lastNames)]
			ext = 260 + n
			if ext > 999 {
				ext = 2000 + n
			}
		}
		login := strings.ToLower(ascii(strings.Fields(name)[0]))
		used[login]++
		if k := used[login]; k > 1 {
			login += strconv.Itoa(k)
		}
		u := &user{login: login, line: l, Party: Party{
			Number: strconv.Itoa(ext), Name: name,
			User: strconv.Itoa(501 + i), UserAddressable: strconv.Itoa(20501 + i), Addressable: strconv.Itoa(20501 + i),
		}}
		c.users = append(c.users, u)
		c.byUser[u.User] = u
		c.contacts[u.Addressable] = u.Party
		l.members = append(l.members, u)
	}
	for _, l := range c.lines { // a small company: whoever is there takes the line
		if len(l.members) == 0 {
			l.members = c.users
		}
	}
	for n := range 140 {
		reg := regulars[n%len(regulars)]
		p := Party{Name: reg.name, Number: fmt.Sprintf("%s%d", reg.prefix, n/len(regulars)*2+1+r.IntN(2))}
		if n >= len(regulars) && !strings.HasPrefix(p.Number, "+31") {
			p.Name = "" // Dutch names abroad would look odd
		} else if n >= len(regulars) && p.Name != "" {
			p.Name = lastNames[r.IntN(len(lastNames))]
			p.Name = []string{"Fam. ", "Dhr. ", "Mw. ", "Bouwbedrijf ", "Makelaardij "}[r.IntN(5)] + strings.ToUpper(p.Name[:1]) + p.Name[1:]
		}
		if p.Name != "" {
			p.Addressable = strconv.Itoa(7001 + n)
			if n%3 == 0 {
				p.SyncID, p.SyncSource = "crm-"+strconv.Itoa(88+n), "crm"
			}
			c.contacts[p.Addressable] = p
		}
		c.customers = append(c.customers, p)
	}
	return c
}

// ascii keeps what may stand in a telephone's peer name.
func ascii(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case 'é', 'è', 'ë':
			return 'e'
		}
		if r < 128 {
			return r
		}
		return -1
	}, s)
}
