// The module of a wall: pages instead of scrolling, sizes to the hundredth of a
// vh, and nothing that stands still for hours. It draws when the page's core
// sends callboard:tick, after every frame and once a second.
//
// It sets on the root element --t --h --m (type scale), --shift-x --shift-y
// (spares the panel) and the class is-turning.

const root = document.documentElement
const data = root.dataset
const mono = () => performance.now()
const all = q => [...document.querySelectorAll(q)]
const write = (el, s) => { if (el.textContent !== s) el.textContent = s }
const set = (name, v) => root.style.setProperty(name, v)
const list = document.getElementById('list')

let page = 0, turned = mono(), moved = mono(), shift = 0
function turn() {
	const t = mono(), every = [...(list?.children || [])], size = +data.rows
	const top = every.filter(r => r.dataset.alarm).slice(0, Math.ceil(size / 2)) // on every page
	const rest = every.filter(r => !top.includes(r))
	const room = Math.max(1, size - top.length), count = Math.max(1, Math.ceil(rest.length / room))
	if (data.pageMs > 0 && t - turned >= data.pageMs) {
		turned = t
		page++
		root.classList.toggle('is-turning', count > 1)
		setTimeout(() => root.classList.remove('is-turning'), 30) // then it fades in
	}
	page %= count
	for (const r of top) r.hidden = false
	rest.forEach((r, i) => { r.hidden = Math.floor(i / room) !== page })
	for (const el of all('[data-pages]')) write(el, count > 1 ? 'page ' + (page + 1) + ' of ' + count : '')
	if (t - moved > 3e5) {
		moved = t
		shift++
		set('--shift-x', (shift & 1) * 2 + 'px')
		set('--shift-y', (shift & 2) + 'px')
	}
}

for (const [name, v] of [['--t', data.typeVh], ['--h', data.headVh], ['--m', data.minVh]]) set(name, v + 'vh')
document.addEventListener('callboard:tick', turn)
turn()
