// The module that says aloud what alarms there are: one polite sentence for
// screen readers, and, for who wants them, a tone and a notification. It goes by
// the list #p-alarms as it stands, never by events that waited: what is over is
// silent, and so is what was raised while this screen was away.

const data = document.documentElement.dataset
const byID = id => document.getElementById(id)
const all = (q, el = document) => [...el.querySelectorAll(q)]
const words = JSON.parse(data.words || '{}')
const put = (format, s) => (format || '%s').replace('%s', () => s)

const FRESH = 15000, PAUSE = 10000 // ms: how long an alarm is news; between two sentences

// --- what this viewer wants ---

const wants = { sound: false, volume: 50, notify: false }
try { Object.assign(wants, JSON.parse(localStorage.callboardAlerts)) } catch { /* nothing kept yet */ }
function keep() {
	try { localStorage.callboardAlerts = JSON.stringify(wants) } catch { /* private windows forget */ }
	tell()
}

// --- sound ---

let audio
// wake makes the sound ready; a browser lets that happen only at a click or key.
function wake() {
	try {
		audio ||= new AudioContext()
		if (audio.state !== 'running') audio.resume().then(tell, tell)
	} catch { /* no sound here, and the dialog says so */ }
}
const blocked = () => wants.sound && audio?.state !== 'running'

// tone is two short notes, soft at both ends.
function tone() {
	if (audio?.state !== 'running') return
	for (const [i, hertz] of [880, 660].entries()) {
		const note = audio.createOscillator(), loud = audio.createGain(), at = audio.currentTime + i * 0.22
		note.frequency.value = hertz
		loud.gain.setValueAtTime(0, at)
		loud.gain.linearRampToValueAtTime((wants.volume / 100) ** 2, at + 0.02)
		loud.gain.exponentialRampToValueAtTime(0.0001, at + 0.2)
		note.connect(loud).connect(audio.destination)
		note.start(at)
		note.stop(at + 0.22)
	}
	document.dispatchEvent(new Event('callboard:tone'))
}

// Of several pages side by side one sounds.
function sound() {
	if (!wants.sound || byID('p-alarms').dataset.quiet !== undefined) return
	const locks = navigator.locks
	if (!locks) tone()
	else locks.request('callboard-tone', { ifAvailable: true }, lock => {
		if (!lock) return
		tone()
		return new Promise(done => setTimeout(done, 2000))
	})
}

// --- notification ---

const shown = new Map()
const can = () => 'Notification' in window && isSecureContext
function notify(id, text) {
	if (!wants.notify || !can() || Notification.permission !== 'granted') return
	// A number has no business outside the page, whatever the words of an alarm are.
	const body = text.replace(/\+?\d[\d ()-]{4,}\d/g, '…')
	try {
		const n = new Notification(words.product, { body, tag: 'callboard-' + id, silent: true })
		n.onclick = () => { window.focus(); n.close() }
		shown.set(id, n)
	} catch { /* a phone has them in its own way only; the dialog says so */ }
}

// --- speech ---

const pending = new Map()
let spoken = -PAUSE, speaking = 0
function say(key, text) {
	pending.set(key, text)
	clearTimeout(speaking)
	speaking = setTimeout(speak, Math.max(0, spoken + PAUSE - performance.now()))
}
function speak() {
	if (!pending.size) return
	spoken = performance.now()
	byID('say').textContent = [...pending.values()].join('. ')
	pending.clear()
}

// --- what changed ---

let known, wasLive, told, since = 0
function look(now) {
	const t = performance.now(), live = data.live === 'live'
	if (live !== wasLive) [wasLive, since] = [live, t]
	else if (told !== live && (data.link || live) && t - since > 900) { // a quick repair is silent
		if (told !== undefined) say('feed', live ? words.liveAgain : words.notLive)
		told = live
	}
	const list = byID('p-alarms')
	if (!live || !list) return // in doubt nothing is raised and nothing is over
	const present = new Map(all('[data-alarm-id]', list).map(el => [el.dataset.alarmId, el]))
	let loud = false
	for (const [id, el] of present) {
		const at = el.dataset.at, before = known?.get(id), text = el.textContent.trim()
		if (before?.at === at) continue
		if (now - at > FRESH) continue // old news: raised before this screen looked
		if (!before) say(id, put(words.alarmRaised, text))
		loud ||= el.dataset.sound !== undefined
		notify(id, text)
	}
	for (const [id, before] of known || []) if (!present.has(id)) {
		if (pending.delete(id)) { /* raised and over before anybody heard of it */ }
		else say(id, put(words.alarmOver, before.text))
		shown.get(id)?.close()
		shown.delete(id)
	}
	known = new Map([...present].map(([id, el]) => [id, { at: el.dataset.at, text: el.textContent.trim() }]))
	if (loud) sound()
}
document.addEventListener('callboard:tick', e => look(e.detail))

// --- the dialog ---

const dialog = byID('alerts'), openers = all('[data-do=alerts]')
const is = (id, word) => { for (const el of all('#' + id + ' [data-is]')) el.hidden = el.dataset.is !== word }
// tell shows what is on, and why something that is wanted is not heard.
function tell() {
	if (!dialog) return
	byID('alerts-sound').checked = wants.sound
	byID('alerts-volume').value = wants.volume
	byID('alerts-notify').checked = wants.notify
	is('alerts-sound-state', !window.AudioContext ? 'none' : !wants.sound ? 'off'
		: blocked() ? 'blocked' : byID('p-alarms')?.dataset.quiet !== undefined ? 'quiet' : 'on')
	const may = can() && Notification.permission
	is('alerts-notify-state', !('Notification' in window) ? 'none' : !can() ? 'insecure'
		: may === 'denied' ? 'blocked' : !wants.notify ? 'off' : may === 'granted' ? 'on' : 'ask')
	const on = wants.sound && !blocked() || wants.notify && may === 'granted'
	for (const el of openers) el.dataset.alerts = on ? 'on' : wants.sound || wants.notify ? 'blocked' : 'off'
	data.listen = wants.sound || wants.notify ? 'on' : '' // also in a page that nobody looks at
}
if (dialog) {
	for (const el of openers) {
		el.hidden = false
		el.addEventListener('click', () => { tell(); dialog.showModal() })
	}
	byID('alerts-sound').addEventListener('change', e => {
		wants.sound = e.target.checked
		if (wants.sound) wake()
		keep()
	})
	byID('alerts-volume').addEventListener('change', e => { wants.volume = +e.target.value; keep() })
	byID('alerts-test').addEventListener('click', () => {
		wake()
		audio?.resume().then(() => { tone(); tell() }, tell)
	})
	byID('alerts-notify').addEventListener('change', async e => {
		wants.notify = e.target.checked
		if (wants.notify && can() && Notification.permission === 'default') await Notification.requestPermission()
		keep()
	})
	// The first click or key on the page unlocks a sound that is wanted.
	for (const what of ['pointerdown', 'keydown']) addEventListener(what, () => { if (blocked()) wake() })
	if (wants.sound && navigator.userActivation?.hasBeenActive) wake()
	tell()
}
