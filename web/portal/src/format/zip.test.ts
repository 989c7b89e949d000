import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { crc32, zipOf } from './zip';

test('the check value of the checksum is the published one', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
});

test('another program reads every file with its name and content', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portal-zip-'));
  try {
    const files = [
      { name: 'README.md', text: '# Grüße\n' },
      { name: 'tenant/actions/countersign/code.js', text: `${'x'.repeat(70_000)}\n` },
      { name: 'empty.txt', text: '' },
    ];
    const archive = join(folder, 'a.zip');
    writeFileSync(archive, zipOf(files, new Date('2026-11-24T09:15:00')));
    const script =
      'import sys,zipfile,json\nz=zipfile.ZipFile(sys.argv[1]);assert z.testzip() is None\n' +
      'print(json.dumps([[i.filename,z.read(i).decode(),i.date_time[0]] for i in z.infolist()]))';
    const read = JSON.parse(execFileSync('python3', ['-c', script, archive], { encoding: 'utf8' }));
    expect(read).toEqual(files.map(({ name, text }) => [name, text, 2026]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
