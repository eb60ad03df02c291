// The module of the page that tries limits: while a run is under way it asks how
// far it is and puts the answer in place of what stood there. Without it the page
// comes anew every two seconds.

const body = () => document.getElementById('p-backtest')
const policy = window.trustedTypes?.createPolicy('callboard-travel', { createHTML: s => s })

async function look() {
	if (!('running' in body().dataset)) return
	try {
		const r = await fetch(location.pathname + location.search)
		const text = await r.text()
		const next = new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, 'text/html').getElementById('p-backtest')
		if (r.ok && next) {
			const running = 'running' in next.dataset
			const old = body().querySelector('.bt-main'), at = document.activeElement
			if (running) { // a button under a finger stays
				for (const q of ['progress', '.bt-run .num']) {
					const a = old.querySelector(q), b = next.querySelector(q)
					if (a && b) a.replaceWith(document.adoptNode(b))
				}
			} else {
				const inside = old.contains(at)
				old.replaceWith(document.adoptNode(next.querySelector('.bt-main')))
				delete body().dataset.running
				for (const b of body().querySelectorAll('.bt-go button')) b.disabled = false
				if (inside) document.getElementById('main').focus()
				document.getElementById('say').textContent = body().querySelector('.bt-main h2, .bt-trouble')?.textContent || ''
			}
		}
	} catch { /* the next look tries again */ }
	setTimeout(look, 1000)
}
setTimeout(look, 500)
