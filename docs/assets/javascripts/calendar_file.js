// @ts-check
/** A calendar entry as a file of iCalendar (RFC 5545): lines of at most 75 bytes that end in CRLF, text escaped. */

/** @param {string} text */
const escaped = (text) => text.replace(/[\\;,]/g, "\\$&").replace(/\r\n|\r|\n/g, "\\n").replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, "");

/** A long line goes on in lines that begin with a space; no character is cut in two. @param {string} line */
function folded(line) {
  const encoder = new TextEncoder();
  let [made, bytes] = ["", 0];
  for (const letter of line) {
    const size = encoder.encode(letter).length;
    if (bytes + size > 75) [made, bytes] = [`${made}\r\n `, 1];
    made += letter;
    bytes += size;
  }
  return made;
}

/** "20110504T225959Z" @param {Date} moment */
const utc = (moment) => moment.toISOString().replace(/[-:]|\.\d+/g, "");

/**
 * One entry: on a day as a whole, or at a moment.
 * @param {object} entry
 * @param {string} entry.uid nothing about anybody: see newUid
 * @param {Date} entry.made
 * @param {string} [entry.day] a date, YYYY-MM-DD
 * @param {string} [entry.moment] instead: a date and time with its offset
 * @param {string} entry.title
 * @param {string} entry.about lines
 */
export function calendarFile({ uid, made, day, moment, title, about }) {
  const starts = day ? `DTSTART;VALUE=DATE:${day.replaceAll("-", "")}` : `DTSTART:${utc(new Date(String(moment)))}`;
  const lines = [
    "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//DIP handbook//Time limits//EN",
    "BEGIN:VEVENT", `UID:${uid}`, `DTSTAMP:${utc(made)}`, starts, "TRANSP:TRANSPARENT", // it blocks nobody's time
    `SUMMARY:${escaped(title)}`, `DESCRIPTION:${escaped(about)}`,
    "END:VEVENT", "END:VCALENDAR",
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

/** Random, so that one case's entry never takes the place of another's. crypto.randomUUID would need https. */
export function newUid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
