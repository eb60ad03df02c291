// The page module: keeps one page equal to the server's picture of it, and
// says so honestly when it cannot. The protocol is in ARCHITECTURE.md, the
// marks it finds in a page are in the comment of package views.
//
// It sets on the root element data-live, data-link (live, poll, lost, paused),
// data-side="open". New rows get is-new and a changed .state gets is-changed,
// for two seconds. After every frame and every second it sends callboard:tick to
// the document, by which the module of a wall turns its pages.

const root = document.documentElement
const data = root.dataset
const wall = data.page === 'wall'
const mono = () => performance.now()
const one = (q, el = document) => el.querySelector(q)
const all = (q, el = document) => [...el.querySelectorAll(q)]
const byID = id => document.getElementById(id)
const list = byID('list')
const rows = () => [...(list?.children || [])]
const write = (el, s) => { if (el && el.textContent !== s) el.textContent = s }
const policy = window.trustedTypes?.createPolicy('callboard', { createHTML: s => s })

const SLEEP = 10000, BLIND = 300000

let source, opened = 0, reopen = 0, tries = 0 // the stream
let polling = 0, asking = false, polled = false // what stands in for it
let cursor = data.cursor || '', [epoch, n] = cursor.split('-')
let period = 5000, heard = 0, from = 0, overdue = 0 // beats; when the last frame came, and the first of this stream
let word = 'blind', proof = 0, event = 0, said = +data.now || 0 // what the server told
let joined = false // the page shows what the server last told
let paused = 0, hiding = 0, faults = 0
let queue = [], drawing = false

// --- time: the server's clock, carried on by the browser's monotonic one ---

let offset = said - mono()
const now = () => mono() + offset
let zone = data.zone * 6e4
const clock = ms => new Date(ms + zone).toISOString().slice(11, 19)
const two = v => String(v).padStart(2, '0')
function span(ms) {
	const s = Math.max(0, Math.floor(ms / 1000)), m = Math.floor(s / 60), h = Math.floor(m / 60)
	return (h ? h + ':' + two(m % 60) : m) + ':' + two(s % 60)
}

// --- drawing ---

function parse(s) {
	const t = document.createElement('template')
	t.innerHTML = policy ? policy.createHTML(s) : s
	return t.content.firstElementChild
}

// swap replaces an element and keeps what the person was doing in it.
function swap(old, el) {
	const can = 'a[href],button,input,summary', at = document.activeElement, i = all(can, old).indexOf(at)
	const home = i >= 0 && at.closest('[id]').id // a tile that moves takes the focus along
	const open = all('details', old).map(d => d.open)
	old.replaceWith(el)
	all('details', el).forEach((d, k) => { d.open = d.open || open[k] })
	const there = home && home !== el.id && byID(home)
	if (i >= 0) (there && one(can, there) || all(can, el)[i])?.focus({ preventScroll: true })
}

// A bar in which someone chooses waits until they are done.
let held = ''
function part(id, s) {
	const el = byID(id)
	if (!el) return
	const busy = id === 'p-bar' && one('[open]', el)
	if (id === 'p-bar') held = busy ? s : ''
	if (!busy) swap(el, parse(s))
}

function flash(el, name) {
	el.classList.add(name)
	setTimeout(() => el.classList.remove(name), 2000)
}

// row puts one row in its place, made anew if its content came along.
function row(u, next, quiet) {
	const old = byID(u.id)
	let el = old
	if (u.html !== undefined && !(quiet && old?.dataset.rev === u.rev)) {
		el = parse(u.html)
		if (old) {
			const was = one('.state', old), is = one('.state', el)
			if (!quiet && is && was?.textContent !== is.textContent) flash(is, 'is-changed')
			swap(old, el)
		} else if (!quiet) flash(el, 'is-new')
		if (!quiet && el.dataset.alarm && !old?.dataset.alarm) say(el.dataset.alarm + ', over the limit')
	}
	if (el.parentNode === list && el.nextElementSibling === next) return el
	const at = document.activeElement
	if (el.isConnected && list.moveBefore) list.moveBefore(el, next)
	else list.insertBefore(el, next)
	if (el.contains(at)) at.focus({ preventScroll: true })
	return el
}

function apply(kind, d) {
	if (kind === 'snapshot') {
		const keep = new Set(d.rows.map(u => u.id))
		for (const el of rows()) if (!keep.has(el.id)) el.remove()
		if (list) d.rows.reduceRight((next, u) => row(u, next, true), null)
	} else {
		if (d.prev !== +n) throw Error('gap')
		for (const id of d.rm) byID(id)?.remove()
		for (const u of d.up) {
			const next = u.before ? byID(u.before) : null
			if (u.before && !next) throw Error('place')
			row(u, next)
		}
	}
	for (const id in d.parts) part(id, d.parts[id])
	n = d.n
}

// hash is FNV-1a over ids and revisions, as the server computes it.
function hash() {
	let h = 0x811c9dc5
	for (const el of rows()) {
		for (const c of el.id + '\x1f' + el.dataset.rev + '\x1e') h = Math.imul(h ^ c.charCodeAt(), 0x01000193)
	}
	return two((h >>> 8).toString(16)).padStart(6, '0')
}

// --- frames ---

// draw applies everything that waits, all within one frame of the browser.
function draw() {
	if (!drawing) return
	drawing = false
	const todo = queue
	queue = []
	try {
		for (const [kind, d, id] of todo) {
			if (kind !== 'beat') apply(kind, d)
			if (list && d.hash !== hash()) throw Error('differs')
			cursor = id || cursor
			word = d.live || word
			proof = d.proof || proof
			event = d.event || event
			said = d.now
			joined = true
			if (d.hash) for (const el of all('[data-code]')) write(el, word === 'blind' ? '–' : d.hash.replace(/^..../, '$& '))
		}
		if (todo.length) faults = 0
	} catch { // ask for everything; if that does not help, begin anew
		if (++faults > 2) reload()
		else fresh()
	}
	tick()
}

function frame(kind, d, id) {
	const t = mono()
	if (kind === 'hello' && t - heard > 2.5 * period) joined = false // away for long
	heard = t
	clearTimeout(overdue)
	overdue = setTimeout(watch, 2.5 * period + 20)
	// The frame that travelled fastest shows the largest offset.
	if (d.now) offset = kind === 'hello' ? d.now - t : Math.max(offset, d.now - t)
	if (kind === 'hello') hello(d)
	else if (kind === 'bye') again(d.after)
	else if (kind === 'reload') renew(d.build)
	else {
		queue.push([kind, d, id])
		drawing = true
		if (document.hidden) draw()
		else requestAnimationFrame(draw)
	}
}

function hello(d) {
	tries = 0
	unpoll()
	period = d.beat
	if (d.zone !== undefined) zone = d.zone * 6e4
	begin(d.epoch)
	renew(d.build)
}

// begin notes that another process tells: it counts ids and revisions anew, so
// that no row of the old one may pass for a row of its.
function begin(e) {
	if (e === epoch) return
	;[epoch, n, joined] = [e]
	for (const el of rows()) el.dataset.rev = ''
}

// --- the stream ---

function close() {
	source?.close()
	source = null
	clearTimeout(reopen)
	queue = []
}

function open() {
	close()
	if (paused) return
	const url = new URL(data.stream, location)
	if (cursor) url.searchParams.set('last', cursor)
	opened = mono()
	from = 0
	const es = source = new EventSource(url)
	for (const kind of ['hello', 'snapshot', 'patch', 'beat', 'reload', 'bye']) {
		es.addEventListener(kind, e => {
			if (es !== source) return
			from ||= mono()
			frame(kind, JSON.parse(e.data), e.lastEventId)
		})
	}
	es.onerror = () => es === source && again()
}

// again comes back after a full jitter of 0.5 to 8 s, or when told to: the
// browser's own reconnecting gives up for ever at the first 502.
function again(after) {
	close()
	reopen = setTimeout(open, after ?? 500 + Math.random() * (Math.min(8000, 500 * 2 ** ++tries) - 500))
	if (tries > 3) poll()
}

// fresh forgets the cursor, so that the server sends the whole picture.
function fresh() {
	cursor = ''
	joined = false
	if (faults > 1) again(SLEEP)
	else open()
}

function poll() {
	if (polling || paused) return
	polling = setInterval(ask, 3000)
	ask()
}
function unpoll() {
	clearInterval(polling)
	polling = 0
	polled = false
}
async function ask() {
	if (asking) return
	asking = true
	try {
		const r = await fetch(data.stream.replace('events', 'poll'), { signal: AbortSignal.timeout(8000) })
		const d = await r.json()
		if (r.ok && polling) {
			begin(d.epoch)
			frame('snapshot', d.snapshot, d.id)
			frame('beat', d.beat)
			polled = true
			renew(d.build)
		}
	} catch { // the watch says it
		polled = false
	}
	asking = false
}

// --- another build: only once its page can be had ---

let renewing = 0
async function renew(build) {
	if (renewing || build === data.build) return
	renewing = setTimeout(() => { renewing = 0 }, 30000)
	try {
		const r = await fetch(location, { cache: 'no-store' })
		if (r.ok && (await r.text()).includes('data-build="' + build + '"')) setTimeout(reload, 5000 + Math.random() * 5000)
	} catch { /* the next hello tries again */ }
}
function reload() {
	const count = +sessionStorage.reloads || 0
	if (count < 10) {
		sessionStorage.reloads = count + 1
		location.reload()
	} else again(30000)
}

// --- what the page claims ---

let spoken = -SLEEP, saying = 0
let claimed = '', since = 0, told // what data-live says, since when, and whether it was said to be live
function say(s) { // at most once in 10 s, the newest
	clearTimeout(saying)
	saying = setTimeout(() => { spoken = mono(); write(byID('say'), s) }, spoken + SLEEP - mono())
}

function claim() {
	const lost = !paused && (!joined || mono() - heard > 2.5 * period)
	const live = word === 'blind' && joined || proof && now() - proof > BLIND ? 'blind' : lost || paused ? 'doubtful' : word
	if (data.live !== live) data.live = live
	const bar = byID('link')
	if (heard || paused || mono() > 5000) { // until then it is a still picture, and says so
		data.link = paused ? 'paused' : lost ? 'lost' : polled ? 'poll' : 'live'
		if (bar) bar.hidden = data.link === 'live'
		write(byID('link-word'), data.link === 'poll' ? 'Live, but asked' : 'Not live')
		write(byID('link-text'), paused ? 'Paused at ' + clock(paused)
			: lost ? 'This screen has lost Callboard, as of ' + clock(said)
			: 'Something on the way holds the live stream back, so this screen asks every 3 s')
	}
	for (const el of all('[data-asof]')) write(el, clock(proof || said))
	if (live !== claimed) {
		claimed = live
		since = mono()
	} else if (heard && told !== (live === 'live') && mono() - since > 900) { // a quick repair is silent
		if (told !== undefined) say(told ? 'Not live' : 'Live again')
		told = live === 'live'
	}
	if (live === 'live' && from && mono() - from > 6e5) delete sessionStorage.reloads
	return live === 'live'
}

function tick() {
	const live = claim(), t = now()
	if (live) for (const el of all('[data-since]')) {
		const { since, limit, least } = el.dataset
		if (limit) el.style.setProperty('--fill', Math.min(100, (t - since) / limit * 50) + '%')
		else write(el, (least === undefined ? '' : '≥ ') + span(t - since))
	}
	const hops = { proof, event, frame: heard + offset }
	for (const el of all('[data-hop]')) {
		const at = hops[el.dataset.hop], age = Math.max(0, t - at)
		if (at) write(el, age < 10000 && el.dataset.hop !== 'event' ? (age / 1000).toFixed(1) + ' s' : span(age))
	}
	for (const el of all('[data-clock]')) write(el, clock(t).slice(0, el.dataset.clock ? 5 : 8))
	document.dispatchEvent(new Event('callboard:tick'))
}

// watch runs once a second. A jump of the clocks means that the machine slept:
// what waits in the socket is the past, so it is dropped.
let last = mono(), date = Date.now()
function watch() {
	const t = mono(), slept = Math.max(Math.abs(Date.now() - date), t - last) > SLEEP
	last = t
	date = Date.now()
	draw()
	if (slept && !document.hidden) fresh()
	else if (source && !from && t - opened > 5000) {
		poll() // something on the way holds the stream back
		if (t - opened > 60000) open()
	} else if (source && from && t - heard > 2.5 * period) again()
	if (held) part('p-bar', held)
	tick()
}

// --- the person ---

function pause() {
	paused = paused ? 0 : now()
	if (paused) { close(); unpoll() } else open()
	byID('pause')?.setAttribute('aria-pressed', !!paused)
	tick()
}

function step(by) {
	const links = all('#list a.cover, .roster a.cover'), i = links.indexOf(document.activeElement)
	const to = links.at(i < 0 ? Math.min(0, by) : Math.max(0, Math.min(links.length - 1, i + by)))
	to?.focus()
	to?.scrollIntoView({ block: 'nearest' })
}

const help = () => byID('help')?.showModal()
const side = () => { data.side = data.side ? '' : 'open' }
const down = () => step(1), up = () => step(-1)
const keys = {
	j: down, ArrowDown: down, k: up, ArrowUp: up, l: pause,
	'/': () => { byID('search')?.focus(); byID('search')?.select() },
	'?': help, p: side,
}

// shut closes the menus of the bar but the one somebody is in.
const shut = at => { for (const d of all('.menu[open]')) if (!d.contains(at)) d.open = false }

addEventListener('keydown', e => {
	const at = e.target
	if (wall || e.ctrlKey || e.altKey || e.metaKey || one('dialog[open]')) return
	if (e.key === 'Escape') {
		const menu = at.closest('[open]')
		shut()
		data.side = ''
		if (menu) menu.firstElementChild.focus()
		else at.blur()
	} else if (keys[e.key] && !at.closest(e.key[0] === 'A' ? 'input,summary,button,details' : 'input')) {
		e.preventDefault()
		keys[e.key]()
	}
})
addEventListener('click', e => {
	if (e.target.closest('#link') && !paused) open() // try now
	else if (e.target.closest('[data-do]')) pause()
	shut(e.target)
})

if (data.stream) {
	document.addEventListener('visibilitychange', () => {
		clearTimeout(hiding)
		if (document.hidden) {
			if (!wall) hiding = setTimeout(() => { close(); unpoll() }, 30000)
		} else if (source) watch()
		else {
			open()
			tick()
		}
	})
	document.addEventListener('resume', fresh)
	addEventListener('pageshow', e => e.persisted && fresh())
	addEventListener('online', open)
	addEventListener('pagehide', close)
	open()
	setInterval(watch, 1000)
	tick()
}
