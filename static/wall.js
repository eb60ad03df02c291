// The module of a wall: turns its layouts and their pages instead of
// scrolling, gives type its exact size, and lets no pixel stand still for
// hours. It draws when the page's core sends callboard:tick, after every frame
// and once a second. Keeping the last picture is in its second half.
//
// It sets on the root element --t (normal text), --nc --nl --pc --pl (cells of
// numbers and people beside and under one another), --shift-x --shift-y, the
// class is-turning, data-shows (the layout to be seen), data-sized, and
// data-kept while it shows the last picture of a server that is away.

const root = document.documentElement
const data = root.dataset
const words = { ...JSON.parse(data.words || '{}'), ...JSON.parse(data.wall || '{}') }
const mono = () => performance.now()
const byID = id => document.getElementById(id)
const all = (q, el = document) => [...el.querySelectorAll(q)]
const write = (el, s) => { if (el && el.textContent !== s) el.textContent = s }
const set = (name, v) => root.style.setProperty(name, v)
const fill = (format, ...values) => values.reduce((s, v) => s.replace(/%[sd]/, () => v), format || '').replace('%%', '%')

// --- sizes ---

const layouts = (data.layouts || 'calls').split(' ')
const main = byID('main')
let roomOf = {} // rows or cells that a page of each layout holds

// measure finds out how many cells and rows fit. The needs of a cell are in
// units of normal text, which the font of .wall is.
function measure() {
	const unit = parseFloat(getComputedStyle(main).fontSize)
	const box = getComputedStyle(main)
	const wide = main.clientWidth - parseFloat(box.paddingLeft) - parseFloat(box.paddingRight), high = main.clientHeight
	const line = innerWidth > innerHeight ? 1.5 : 2.6
	roomOf = { calls: Math.min(+data.rows, Math.max(1, Math.floor((high + 4) / (line * unit)))) } // a notice takes rows away
	for (const el of all('.w-cells', main)) {
		const layout = el.dataset.for, people = layout === 'people'
		const fit = (room, need, most) => Math.min(Math.max(Math.floor(room / (need * unit)), 1), most)
		const cols = fit(wide, el.dataset.w, people ? 5 : 3)
		let lines = fit(high, el.dataset.h, people ? 9 : Math.ceil(6 / cols))
		set(people ? '--pc' : '--nc', cols)
		set(people ? '--pl' : '--nl', lines)
		roomOf[layout] = cols * lines
		if (layout !== 'line') continue
		const under = Math.floor((high - lines * el.dataset.h * unit) / (line * unit))
		roomOf.under = cols * lines < 6 || under < 2 ? 0 : under
	}
	data.sized = ''
}

// --- pages ---

let at = 0, page = 0, turned = mono(), alarmed = new Set()

// split divides the children of a list: those with an alarm are on every page.
function split(list, size) {
	const every = [...(list?.children || [])]
	const top = every.filter(el => el.dataset.alarm).slice(0, Math.ceil(size / 2))
	const rest = every.filter(el => !top.includes(el))
	const room = Math.max(1, size - top.length)
	return { top, rest, room, pages: size ? Math.max(1, Math.ceil(rest.length / room)) : 1, none: !size }
}

// parts are the lists that a layout shows.
const parts = layout => layout === 'calls' ? [split(byID('list'), roomOf.calls)]
	: layout === 'line' ? [split(byID('p-wall-line'), roomOf.line), split(byID('list'), roomOf.under)]
		: [split(byID('p-wall-' + layout), roomOf[layout])]

function show(list, page) {
	if (list.none) for (const el of [...list.top, ...list.rest]) el.hidden = true
	else {
		for (const el of list.top) el.hidden = false
		list.rest.forEach((el, i) => { el.hidden = Math.floor(i / list.room) !== page % list.pages })
	}
}

// A new alarm does not wait for the turn of its layout.
function hurry(t) {
	const now = new Set(all('#list [data-alarm], #p-wall-people [data-alarm]').map(el => el.id || el.dataset.alarm))
	const fresh = [...now].some(id => !alarmed.has(id))
	alarmed = now
	if (!fresh) return
	const first = ['calls', 'line', 'people'].find(l => layouts.includes(l))
	if (!first) return
	at = layouts.indexOf(first)
	page = 0
	turned = t
}

function turn() {
	const t = mono()
	let lists = parts(layouts[at])
	let count = Math.max(...lists.map(l => l.pages))
	if (data.pageMs > 0 && t - turned >= data.pageMs) {
		turned = t
		page++
		const many = count > 1 || layouts.length > 1
		if (page >= count) {
			page = 0
			at = (at + 1) % layouts.length
		}
		if (many) {
			root.classList.add('is-turning')
			setTimeout(() => root.classList.remove('is-turning'), 30) // then it fades in
		}
	}
	hurry(t)
	lists = parts(layouts[at])
	count = Math.max(...lists.map(l => l.pages))
	if (page >= count) page = 0
	if (data.shows !== layouts[at]) data.shows = layouts[at]
	for (const list of lists) show(list, page)
	for (const el of all('[data-pages]')) write(el, count > 1 ? fill(words.pages, page + 1, count) : '')
}

// --- the panel: the picture walks over a small grid, two pixels at a time ---

const ACROSS = 11, DOWN = 7
function shift() {
	const step = Math.floor(Date.now() / (+data.shiftMs || 3e5)), line = Math.floor(step / ACROSS), i = step % ACROSS
	const x = line % 2 ? ACROSS - 1 - i : i, down = line % (2 * DOWN - 2), y = down < DOWN ? down : 2 * DOWN - 2 - down
	set('--shift-x', (2 * x - ACROSS + 1) + 'px')
	set('--shift-y', (2 * y - DOWN + 1) + 'px')
}

function draw() {
	turn()
	shift()
}

set('--t', data.typeVh + 'vh')
measure()
addEventListener('resize', () => { measure(); turn() })
new ResizeObserver(() => { measure(); turn() }).observe(main)
document.fonts?.ready.then(() => { measure(); turn() })
document.addEventListener('callboard:tick', draw)
draw()

// The screen stays awake where the browser allows it.
const awake = () => document.hidden || 'framed' in root.dataset || navigator.wakeLock?.request('screen').catch(() => {})
document.addEventListener('visibilitychange', awake)
awake()
