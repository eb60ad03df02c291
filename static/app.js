// The core of every live page: keeps it equal to the server's picture of it, and
// says so honestly when it cannot. The protocol is in ARCHITECTURE.md, the
// marks it finds in a page are in the comment of package views.
//
// It sets on the root element data-live and data-link (live, poll, lost,
// paused). New rows get is-new and a changed .state gets is-changed, for two
// seconds. Other modules hear callboard:tick from the document after every frame
// and every second, callboard:ended when the right to see the page is over and
// callboard:told what else a stream says, and say callboard:pause (stop, or go on), callboard:retry
// and callboard:view (data-stream is another one: show that). callboard:tick carries the
// server's time in ms.

const page = document, root = page.documentElement
const data = root.dataset
const wall = data.page === 'wall'
const claims = data.travel ? 'travel' : 'live' // a recorded page is never live
const mono = () => performance.now()
const frames = requestAnimationFrame
const one = (q, el = page) => el.querySelector(q)
const all = (q, el = page) => [...el.querySelectorAll(q)]
const byID = id => page.getElementById(id)
const list = byID('list')
const rows = () => list ? [...list.children].filter(el => !el.dataset.gone) : [] // a selector would look into every row
const write = (el, s) => { // a lone text is changed, not replaced
	const t = el?.firstChild
	if (t?.nodeType === 3 && !t.nextSibling) t.data !== s && (t.data = s)
	else if (el && el.textContent !== s) el.textContent = s
}
const words = JSON.parse(data.words || '{}')
const put = (format, ms) => (format || '').replace('%s', clock(ms))
const tell = (what, detail) => page.dispatchEvent(new CustomEvent('callboard:' + what, { detail }))
const policy = window.trustedTypes?.createPolicy('callboard', { createHTML: s => s })

const SLEEP = 10000
const calm = { preventScroll: true }

let source, opened = 0, reopen = 0, tries = 0 // the stream
let polling = 0, asking, polled // what stands in for it
let cursor = data.cursor || '', [epoch, n] = cursor.split('-'), had // had is the cursor of what another query showed
let period = 5000, heard = 0, from = 0, overdue = 0 // beats; when the last frame came, and the first of this stream
let code, word = 'blind', proof = 0, event = 0, said = +data.now || 0 // what the server told
let joined = false // the page shows what the server last told
let paused = 0, hiding = 0, faults = 0
let queue = [], drawing = false, touched = [] // what a frame changed

// --- time: the server's clock, carried on by the browser's monotonic one ---

const pace = data.play || 1 // a recorded page is played at a speed of its own
let offset = said - mono() * pace
const now = (t = mono()) => t * pace + offset
let zone = data.zone * 6e4
const clock = ms => new Date(ms + zone).toISOString().slice(11, 19)
const two = v => ('0' + v).slice(-2)
// What shows a time or the code stands outside the list, in which nobody looks for it.
const marks = new Set()
const mark = el => { for (const m of all('[data-asof],[data-hop],[data-clock],[data-code]', el)) marks.add(m) }
mark()
function span(ms) {
	const s = Math.max(0, ms / 1000 | 0), m = s / 60 | 0, h = m / 60 | 0
	return (h ? h + ':' + two(m % 60) : m) + ':' + two(s % 60)
}

// --- drawing ---

function parse(s) {
	const t = page.createElement('template')
	t.innerHTML = policy?.createHTML(s) ?? s
	return t.content
}

// morph makes an element equal to another by touching only what differs, so that
// focus, selection, open menus and what someone has typed stay as they are. What
// only the browser knows (open, style) is left alone.
function morph(a, b) {
	for (const { name, value } of b.attributes) if (name !== 'open' && a.getAttribute(name) !== value) a.setAttribute(name, value)
	for (const { name } of [...a.attributes]) if (!b.hasAttribute(name) && name !== 'open' && name !== 'style') a.removeAttribute(name)
	const ids = new Set([...b.children].map(c => c.id))
	let at = a.firstChild
	for (const c of [...b.childNodes]) {
		while (at?.id && !ids.has(at.id)) [at] = [at.nextSibling, drop(at)]
		const same = c.id ? byID(c.id) : at && at.nodeName === c.nodeName && !at.id && at
		if (same && same.nodeName === c.nodeName) {
			if (same === at) at = at.nextSibling
			else move(a, same, at)
			if (!c.attributes) same.data !== c.data && (same.data = c.data)
			else if (!same.isEqualNode(c)) morph(same, c)
		} else a.insertBefore(c, at)
	}
	while (at) [at] = [at.nextSibling, drop(at)]
}

// move keeps the focus where the browser would lose it.
function move(to, el, next) {
	const at = page.activeElement
	if (el.isConnected && to.moveBefore) to.moveBefore(el, next)
	else to.insertBefore(el, next)
	if (el.contains(at)) at.focus(calm)
}

// drop removes a node. One in which someone is typing stays until they leave it;
// the focus of another goes to its neighbour.
const can = 'a[href],button,input,summary,textarea,select'
function drop(el) {
	const at = page.activeElement
	if (el.contains(at)) {
		if (at.value && at.value !== at.defaultValue && at.matches('input,textarea')) return void (el.dataset.gone = 1)
		const near = el.nextElementSibling || el.previousElementSibling
		const to = near && (near.matches(can) ? near : one(can, near)) || byID('main')
		el.remove()
		to?.focus(calm)
	} else el.remove()
}

// A bar in which someone chooses waits until they are done.
let held = ''
function part(id, s) {
	const el = byID(id)
	if (!el) return
	const busy = id === 'p-bar' && one('[open]', el)
	if (id === 'p-bar') held = busy ? s : ''
	if (busy) return
	touched.push(id)
	const at = page.activeElement, home = el.contains(at) && at.closest('[id]').id, i = home && all(can, el).indexOf(at)
	const is = parse(s).firstElementChild
	if (is.nodeName === el.nodeName) morph(el, is)
	else el.replaceWith(is)
	mark(byID(id))
	if (home && !at.isConnected) (one(can, byID(home) || el) || all(can, el)[i] || byID('main'))?.focus(calm)
}

function flash(el, name) {
	el.classList.add(name)
	setTimeout(() => el.classList.remove(name), 2000)
}

// row puts one row in its place, with its new content if that came along.
function row(u, next, is, quiet) {
	let el = byID(u.id)
	if (is) {
		touched.push(u.id)
		if (el) {
			const was = one('.state', el)?.textContent
			morph(el, is)
			const chip = one('.state', el)
			if (!quiet && chip && was !== chip.textContent) flash(chip, 'is-changed')
		} else {
			el = is
			if (!quiet) flash(el, 'is-new')
		}
	}
	if (el !== next && (el.parentNode !== list || el.nextElementSibling !== next)) move(list, el, next)
	return el
}

// apply draws a frame and tells whether that is all of it: a long snapshot comes
// a screenful and more at a time, so that what is in sight is there at once.
let drew = 0, storm = false
function apply(kind, d) {
	const quiet = kind === 'snapshot', from = d.from || 0
	let all = d.up
	if (quiet) {
		d.from = page.hidden || d.more ? 1e9 : from ? from + 200 : innerHeight / 28 | 0
		all = d.rows.slice(from, d.from)
	} else {
		storm = mono() - drew < 400 // what changes all the time is not highlighted
		drew = mono()
		if (d.prev !== +n) throw 'gap'
		for (const id of d.rm) if (byID(id)) drop(byID(id))
	}
	// What is new is parsed in one go.
	const fresh = all.filter(u => quiet ? byID(u.id)?.dataset.rev !== u.rev : u.html !== undefined)
	const made = [...parse(fresh.map(u => u.html).join('')).children]
	if (made.length < fresh.length) throw 'lacks'
	const of = new Map(fresh.map((u, i) => [u, made[i]]))
	let at = quiet && (from ? byID(d.rows[from - 1].id).nextSibling : list?.firstChild)
	for (const u of all) {
		if (quiet) {
			const el = row(u, at, of.get(u), true)
			if (el === at) at = el.nextSibling
		} else {
			const next = u.before ? byID(u.before) : null
			if (u.before && !next) throw 'place'
			row(u, next, of.get(u), storm)
		}
	}
	if (!from) for (const id in d.parts) part(id, d.parts[id])
	if (quiet) {
		if (d.more || d.from < d.rows.length) return d.more
		while (at) [at] = [at.nextSibling, drop(at)] // what is left stood below until now
	}
	n = d.n
	return true
}

// hash is FNV-1a over ids and revisions, as the server computes it.
function hash() {
	let h = 0x811c9dc5
	const s = rows().map(el => el.id + '\x1f' + el.dataset.rev + '\x1e').join('')
	for (let i = 0; i < s.length; i++) h = Math.imul(h ^ s.charCodeAt(i), 0x01000193)
	return (h >>> 8).toString(16).padStart(6, '0')
}

// --- frames ---

// draw applies everything that waits, all within one frame of the browser.
function draw() {
	if (!drawing) return
	drawing = false
	const todo = queue
	queue = []
	try {
		for (const [i, [kind, d, id]] of todo.entries()) {
			if (kind !== 'beat' && !apply(kind, d)) {
				queue = todo.slice(i)
				frames(later) // once this is seen
				break
			}
			if (d.more) continue
			if (list && d.hash !== hash()) throw 'differs'
			cursor = id || cursor
			had = ''
			word = d.live || word
			proof = d.proof || proof
			event = d.event || event
			said = d.now
			joined = true
			code = d.hash
		}
		if (todo.length) faults = 0
	} catch { // ask for everything; if that does not help, begin anew
		if (++faults > 2) reload()
		else fresh()
	}
	tick(touched.flatMap(id => all('[data-since]', byID(id) || page.head)))
	touched = []
}

function later() {
	if (drawing) return
	drawing = true
	if (page.hidden) draw()
	else frames(draw)
}

function frame(kind, d, id) {
	const t = mono()
	if (kind === 'hello' && t - heard > 2.5 * period) joined = false // away for long
	heard = t
	clearTimeout(overdue)
	overdue = setTimeout(watch, 2.5 * period + 20)
	// The frame that travelled fastest shows the largest offset.
	if (d.now) offset = Math.max(kind === 'hello' ? -1 / 0 : offset, d.now - t * pace)
	if (kind === 'hello') hello(d)
	else if (kind === 'bye') again(d.after)
	else if (/d$/.test(kind)) tell(kind, d) // told, ended
	else {
		queue.push([kind, d, id])
		if (kind === 'snapshot') draw(drawing = true) // not a frame of the screen later
		else later()
	}
}

function hello(d) {
	tries = 0
	unpoll()
	period = d.beat
	zone = d.zone * 6e4
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

// view shows another query: what both have stays.
function view() {
	had = cursor || had
	cursor = ''
	open()
	list?.parentNode.parentNode.scrollTo(0, 0)
	setTimeout(() => { if (!cursor) { joined = false; tick() } }, 1000) // the old one is not what was asked for
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
	const at = cursor || had
	if (at) url.searchParams.set(cursor ? 'last' : 'had', at)
	opened = mono()
	from = 0
	const es = source = new EventSource(url)
	for (const kind of 'hello snapshot patch beat bye told ended'.split(' ')) {
		es.addEventListener(kind, e => {
			if (es !== source) return
			from ||= mono()
			frame(kind, JSON.parse(e.data), e.lastEventId)
		})
	}
	es.onerror = () => {
		if (es !== source) return
		if (es.readyState > 1) tell('failed') // not even a stream
		again()
	}
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
	cursor = had = ''
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
		if (r.ok && (await r.text()).includes(`data-build="${build}"`)) setTimeout(reload, 5000 + Math.random() * 5000)
	} catch { /* the next hello tries again */ }
}
function reload() {
	const count = (+sessionStorage.reloads || 0) + 1
	if (count > 10) return again(30000)
	sessionStorage.reloads = count
	location.reload()
}

// --- what the page claims ---

function claim() {
	const lost = !paused && (!joined || mono() - heard > 2.5 * period)
	const live = word === 'blind' && joined || proof && now() - proof > 3e5 ? 'blind' : lost || paused ? 'doubtful' : word
	if (data[claims] !== live) data[claims] = live
	const bar = byID('link')
	if (heard || paused || mono() > 5000) { // until then it is a still picture, and says so
		root.toggleAttribute('data-still', paused && word === 'live') // a pause takes no hue away
		const link = paused ? 'paused' : lost ? 'lost' : polled ? 'poll' : 'live'
		if (data.link !== link) data.link = link
		if (bar) bar.hidden = link === 'live'
		write(byID('link-word'), link === 'poll' ? words.liveAsked : words.notLive)
		write(byID('link-text'), paused ? put(words.pausedAt, paused) : lost ? put(words.lostAsOf, said) : words.held)
	}
	if (live === 'live' && from && mono() - from > 6e5) delete sessionStorage.reloads
	return live === 'live'
}

let ran = false // whether ages ran at the last tick
function tick(ages) {
	const live = claim(), t = now()
	if (live) for (const el of ages && ran ? ages : all('[data-since]')) {
		const { since, limit, least } = el.dataset
		if (limit) el.style.setProperty('--fill', Math.min(100, (t - since) / limit * 50) + '%')
		else write(el, (least === undefined ? '' : '≥ ') + span(t - since))
	}
	ran = live
	const hops = { proof, event, frame: now(heard) }
	for (const el of marks) {
		const { hop, asof, clock: face } = el.dataset, at = hops[hop], age = Math.max(0, t - at)
		if (!el.isConnected) marks.delete(el)
		else if (at) write(el, age < 10000 && hop !== 'event' ? (age / 1000).toFixed(1).replace('.', words.decimal) + ' s' : span(age))
		else if (asof === '') write(el, clock(proof || said))
		else if (face) write(el, clock(t).slice(0, face))
		else if (code && !hop) write(el, word === 'blind' ? '–' : code.replace(/^..../, '$& '))
	}
	tell('tick', t)
}

// watch runs once a second. A jump of the clocks means that the machine slept:
// what waits in the socket is the past, so it is dropped.
let last = mono(), date = Date.now()
function watch() {
	const t = mono(), slept = Math.max(Math.abs(Date.now() - date), t - last) > SLEEP
	last = t
	date = Date.now()
	draw()
	if (slept && !page.hidden) fresh()
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
	open()
	unpoll()
	byID('pause')?.setAttribute('aria-pressed', !!paused)
	tick()
}

if (data.stream) {
	page.addEventListener('visibilitychange', () => {
		clearTimeout(hiding)
		if (page.hidden) {
			if (!wall && !data.listen) hiding = setTimeout(() => { close(); unpoll() }, 30000)
		} else if (source) watch()
		else {
			open()
			tick()
		}
	})
	for (const [name, does] of [['resume', fresh], ['callboard:pause', pause], ['callboard:retry', open], ['callboard:view', view]]) page.addEventListener(name, does)
	addEventListener('pageshow', e => e.persisted && fresh())
	addEventListener('online', open)
	addEventListener('pagehide', close)
	open()
	setInterval(watch, 1000)
	tick()
}
