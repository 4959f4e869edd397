/**
 * The one script: asks for the page again and again, with the ETag of what is shown, and exchanges the parts that are
 * marked `data-live`. A part in which somebody works with the keyboard, or has opened something, waits. Without the
 * script the pages do all they do, but stand still.
 */
export const live = `
'use strict';
(() => {
  const seconds = Number(document.body.dataset.refresh) || 3;
  const state = document.getElementById('live-state');
  let etag = null;
  // The answer to a form is the page itself: from now on it is where the page is, also for whoever loads it again.
  if (document.body.dataset.path) history.replaceState(null, '', document.body.dataset.path);
  const say = (text) => { if (state && state.textContent !== text) state.textContent = text; };
  const isBusy = (part) =>
    part.contains(document.activeElement) || part.querySelector('details[open]') !== null ||
    [...part.querySelectorAll('textarea')].some((one) => one.value !== '');
  const show = (fresh) => {
    let whole = true;
    for (const part of document.querySelectorAll('[data-live]')) {
      const next = fresh.getElementById(part.id);
      if (!next || next.isEqualNode(part)) continue;
      if (isBusy(part)) { whole = false; continue; }
      part.replaceWith(document.adoptNode(next));
    }
    return whole;
  };
  const look = async () => {
    if (document.hidden) return;
    const response = await fetch(location.href, {
      headers: etag === null ? {} : { 'if-none-match': etag },
      redirect: 'manual',
      cache: 'no-store',
    });
    if (response.status === 304) return say('Live');
    if (response.type === 'opaqueredirect' || response.status === 401)
      return say('Signed out: load the page again to go on.');
    if (!response.ok) return say('No answer (' + response.status + '), asking again.');
    const seen = response.headers.get('etag');
    const whole = show(new DOMParser().parseFromString(await response.text(), 'text/html'));
    etag = whole ? seen : null;
    say('Live');
  };
  const again = () => look().catch(() => say('No answer, asking again.')).finally(() => setTimeout(again, seconds * 1000));
  setTimeout(again, seconds * 1000);
})();
`;
