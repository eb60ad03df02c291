package views

import "strings"

// FormatNumber inserts spaces into a telephone number and changes nothing
// else: the digits, the plus and their order stay as the feed gave them, so
// that a number can be found in the page by anyone who takes the spaces out.
// It knows Dutch, Belgian, German and British numbers in international form
// and Dutch ones in national form; extensions (up to five digits) and all
// that looks odd stay as they are.
func FormatNumber(raw string) string {
	if shown, masked := strings.CutSuffix(raw, hiddenDigits); masked && shown != "" && strings.Trim(shown, "+0123456789") == "" {
		return formatMasked(shown)
	}
	digits := strings.TrimPrefix(raw, "+")
	if len(digits) < 6 || len(digits) > 15 || strings.Trim(digits, "0123456789") != "" {
		return raw
	}
	switch {
	case strings.HasPrefix(raw, "+31"):
		return "+31 " + dutch(raw[3:])
	case strings.HasPrefix(raw, "+32"):
		return "+32 " + belgian(raw[3:])
	case strings.HasPrefix(raw, "+44"):
		return "+44 " + british(raw[3:])
	case strings.HasPrefix(raw, "+49"):
		return "+49 " + german(raw[3:])
	case strings.HasPrefix(raw, "+"), strings.HasPrefix(raw, "00"):
		return raw
	case raw[0] == '0' && len(raw) == 10:
		return "0" + dutch(raw[1:])
	}
	return raw
}

// hiddenDigits stand for the last three of a number that is not shown wholly.
const hiddenDigits = "···"

// formatMasked groups what is shown of a number as it is grouped in the whole.
func formatMasked(shown string) string {
	whole := FormatNumber(shown + "000")
	for range len(hiddenDigits) / len("·") {
		whole = strings.TrimRight(strings.TrimSuffix(whole, "0"), " ")
	}
	if len(shown) > 0 && strings.HasSuffix(FormatNumber(shown+"000"), " 000") {
		whole += " "
	}
	return whole + hiddenDigits
}

// dutch groups the nine digits after the trunk prefix: 20 555 01 01, mobile
// 6 2555 01 01, four digit areas 162 55 01 01, service numbers 800 0101.
func dutch(n string) string {
	switch {
	case strings.HasPrefix(n, "800") || strings.HasPrefix(n, "90"):
		return split(n, 3)
	case len(n) != 9:
		return n
	case n[0] == '6':
		return split(n, 1, 4, 2)
	case dutchShortArea[n[:2]]:
		return split(n, 2, 3, 2)
	default:
		return split(n, 3, 2, 2)
	}
}

// dutchShortArea holds the Dutch area codes of two digits after the zero; all
// others have three.
var dutchShortArea = map[string]bool{
	"10": true, "13": true, "15": true, "20": true, "23": true, "24": true, "26": true, "30": true, "33": true,
	"35": true, "36": true, "38": true, "40": true, "43": true, "45": true, "46": true, "50": true, "53": true,
	"55": true, "58": true, "70": true, "71": true, "72": true, "73": true, "74": true, "75": true, "76": true,
	"77": true, "78": true, "79": true, "85": true, "88": true,
}

// belgian: mobile 470 55 01 01, Brussels, Antwerp, Ghent and Liege 3 555 01 20,
// others 16 55 01 01.
func belgian(n string) string {
	switch {
	case len(n) == 9 && n[0] == '4':
		return split(n, 3, 2, 2)
	case len(n) == 8 && strings.IndexByte("2349", n[0]) >= 0:
		return split(n, 1, 3, 2)
	case len(n) == 8:
		return split(n, 2, 2, 2)
	}
	return n
}

// british: London 20 7946 0123, mobile 7700 900123, others 1632 960123.
func british(n string) string {
	switch {
	case len(n) != 10:
		return n
	case n[0] == '2':
		return split(n, 2, 4)
	default:
		return split(n, 4)
	}
}

// german: mobile 151 55501234, the four large two digit areas 30 5550123,
// anything else only loses its area by a guess, so it keeps one block.
func german(n string) string {
	switch {
	case len(n) < 7:
		return n
	case strings.HasPrefix(n, "15"), strings.HasPrefix(n, "16"), strings.HasPrefix(n, "17"):
		return split(n, 3)
	case strings.HasPrefix(n, "30"), strings.HasPrefix(n, "40"), strings.HasPrefix(n, "69"), strings.HasPrefix(n, "89"):
		return split(n, 2)
	}
	return n
}

// split cuts a text into blocks of the given sizes, the rest being the last.
func split(n string, sizes ...int) string {
	var parts []string
	for _, size := range sizes {
		if len(n) <= size {
			break
		}
		parts = append(parts, n[:size])
		n = n[size:]
	}
	return strings.Join(append(parts, n), " ")
}
