// The module for when the right to see a page ends: signed out, another role, a
// display that was switched off. It empties the page wholly, lets go of what a
// wall kept, and goes to where the right can be had again, as soon as the server
// is there.

const root = document.documentElement
const data = root.dataset

async function forget() {
	try {
		if (window.isSecureContext) await caches.delete('callboard-wall')
	} catch { /* there is none */ }
}

// refused looks why there is no stream: a page that is refused has ended, too.
let looking = false
async function refused() {
	if (looking) return
	looking = true
	try {
		const r = await fetch(data.stream.replace('events', 'poll'), { method: 'HEAD', signal: AbortSignal.timeout(8000) })
		if (r.status === 401) end()
		else if (r.status === 403) end({ to: data.display === undefined ? location.pathname + location.search : '/tv' })
	} catch { /* the server is away */ }
	looking = false
}

// What a person sends may be what ends it (signing out, showing numbers): its
// answer is the page that comes next, unless there is none in time.
let sent = -1e9
addEventListener('submit', e => { if (!e.defaultPrevented) sent = performance.now() })

let ended = false
async function end(told) {
	if (ended) return
	ended = true
	document.body.replaceChildren()
	document.title = 'Callboard'
	if (data.link !== 'paused') document.dispatchEvent(new Event('callboard:pause')) // the core lets go of its stream
	data.cursor = ''
	data.live = 'blind'
	await forget()
	const here = location.pathname + location.search
	let to = told?.to || (data.display !== undefined ? '/tv' : told ? here : '/signin?to=' + encodeURIComponent(here))
	await new Promise(done => setTimeout(done, sent + 5000 - performance.now()))
	if (to === '/tv' && location.pathname === to) to = here // in its language
	for (;;) {
		try {
			const r = await fetch(to, { method: 'HEAD', cache: 'no-store', signal: AbortSignal.timeout(8000) })
			if (r.status < 500) break
		} catch { /* the server is away, too */ }
		await new Promise(done => setTimeout(done, 2000))
	}
	await forget()
	location.replace(to)
}

document.addEventListener('callboard:ended', e => end(e.detail))
document.addEventListener('callboard:failed', refused)
