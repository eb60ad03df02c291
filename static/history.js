// The module of the page of the past: while it shows the newest calls of today it
// asks for itself anew, at most once a minute and never under the hands of
// somebody. Without it the page is as good, only older.

const MINUTE = 60000, CALM = 10000
const body = () => document.getElementById('p-history')
const policy = window.trustedTypes?.createPolicy('callboard-history', { createHTML: s => s })
let asked = performance.now(), touched = -CALM, asking = false

for (const kind of ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchmove']) addEventListener(kind, () => { touched = performance.now() }, { passive: true })

// busy reports that somebody reads or types here, so that nothing may move.
function busy() {
	const el = body()
	return performance.now() - touched < CALM || el.querySelector('details[open]') || el.contains(document.activeElement) || !getSelection().isCollapsed
}

async function renew() {
	const now = performance.now(), el = body()
	if (asking || document.hidden || !el || !('refresh' in el.dataset) || now - asked < MINUTE || document.documentElement.dataset.live !== 'live' || busy()) return
	asking = true
	asked = now
	try {
		const r = await fetch(location, { headers: { accept: 'text/html' }, signal: AbortSignal.timeout(8000) })
		const text = r.ok && await r.text()
		const fresh = text && new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, 'text/html').getElementById('p-history')
		if (fresh && !busy()) {
			const figures = document.getElementById('figures')?.checked, main = el.parentNode, top = main.scrollTop
			el.replaceWith(document.adoptNode(fresh))
			const box = document.getElementById('figures')
			if (box) box.checked = figures
			main.scrollTop = top
		}
	} catch { /* the page says how old it is, and the next minute tries again */ }
	asking = false
}

document.addEventListener('callboard:tick', renew)
