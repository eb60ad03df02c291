// The module of the bar above a recorded page: a slider over the day, keys, and
// a moment that goes on by itself while the record is played. Every way it goes
// is one that the page has links for as well.
//
// It loads another moment of the page without leaving it: what differs is put
// in place of what stood there, the focus stays, the address follows.

const page = document, root = page.documentElement
const one = (q, el = page) => el.querySelector(q)
const all = (q, el = page) => [...el.querySelectorAll(q)]
const two = v => String(v).padStart(2, '0')
const policy = window.trustedTypes?.createPolicy('callboard-travel', { createHTML: s => s })
const bar = () => page.getElementById('travel')
const slider = page.getElementById('travel-at')

// The zone of the page is the one of the moment it shows: another in summer.
const clock = ms => new Date(ms + root.dataset.zone * 6e4).toISOString().slice(11, 19)
const loaded = performance.now()

// address is this page at another moment, with all it was asked for.
function address(ms, rate) {
	const url = new URL(location)
	url.searchParams.set('at', new Date(ms).toISOString().replace(/\.\d+/, ''))
	if (rate) url.searchParams.set('play', rate)
	else url.searchParams.delete('play')
	return url
}

// --- the moment, told by the bar ---

let at = +bar().dataset.at
const rate = () => +bar().dataset.rate

// tell moves the bar to a moment without loading it.
function tell(ms, touch) {
	const { from, to } = bar().dataset
	write('[data-ride=clock]', clock(ms))
	if (slider) {
		if (!touch) slider.value = Math.round(ms / 1000)
		slider.setAttribute('aria-valuetext', clock(ms))
	}
	one('.t-done', bar())?.setAttribute('width', Math.max(0, Math.min(100, (ms - from) / (to - from) * 100)) + '%')
}
function write(q, s) {
	const t = one(q, bar())
	if (t && t.textContent !== s) t.textContent = s
}

// within keeps a moment inside the record.
function within(ms) {
	const { first, last } = bar().dataset
	return Math.max(+first, Math.min(+last + performance.now() - loaded, ms))
}

// --- another moment ---

let asked = 0
async function go(ms, how = 'pushState') {
	ms = within(ms)
	at = ms
	tell(ms)
	await show(address(ms), how)
}

// show loads a recorded page and puts it in place of this one.
async function show(url, how) {
	const mine = ++asked
	bar().setAttribute('aria-busy', 'true')
	try {
		const r = await fetch(url, { headers: { 'Accept': 'text/html' } })
		const text = await r.text()
		const next = new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, 'text/html')
		if (mine !== asked) return
		if (!r.ok || !one('#travel', next) || next.documentElement.dataset.page !== root.dataset.page) return location.assign(url)
		if (how) history[how](null, '', r.url)
		put(next)
	} catch {
		if (mine === asked) location.assign(url)
	}
}

// put takes over what the other page shows. The slider stays, so that a hand or
// a key on it goes on; scrolled places stay.
function put(next) {
	const focus = path(page.activeElement)
	const places = all('main, .calls, .crowd').map(el => el.scrollTop)
	for (const name of ['data-live', 'data-recorded', 'data-travel', 'data-play', 'data-zone', 'data-stream', 'data-now', 'data-cursor', 'data-fresh']) {
		const value = next.documentElement.getAttribute(name)
		if (value === null) root.removeAttribute(name)
		else root.setAttribute(name, value)
	}
	page.title = next.title
	for (const q of ['.banners', '.head .nav', 'main', '.foot', '.tabs']) swap(one(q), one(q, next))
	const old = bar(), fresh = one('#travel', next), held = page.adoptNode(fresh)
	const range = one('#travel-at', held)
	for (const name of ['min', 'max']) if (slider && range) slider.setAttribute(name, range.getAttribute(name))
	for (const { name, value } of [...held.attributes]) old.setAttribute(name, value)
	old.removeAttribute('aria-busy')
	for (const q of ['.t-moment', '.t-form', '.t-steps', '.t-days', '.t-run', '.t-speeds', '.t-jumps table', '.t-draw', '.t-day p', '.t-now']) swap(one(q, old), one(q, held))
	at = +old.dataset.at
	tell(at)
	all('main, .calls, .crowd').forEach((el, i) => { el.scrollTop = places[i] || 0 })
	if (focus) (one(focus) || slider)?.focus({ preventScroll: true })
}
function swap(a, b) {
	if (a && b && !a.isEqualNode(b)) a.replaceWith(page.adoptNode(b))
}

// path finds an element again in the page that takes the place of this one.
function path(el) {
	if (!el || el === page.body || el === slider) return ''
	if (el.id) return '#' + CSS.escape(el.id)
	for (const name of ['step', 'speed', 'jump', 'ride']) if (el.dataset[name]) return `[data-${name}="${CSS.escape(el.dataset[name])}"]`
	const href = el.getAttribute('href')
	return href && el.closest('main') ? `main a[href="${CSS.escape(href)}"]` : ''
}

// --- hands and keys ---

let waiting = 0
if (slider) {
	slider.addEventListener('input', () => { // a hand on it, or a key: the time is shown at once
		stop()
		at = slider.value * 1000
		tell(at, true)
	})
	slider.addEventListener('change', () => {
		clearTimeout(waiting)
		waiting = setTimeout(() => go(slider.value * 1000, 'replaceState'), 150) // keys come in a row
	})
	const by = { ArrowLeft: -10, ArrowDown: -10, ArrowRight: 10, ArrowUp: 10, PageDown: -600, PageUp: 600 }
	slider.addEventListener('keydown', e => {
		if (e.ctrlKey || e.altKey || e.metaKey) return
		const step = by[e.key]
		if (!step) return // Home and End are the browser's: the ends of the day
		e.preventDefault()
		e.stopPropagation()
		const wide = e.shiftKey && e.key.startsWith('Arrow') ? 6 : 1
		slider.value = Math.round(within((+slider.value + step * wide) * 1000) / 1000)
		slider.dispatchEvent(new Event('input'))
		slider.dispatchEvent(new Event('change'))
	})
	// A press on the drawing is one on the slider.
	one('.t-day').addEventListener('pointerdown', e => {
		if (e.button || e.target === slider || e.target.closest('a')) return
		const box = one('.t-draw').getBoundingClientRect(), { from, to } = bar().dataset
		const move = e => {
			const share = Math.max(0, Math.min(1, (e.clientX - box.left) / box.width))
			slider.value = (+from + share * (to - from)) / 1000
			slider.dispatchEvent(new Event('input'))
		}
		const end = () => {
			removeEventListener('pointermove', move)
			slider.dispatchEvent(new Event('change'))
		}
		e.preventDefault()
		slider.focus({ preventScroll: true })
		move(e)
		addEventListener('pointermove', move)
		addEventListener('pointerup', end, { once: true })
		addEventListener('pointercancel', end, { once: true })
	})
}

// stop ends the play without a new page: a hand is on the slider.
function stop() {
	if (!rate()) return
	bar().dataset.rate = 0
	if (root.dataset.link !== 'paused') page.dispatchEvent(new Event('callboard:pause'))
}

// Links of the bar load their moment in place. Playing is a page with a stream
// of its own, so that Play, Pause and the speeds are left to the browser.
page.addEventListener('click', e => {
	const link = e.target.closest('#travel a[href]')
	if (!link || e.defaultPrevented || e.button || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey) return
	const to = new URL(link.href?.baseVal ?? link.href, location)
	if (rate()) { // it may stand for a moment that has gone by
		if (link.dataset.step || link.dataset.ride || link.dataset.speed) {
			e.preventDefault()
			location.assign(address(within(at + 1000 * (link.dataset.step || 0)), link.dataset.speed || 0))
		}
		return
	}
	if (!to.searchParams.get('at') || to.searchParams.get('play')) return
	e.preventDefault()
	const menu = link.closest('details[open]')
	show(to, 'pushState').then(() => { if (menu && link.dataset.jump) menu.open = true })
})
addEventListener('popstate', () => {
	if (new URLSearchParams(location.search).get('play')) location.reload()
	else show(new URL(location))
})

const silent = () => { try { return localStorage.callboardKeys === 'off' } catch { return false } }
addEventListener('keydown', e => {
	if (e.key !== ' ' || e.ctrlKey || e.altKey || e.metaKey || e.shiftKey || silent() || one('dialog[open]')) return
	if (e.target.closest('button,summary,select,textarea,input:not(#travel-at)')) return
	e.preventDefault()
	one('[data-ride=play],[data-ride=pause]')?.click()
})

// --- playing ---

// The server's clock is the record's: every tick of the page tells the moment.
let kept = 0
page.addEventListener('callboard:tick', e => {
	if (!rate() || !(e.detail > 0)) return
	at = e.detail
	tell(at)
	const { to } = bar().dataset, t = performance.now()
	if (at > to) return location.assign(address(at, rate())) // the next day
	if (t - kept > 2000) { // so that the same moment comes back
		kept = t
		history.replaceState(null, '', address(at, rate()))
	}
})
tell(at)
