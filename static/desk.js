// The module of a page that somebody sits at: keys, menus, and filters, orders
// and searches that answer without loading the page again. It asks the core to
// show another query (callboard:view); without it every link and form works as a
// plain one does.

const root = document.documentElement
const data = root.dataset
const one = (q, el = document) => el.querySelector(q)
const all = (q, el = document) => [...el.querySelectorAll(q)]
const byID = id => document.getElementById(id)
const tell = what => document.dispatchEvent(new Event('callboard:' + what))

// --- another query of the same page ---

// What is not in a live part, so that only a new page shows it.
const fixed = ['hide', 'density', 'theme', 'lang', 'at', 'play']
// The past is made for each request: no stream brings another query of it.
const here = url => !['history', 'gaps', 'handover', 'displays', 'admin'].includes(data.page) && url.origin === location.origin && url.pathname === location.pathname &&
	fixed.every(name => url.searchParams.get(name) === new URLSearchParams(location.search).get(name))

// show brings the page to another of its queries and tells whether it could.
function show(url, how) {
	if (!data.stream || !here(url)) return false
	const old = new URL(data.stream, location), next = new URLSearchParams(url.search)
	for (const name of ['page', 'call', 'speaks', 'lang', 'theme']) {
		const value = old.searchParams.get(name)
		if (value) next.set(name, value)
	}
	data.stream = old.pathname + '?' + next
	const onto = one('.wall-link:not(.wall-direct)') // leads to a display
	if (onto) {
		const to = new URL(onto.href)
		to.searchParams.set('view', url.pathname + url.search)
		onto.href = to.pathname + to.search
	}
	const wall = one('.wall-direct')
	if (wall) {
		for (const name of ['page', 'speaks', 'hide', 'density']) next.delete(name)
		wall.href = '/wall' + (next.size ? '?' + next : '')
	}
	tell('view')
	if (how) history[how](null, '', url) // after the question is on its way
	return true
}

const search = byID('search')
// found is the address of what the field asks for.
function found() {
	const url = new URL(location)
	if (search.value.trim()) url.searchParams.set('q', search.value.trim())
	else url.searchParams.delete('q')
	url.hash = ''
	return url
}
let typed = 0, asked = 0, waiting = 0
const live = () => search && new URL(search.form.action).pathname === location.pathname
function seek() {
	clearTimeout(waiting)
	asked = performance.now()
	const url = found()
	if (url.href !== location.href) show(url, typed ? 'replaceState' : 'pushState')
	typed = 1 // one search is one step back
}
if (live()) {
	search.addEventListener('input', () => { // the first letter at once, the rest of a word together
		clearTimeout(waiting)
		waiting = setTimeout(seek, Math.max(0, asked + 150 - performance.now()))
	})
	search.addEventListener('focus', () => { typed = 0 })
	search.form.addEventListener('submit', e => {
		if (here(found())) {
			e.preventDefault()
			seek()
			search.blur()
		}
	})
}

addEventListener('popstate', () => {
	const url = new URL(location), old = new URLSearchParams(new URL(data.stream || '/', location).search)
	if (!fixed.every(name => (url.searchParams.get(name) || '') === (old.get(name) || ''))) return location.reload()
	if (live()) search.value = url.searchParams.get('q') || ''
	show(url)
})

// --- keys ---

const stops = 'main a.cover'
function step(by) {
	const links = all(stops).filter(a => !a.closest('.headlines,.side') && a.checkVisibility()), i = links.indexOf(document.activeElement)
	const to = links.at(i < 0 ? Math.min(0, by) : Math.max(0, Math.min(links.length - 1, i + by)))
	to?.focus()
	to?.scrollIntoView({ block: 'nearest' })
}
function go(path) {
	const link = all('.nav a').find(a => new URL(a.href).pathname === path)
	location.assign(link || path)
}
const pages = { b: '/', p: '/people', l: '/lines', n: '/numbers', m: '/missed', h: '/history', s: '/status' }
const down = () => step(1), up = () => step(-1)
const keys = {
	j: down, ArrowDown: down, k: up, ArrowUp: up,
	l: () => tell('pause'),
	p: () => { data.side = data.side ? '' : 'open' },
	'/': () => { search?.focus(); search?.select() },
	'?': () => byID('help')?.showModal(),
	g: () => { going = performance.now() },
	t: () => { // the way into the record, or to another moment of it
		const menu = one('.t-entry,.travel .t-menu')
		if (!menu) return
		menu.open = true
		one('.field', menu)?.focus()
	},
}
for (const i of '123456') keys[i] = () => one('.headline:nth-child(' + i + ') a')?.click()
let going = -1e9

// Keys that are letters can be switched off: who speaks to the machine, or
// shakes, would hit them by chance.
const single = byID('keys-on')
const silent = () => localStorage.callboardKeys === 'off'
if (single) {
	single.checked = !silent()
	single.addEventListener('change', () => { localStorage.callboardKeys = single.checked ? 'on' : 'off' })
}

// shut closes the menus but the one somebody is in.
const shut = at => { for (const d of all('.menu[open]')) if (!d.contains(at)) d.open = false }

addEventListener('keydown', e => {
	const at = e.target, key = e.key
	if (e.ctrlKey || e.altKey || e.metaKey || e.isComposing || one('dialog[open]')) return
	if (key === 'Escape') {
		const menu = at.closest('details[open]')
		shut()
		data.side = ''
		if (menu) menu.firstElementChild.focus()
		else if (!at.closest('textarea')) at.blur()
		return
	}
	if (at === search && key === 'ArrowDown') search.blur() // out of the field, into what it found
	else if (at.closest(key[0] === 'A' ? 'input,textarea,select,summary,button,details' : 'input:not([type=checkbox]),textarea,select')) return
	if (key[0] !== 'A' && silent()) return
	const page = performance.now() - going < 1500 && pages[key]
	going = -1e9
	if (page) go(page)
	else if (Object.hasOwn(keys, key)) keys[key]()
	else return
	e.preventDefault()
})

addEventListener('click', e => {
	const at = e.target, link = at.closest('a[href]')
	if (at.closest('[data-do=pause]')) tell('pause')
	else if (at.closest('#link')) tell('retry')
	else if (link && !e.defaultPrevented && !e.button && !e.ctrlKey && !e.metaKey && !e.shiftKey && !e.altKey && !link.target && link.closest('main')) {
		const url = new URL(link.href)
		if (!url.hash && show(url, 'pushState')) {
			e.preventDefault()
			if (live() && document.activeElement !== search) search.value = url.searchParams.get('q') || ''
			const menu = link.closest('details[open]')
			if (menu) {
				menu.open = false
				menu.firstElementChild.focus()
			}
		}
	}
	shut(at)
})

// --- long menus: typing leaves the options that hold the text ---

const bare = s => s.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim()
addEventListener('input', e => {
	const at = e.target
	if (!at.matches('[data-find]')) return
	for (const li of all('li', at.closest('.menu-pop'))) li.hidden = !bare(li.textContent).includes(bare(at.value))
})
// Enter takes the first that is left, or asks the server.
addEventListener('submit', e => {
	const field = one('[data-find]', e.target)
	if (!field) return
	e.preventDefault()
	const menu = field.closest('.menu'), text = field.value.trim(), url = new URL(location)
	if (!text) return
	const first = one('.menu-pop li:not([hidden]) a', menu)
	menu.open = false
	url.searchParams.set(field.name, text)
	if (first) first.click()
	else if (!show(url, 'pushState')) location.assign(url)
})
