// Looks at a page as it is laid out: window.lint(phone) lists what is wrong.
globalThis.lint = phone => {
	const found = new Set()
	const name = el => {
		const id = el.closest('[id]')
		return el.tagName.toLowerCase() + (el.className && typeof el.className === 'string' ? '.' + el.className.trim().split(/\s+/).join('.') : '') + (id ? ' in #' + id.id.replace(/\d+/g, 'n') : '')
	}
	const style = el => getComputedStyle(el)
	const seen = el => el.checkVisibility({ visibilityProperty: true, opacityProperty: true, contentVisibilityAuto: true }) && !el.closest('.sr-only,[aria-hidden=true] *')
	const root = document.documentElement

	if (root.scrollWidth > innerWidth + 1) {
		const wide = [...document.querySelectorAll('body *')].filter(el => seen(el) && el.getBoundingClientRect().right > innerWidth + 1 && !inScroller(el))
		found.add(`scrolls ${root.scrollWidth - innerWidth} px sideways: ${wide.slice(0, 3).map(name).join(', ')}`)
	}
	// The head fills its line, and nothing stands against its clock.
	const head = document.querySelector('.head')
	if (head && seen(head)) {
		const items = [...head.children].filter(seen).map(el => el.getBoundingClientRect()).filter(r => r.width > 2)
		const free = innerWidth - Math.max(...items.map(r => r.right)), clock = document.getElementById('clock')?.getBoundingClientRect()
		if (free > 28) found.add(`the head ends ${Math.round(free)} px before the page`)
		if (clock && items.some(r => r.right <= clock.left + 1 && r.right > clock.left - 6)) found.add('something stands against the clock of the head')
	}
	function inScroller(el) {
		for (let p = el.parentElement; p && p !== document.body; p = p.parentElement) if (style(p).overflowX !== 'visible') return true
		return false
	}
	// clipped is what is left of a box inside all that cuts it off.
	function clipped(el, r) {
		let box = { left: r.left, top: r.top, right: r.right, bottom: r.bottom }
		const cut = o => { box = { left: Math.max(box.left, o.left), top: Math.max(box.top, o.top), right: Math.min(box.right, o.right), bottom: Math.min(box.bottom, o.bottom) } }
		cut({ left: 0, top: 0, right: innerWidth, bottom: innerHeight })
		for (let p = el; p && p !== root; p = p.parentElement) {
			const s = style(p)
			if (s.display !== 'inline' && (s.overflowX !== 'visible' || s.contain.includes('paint'))) cut(p.getBoundingClientRect())
			if (s.position === 'fixed') break
		}
		return box
	}

	const texts = []
	const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
	for (let n; n = walk.nextNode();) {
		const el = n.parentElement
		if (!n.data.trim() || !seen(el) || el.closest('script,style,option,dialog')) continue
		const s = style(el)
		const range = document.createRange()
		range.selectNodeContents(n)
		for (const r of range.getClientRects()) {
			if (r.width < 2 || r.height < 2) continue
			const box = clipped(el, r)
			if (box.right - box.left < 2 || box.bottom - box.top < 4) continue
			if (parseFloat(s.fontSize) < 10.99) found.add(`${s.fontSize} is too small: ${name(el)} “${n.data.trim().slice(0, 30)}”`)
			texts.push({ el, n, box })
			// Cut off at the right by a box that neither scrolls nor says so with an ellipsis.
			if (r.right > box.right + 1.5 && r.right <= 1e5) {
				let why = null
				for (let p = el; p && p !== root; p = p.parentElement) {
					const o = style(p)
					if (o.display === 'inline' || o.overflowX === 'visible') continue
					if (r.right > p.getBoundingClientRect().right + 1.5) {
						if (o.textOverflow === 'ellipsis' || o.overflowX === 'auto' || o.overflowX === 'scroll') { why = null; break }
						why = p
						break
					}
				}
				if (why) found.add(`cut off by ${name(why)}: ${name(el)} “${n.data.trim().slice(0, 30)}”`)
			}
		}
	}

	// Texts over each other. What floats above the page on purpose covers it.
	const floats = el => { for (let p = el; p && p !== document.body; p = p.parentElement) { const s = style(p); if (s.position === 'fixed' || s.position === 'sticky' || +s.zIndex > 4) return true } return false }
	const plain = texts.filter(t => !floats(t.el)).sort((a, b) => a.box.top - b.box.top)
	for (let i = 0; i < plain.length; i++) for (let j = i + 1; j < plain.length && plain[j].box.top < plain[i].box.bottom - 3; j++) {
		const a = plain[i], b = plain[j]
		if (a.n === b.n) continue
		const w = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left), h = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top)
		if (w > 4 && h > 4) found.add(`overlap of ${Math.round(w)}×${Math.round(h)} px: ${name(a.el)} “${a.n.data.trim().slice(0, 24)}” and ${name(b.el)} “${b.n.data.trim().slice(0, 24)}”`)
	}

	const holder = el => { let p = el.parentElement; while (style(p).position === 'static') p = p.parentElement; return p }
	// A finger finds 44 px: points 20 px from the middle still belong to the target.
	// A small link in a line that is a target itself has at least its own height.
	if (phone) for (const el of document.querySelectorAll('a[href],button,input:not([type=hidden]),summary,select,textarea')) {
		if (!seen(el) || el.disabled || el.closest('dialog,.skip') || el.matches('.skip')) continue
		// The link of a row or a cell covers it whole.
		const r = (el.matches('.cover') ? holder(el) : el).getBoundingClientRect(), box = clipped(el.parentElement, r)
		if (box.right - box.left < 12 || box.bottom - box.top < r.height - 1 || box.right - box.left < r.width - 1) continue // half out of sight
		if (el.tagName === 'A' && style(el).display === 'inline' && el.parentElement.textContent.trim() !== el.textContent.trim() && !el.matches('.cover,.link')) continue // in running text
		if (el.matches('.cover') && r.width >= 88 && r.height >= 44) continue
		const x = (r.left + r.right) / 2, y = (r.top + r.bottom) / 2
		const view = clipped(el.parentElement, { left: -1e9, top: -1e9, right: 1e9, bottom: 1e9 }) // what is beyond it can be scrolled to
		const mine = (px, py) => {
			if (px < view.left + 1 || py < view.top + 1 || px > view.right - 1 || py > view.bottom - 1) return true
			const hit = document.elementFromPoint(px, py)
			if (!hit) return false
			if (hit === el || el.contains(hit)) return true
			const label = hit.closest('label')
			return !!label && (label.control === el || label.contains(el))
		}
		const far = !el.matches('.cover') && el.closest('tr,li')?.querySelector('.cover') ? 8 : 20
		const up = mine(x, y - far), down = mine(x, y + far), left = mine(x - far, y), right = mine(x + far, y)
		if (!up || !down || !left || !right) found.add(`hard to hit (${Math.round(r.width)}×${Math.round(r.height)}${up ? '' : ' up'}${down ? '' : ' down'}${left ? '' : ' left'}${right ? '' : ' right'}): ${name(el)} “${(el.getAttribute('aria-label') || el.textContent || el.name || '').trim().slice(0, 24)}”`)
	}
	return [...found].slice(0, 12)
}
