// The service worker of walls. It shows the last picture of a wall when the
// server does not answer its opening, and nothing else: the network comes first,
// so no old page can stand in the way of a new one. kept.js stores what it
// shows. It sees the pages /wall and /tv only, not the boards.

const CACHE = 'callboard-wall', BLANK = '/wall/blank', LIFE = 12 * 36e5, PATIENCE = 8000
const walls = ['/wall', '/tv']

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', e => e.waitUntil(Promise.all([self.clients.claim(), expire()])))

self.addEventListener('fetch', e => {
	const { request } = e, url = new URL(request.url)
	if (request.method !== 'GET' || url.origin !== location.origin) return
	if (request.mode === 'navigate' && walls.includes(url.pathname)) e.respondWith(open(request))
	else if (/^\/static\/.+\.[0-9a-f]{12}\.\w+$/.test(url.pathname)) e.respondWith(file(request))
})

// open asks the server, and takes the last picture for an answer that is none.
async function open(request) {
	let answer
	try {
		answer = await Promise.race([fetch(request), new Promise((_, no) => setTimeout(no, PATIENCE))])
		if (answer.status < 500) return answer
	} catch { /* the server is away */ }
	await expire()
	const cache = await caches.open(CACHE)
	const kept = await cache.match(request.url) || await cache.match(BLANK)
	return kept ? dated(kept) : answer || Response.error()
}

// dated puts a kept page's clock on, by the machine's and how far it was off.
async function dated(kept) {
	const skew = kept.headers.get('x-kept') - kept.headers.get('x-kept-at')
	const text = await kept.text()
	return new Response(text.replace(/ data-now="\d+"/, ' data-now="' + Math.round(Date.now() + skew) + '"'), { headers: kept.headers })
}

// Names of files carry a hash of their content: a kept one is the right one.
async function file(request) {
	return await caches.match(request, { cacheName: CACHE }) || fetch(request)
}

// expire lets go of pictures that are too old to be shown to anybody.
async function expire() {
	const cache = await caches.open(CACHE)
	for (const key of await cache.keys()) {
		const url = new URL(key.url)
		if (!walls.includes(url.pathname)) continue
		const at = +(await cache.match(key)).headers.get('x-kept-at')
		if (!(Math.abs(Date.now() - at) <= LIFE)) await cache.delete(key)
	}
}
