// What these pages do beyond links and forms: new calls in the ledger, selects that send their form, Escape, copying.

document.querySelector('.tabs [aria-current]')?.scrollIntoView({ inline: 'center', block: 'nearest' });

for (const select of document.querySelectorAll('select[data-submit]')) {
  select.addEventListener('change', () => select.form.requestSubmit());
}

// With a fragment in the address browsers leave autofocus alone.
document.querySelector('[autofocus]')?.focus({ preventScroll: true });

document.addEventListener('keydown', (event) => {
  const cancel = document.querySelector('a[data-cancel]');
  if (event.key === 'Escape' && cancel) cancel.click();
});

for (const code of document.querySelectorAll('code[data-copy]')) {
  if (!navigator.clipboard) break;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'plain';
  button.textContent = 'Copy';
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(code.textContent);
    button.textContent = 'Copied';
    setTimeout(() => {
      button.textContent = 'Copy';
    }, 1500);
  });
  code.after(' ', button);
}

const ledger = document.querySelector('table[data-ledger]');
if (ledger) followLedger(ledger);

function followLedger(table) {
  const body = table.tBodies[0];
  const live = document.querySelector('[data-live]');
  const pause = document.querySelector('[data-pause]');
  const filter = document.querySelector('[data-filter]');
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: table.dataset.zone, timeStyle: 'medium' });
  let since = Number(table.dataset.since);
  let isPaused = false;
  let isLost = false;

  pause.hidden = false;
  pause.addEventListener('click', () => {
    isPaused = !isPaused;
    pause.textContent = isPaused ? 'Go on' : 'Pause';
    say(isPaused ? 'paused' : 'live');
  });
  filter.addEventListener('input', () => {
    for (const row of body.rows) hideUnlessWanted(row);
  });
  setInterval(look, 1000);

  async function look() {
    if (isPaused || document.hidden) return;
    try {
      const response = await fetch(`/sandbox/ledger?since=${since}`);
      // A sandbox that comes back has begun to count anew.
      if (isLost) return location.reload();
      const { rows, totals } = await response.json();
      if (rows.length > 0) add(rows, totals);
    } catch {
      isLost = true;
      say('the sandbox does not answer');
    }
  }

  function add(rows, totals) {
    since = rows[rows.length - 1].seq;
    document.querySelector('[data-empty]').hidden = true;
    const most = Number(table.dataset.most);
    for (const row of rows.slice(-most)) body.prepend(lineOf(row));
    while (body.rows.length > most) body.deleteRow(-1);
    for (const [name, value] of Object.entries(totals)) count(name, value);
    count('used', totals.credits);
  }

  function count(name, value) {
    const place = document.querySelector(`[data-total="${name}"]`);
    if (!place) return;
    const before = Number(place.textContent.replaceAll(',', ''));
    place.textContent = (name === 'peakInFlight' ? Math.max(before, value) : before + value).toLocaleString('en');
  }

  function lineOf(row) {
    const line = document.createElement('tr');
    line.className = 'fresh';
    const cell = (text, className = '', title = '') => {
      const one = line.insertCell();
      one.textContent = text;
      one.className = className;
      if (title) one.title = title;
      return one;
    };
    cell(`${clock.format(new Date(row.at))}.${row.at.slice(20, 23)}`, 'mono', row.at);
    cell(row.method, 'mono');
    const status = cell('');
    status.append(mark(row.status, `status ${kindOf(row.status)}`));
    if (row.fault ?? row.refused) status.append(' ', mark(row.fault ?? row.refused, 'chip warn'));
    cell(row.path, 'mono path');
    cell(row.credits, 'right');
    cell(row.units, 'right');
    cell(row.inFlight, 'right');
    cell(row.client ? `${row.client.slice(0, 11)}…` : '—', 'mono', row.client ?? '');
    hideUnlessWanted(line);
    return line;
  }

  function mark(text, className) {
    const span = document.createElement('span');
    span.className = className;
    span.textContent = text;
    return span;
  }

  function kindOf(status) {
    if (status >= 400 || status === 0) return 'bad';
    return status === 304 || status === 204 ? 'none' : 'good';
  }

  function hideUnlessWanted(row) {
    row.hidden = !row.textContent.toLowerCase().includes(filter.value.trim().toLowerCase());
  }

  function say(text) {
    live.textContent = text;
    live.classList.toggle('off', text !== 'live');
  }
}
