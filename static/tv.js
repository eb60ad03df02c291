// The module of a display's own screen. While it is not paired (or not any
// more) it asks every second how it stands, counts the life of its code down,
// and loads the page anew when that is another. On a paired wall it tells the
// stream its size, does what the stream says (callboard:told), and asks how it
// stands where no stream gets through.

const page = document, root = page.documentElement, data = root.dataset
const byID = id => page.getElementById(id)
const write = (el, s) => { if (el && el.textContent !== s) el.textContent = s }
const two = v => ('0' + v).slice(-2)
const mono = () => performance.now()
const paired = data.display !== undefined
const size = '&w=' + Math.round(innerWidth * devicePixelRatio) + '&h=' + Math.round(innerHeight * devicePixelRatio)

// forget lets go of the pictures that a wall kept here.
async function forget() {
	try {
		if (window.isSecureContext) await caches.delete('callboard-wall')
	} catch { /* there are none */ }
}

// go loads the page anew once it can be had: a screen without a keyboard must
// never stand before an error of its browser.
const home = location.pathname === '/tv' ? '/tv' + location.search : '/tv' // with the language that was asked for
let going = false
async function go(clear) {
	if (going) return
	going = true
	if (clear) await forget()
	for (;;) {
		try {
			const r = await fetch(home, { method: 'HEAD', cache: 'no-store', signal: AbortSignal.timeout(8000) })
			if (r.status < 500) break
		} catch { /* again */ }
		await new Promise(done => setTimeout(done, 2000))
	}
	location.replace(home)
}

async function stands() {
	const began = mono()
	const r = await fetch('/tv/state?build=' + encodeURIComponent(data.build) + size, { cache: 'no-store', signal: AbortSignal.timeout(8000) })
	if (!r.ok) throw r.status
	return [await r.json(), mono() - began]
}

// --- a paired wall ---

let shown = 0
function identify(ms) {
	const el = byID('identify')
	if (!el) return
	el.hidden = ms <= 0
	clearTimeout(shown)
	if (ms > 0) shown = setTimeout(() => { el.hidden = true }, ms)
}

let asked
async function ask() {
	try {
		const [s] = await stands()
		if (s.state !== 'shows' || s.revision !== data.revision) return go(true)
		if (asked !== undefined && s.asked !== asked) go()
		asked = s.asked
		if (s.shown > 0) identify(s.shown)
	} catch { /* the page's core says that the server is away */ }
}

if (paired) {
	const url = new URL(data.stream, location)
	data.revision = url.searchParams.get('display')
	if (!url.searchParams.has('w')) data.stream += size
	identify(+data.shown)
	page.addEventListener('callboard:told', e => {
		const { do: what, ms } = e.detail
		if (what === 'identify') identify(ms)
		else go(what === 'point')
	})
	setInterval(() => { if (data.link === 'poll') ask() }, 4000)
}

// --- a screen that waits, or was switched off ---

const panel = byID('pair-panel')?.dataset || data // beside the sign-in, or all of the page
const sentences = JSON.parse(data.words || '{}')
const start = +data.now - mono()
let left = +panel.left || 0, since = mono(), lost = 0, took

function tell() {
	const ms = Math.max(0, left - (mono() - since)), s = Math.ceil(ms / 1000)
	if (left) write(byID('tv-left'), (s / 60 | 0) + ':' + two(s % 60))
	const ready = byID('tv-ready')
	if (ready && took !== undefined) write(ready, lost > 2 ? ready.dataset.lost : ready.dataset.ready + ', ' + (took / 1000).toFixed(1).replace('.', sentences.decimal || '.') + ' s')
	write(byID('tv-clock'), new Date(start + mono() + data.zone * 6e4).toISOString().slice(11, 16))
}

async function wait() {
	try {
		const [s, ms] = await stands()
		took = ms
		lost = 0
		if (s.state === 'shows' || s.state !== panel.stands) return go()
		const code = byID('tv-code')
		if (s.code && code && code.textContent !== s.code) {
			write(code, s.code)
			if (data.page === 'tv') code.className = 'tv-code num tv-w' + (s.code.match(/[WM]/g) || []).length
			code.setAttribute('aria-label', [...s.code].filter(c => c !== ' ').join(' '))
		}
		if (s.left) [left, since] = [s.left, mono()]
	} catch { lost++ }
	setTimeout(wait, 1000)
}

if (!paired && panel.stands) {
	if (data.page === 'tv') forget()
	setInterval(tell, 250)
	setTimeout(wait, panel.stands === 'ended' ? 10000 : 300) // for a while it says that it was switched off
}
