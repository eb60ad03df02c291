// The module that keeps a wall's last good picture, for the time in which the
// server is away and for a browser that starts meanwhile. It stores the page as
// it stands, with the files it needs, where sw.js finds it, and says how old a
// kept picture is. After twelve hours nothing of it is shown or kept: what was
// left then is a page that knows nothing.
//
// It sets on the root element data-kept (the server's time of the picture) while
// such a picture is shown. A kept page carries it from its start, and
// data-kept-at, the time of this machine then; a blank one carries data-blank.

const root = document.documentElement
const data = root.dataset
const words = { ...JSON.parse(data.words || '{}'), ...JSON.parse(data.wall || '{}') }
const byID = id => document.getElementById(id)
const all = (q, el = document) => [...el.querySelectorAll(q)]
const write = (el, s) => { if (el && el.textContent !== s) el.textContent = s }
const fill = (format, ...values) => values.reduce((s, v) => s.replace(/%[sd]/, () => v), format || '')

const CACHE = 'callboard-wall', BLANK = '/wall/blank', LIFE = 12 * 36e5, EVERY = 60000
const here = location.pathname + location.search
const able = window.isSecureContext && 'caches' in window && 'serviceWorker' in navigator

// --- how old the picture is ---

let good = +data.kept || 0, goodAt = +data.keptAt || 0 // server's time and this machine's when the picture was live
let goodMono = 0, live = false, gone = data.blank !== undefined

function age() {
	if (goodMono) return performance.now() - goodMono
	return Date.now() - goodAt // over a restart there is nothing better than the machine's clock
}

function span(ms) {
	const minutes = Math.floor(ms / 60000)
	return minutes < 60 ? fill(words.minutes, minutes) : fill(words.hours, Math.floor(minutes / 60))
}

// moment prints a time of the server with its day, if it is not today.
function moment(ms) {
	const zone = data.zone * 60000, at = new Date(ms + zone), clock = at.toISOString().slice(11, 19)
	if (at.toISOString().slice(0, 10) === new Date(ms + Math.max(0, age()) + zone).toISOString().slice(0, 10)) return clock
	return at.toLocaleDateString(root.lang, { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' }) + ' ' + clock
}

function asOf() {
	const old = age()
	return old < 60000 ? fill(words.asOf, moment(good)) : fill(words.ago, moment(good), span(old))
}

// erase takes everything that was known out of a page.
function erase(el) {
	for (const gone of all('#list > *, #p-wall-people > *, .w-unit, .w-figure .gl, .w-target, .w-count .num, .w-title, .w-page, .code', el)) {
		if (gone.matches('.num')) gone.textContent = '–'
		else if (gone.closest('#list, #p-wall-people, .w-figure')) gone.remove()
		else gone.textContent = ''
	}
	for (const n of all('.w-big', el)) n.textContent = '–'
	for (const n of all('.over', el)) n.classList.remove('over')
	for (const id of ['p-wall-band', 'p-empty', 'p-banner', 'say']) {
		const part = el.querySelector('#' + id)
		if (!part) continue
		part.replaceChildren()
		part.hidden = id !== 'say'
	}
}

function tick(e) {
	live = data.live === 'live'
	const lost = data.link === 'lost' || data.link === undefined
	if (!lost && data.url !== undefined && data.url !== here) return location.reload() // the page of another wall stood in
	if (live) {
		good = e.detail
		goodAt = Date.now()
		goodMono = performance.now()
	}
	if (!lost) {
		gone = false
		delete data.kept
		delete data.blank
		return
	}
	if (good && !gone && Math.abs(age()) > LIFE) {
		gone = true
		erase(root)
		forget(location.href)
	}
	if (gone || !good) {
		delete data.kept
		if (gone) data.live = 'blind'
		return
	}
	data.kept = good
	write(byID('link-text'), asOf())
}

// --- keeping ---

// still is the page as it stands, as one that can be opened later.
function still(blank) {
	const page = root.cloneNode(true), d = page.dataset
	for (const el of [page, ...all('[style]', page)]) el.removeAttribute('style')
	for (const el of all('[data-hop]', page)) el.textContent = ''
	page.classList.remove('is-turning')
	for (const name of ['fresh', 'link', 'kept', 'keptAt', 'blank', 'sized', 'shown']) delete d[name]
	d.cursor = ''
	d.url = here
	const link = page.querySelector('#link')
	link.hidden = false
	if (blank) {
		erase(page)
		d.blank = ''
		d.live = 'blind'
		page.querySelector('#link-text').textContent = ''
	} else {
		d.kept = good
		d.keptAt = goodAt
		d.live = 'doubtful'
		page.querySelector('#link-text').textContent = asOf()
	}
	return '<!DOCTYPE html>' + page.outerHTML
}

let headers // of the server's own page: a kept one obeys the same policy
async function keep(blank) {
	const cache = await caches.open(CACHE)
	const files = all('link[href^="/static/"], script[src^="/static/"]').map(el => el.getAttribute('href') || el.getAttribute('src'))
	for (const url of files) {
		if (!/\.[0-9a-f]{12}\.\w+$/.test(url) || await cache.match(url)) continue
		await cache.add(url) // a page is kept once all it needs is
	}
	if (!headers) {
		const answer = await fetch(location.href, { method: 'HEAD', cache: 'no-store' })
		if (!answer.ok) return
		headers = new Headers(answer.headers)
		for (const name of ['content-encoding', 'content-length', 'vary', 'date']) headers.delete(name)
	}
	const h = new Headers(headers)
	h.set('x-kept', good || Date.now())
	h.set('x-kept-at', goodAt || Date.now())
	await cache.put(blank ? BLANK : location.href, new Response(still(blank), { headers: h }))
}

// forget lets go of a page, and of the files that no other one needs.
async function forget(url) {
	if (!able) return
	const cache = await caches.open(CACHE)
	await cache.delete(url)
	await prune(cache)
}

async function prune(cache) {
	const needed = new Set()
	const keys = await cache.keys()
	for (const key of keys) {
		if (new URL(key.url).pathname.startsWith('/static/')) continue
		const text = await (await cache.match(key)).text()
		for (const m of text.matchAll(/\/static\/[^"]+/g)) needed.add(m[0])
	}
	for (const key of keys) {
		const path = new URL(key.url).pathname
		if (path.startsWith('/static/') && !needed.has(path)) await cache.delete(key)
	}
}

// A picture is kept a moment after it is live, then once a minute, and when
// the server is lost: a power cut costs a minute at most.
let kept = -Infinity, first = true, keeping = false, wasLive = false
async function store() {
	const due = live && performance.now() - kept > EVERY || wasLive && !live && !gone
	wasLive = live
	if (!due || keeping || data.kept && !goodMono) return
	keeping = true
	try {
		kept = performance.now()
		await keep(false)
		if (first) {
			first = false
			await keep(true)
			await prune(await caches.open(CACHE))
		}
	} catch { /* the next minute tries again */ }
	keeping = false
}

// The worker is asked for once the server is there to give it.
let registered = false
function register() {
	registered = true
	const policy = window.trustedTypes?.createPolicy('callboard-wall', { createScriptURL: s => s })
	const url = '/sw.js'
	navigator.serviceWorker.register(policy ? policy.createScriptURL(url) : url, { scope: data.display === undefined ? '/wall' : '/tv', updateViaCache: 'none' }).catch(() => {})
}

document.addEventListener('callboard:tick', e => {
	tick(e)
	if (!able) return
	if (live && !registered) register()
	store()
})
