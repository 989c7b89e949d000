import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConversionError, convertModel, kSources, packageModelsFolder } from './convert.mjs';

const kRoot = path.dirname(fileURLToPath(import.meta.url));
const kDetector = kSources.detector;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'facetrack-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The detector's two files in a folder of their own, the graph changed, and a source that expects the change. */
function changedGraph(change: (graph: string) => string) {
  for (const file of [kDetector.graphFile, kDetector.weightsFile]) {
    copyFileSync(path.join(packageModelsFolder(), file), path.join(folder, file));
  }
  const graph = change(readFileSync(path.join(folder, kDetector.graphFile), 'utf8'));
  writeFileSync(path.join(folder, kDetector.graphFile), graph);
  return { ...kDetector, graphSha256: sha256(Buffer.from(graph)) };
}

describe('a conversion', () => {
  it('gives the same bytes every time, which are those of the build', () => {
    for (const source of Object.values(kSources)) {
      const bytes = convertModel(source);
      expect(sha256(convertModel(source))).toBe(sha256(bytes));
      expect(sha256(readFileSync(path.join(kRoot, 'dist', `${source.model}.ftm`)))).toBe(sha256(bytes));
    }
  });

  it('describes itself: magic, model, input and where the weights came from', () => {
    const bytes = convertModel(kDetector);
    const headerBytes = bytes.readUInt32LE(4);
    const header = JSON.parse(bytes.toString('utf8', 8, 8 + headerBytes));

    expect(bytes.toString('latin1', 0, 4)).toBe('FTM1');
    expect(headerBytes % 4).toBe(0);
    expect(header).toMatchObject({ formatVersion: 1, model: 'detector', inputSide: 128, layers: 40 });
    expect(header.payloadBytes).toBe(bytes.length - 8 - headerBytes);
    expect(header.origin.sha256).toBe(kDetector.weightsSha256);
  });

  it('leaves the contour head of the mesh out', () => {
    const bytes = convertModel(kSources.mesh);
    const header = JSON.parse(bytes.toString('utf8', 8, 8 + bytes.readUInt32LE(4)));
    expect(header.layers).toBe(51);
    expect(bytes.length).toBeLessThan(statSync(path.join(packageModelsFolder(), 'facemesh.bin')).size / 2);
  });
});

describe('a conversion refuses', () => {
  it('weights that differ in one bit from the pinned ones', () => {
    const source = changedGraph((graph) => graph);
    const weights = path.join(folder, kDetector.weightsFile);
    const bytes = readFileSync(weights);
    bytes[1000] = (bytes[1000] ?? 0) ^ 1;
    writeFileSync(weights, bytes);
    expect(() => convertModel(source, folder)).toThrow(/SHA-256 .* refusing to use it/);
  });

  it('a graph that differs from the pinned one', () => {
    changedGraph((graph) => `${graph} `);
    expect(() => convertModel(kDetector, folder)).toThrow(ConversionError);
  });

  it('a package that is not installed, and says what to do', () => {
    expect(() => convertModel(kDetector, folder)).toThrow(/cannot read .* run npm install first/);
  });

  it('an operation it does not know, by name', () => {
    const source = changedGraph((graph) => graph.replaceAll('"MaxPool"', '"AvgPool"'));
    expect(() => convertModel(source, folder)).toThrow(/AvgPool .*this operation is unknown/);
  });

  it('a graph without the outputs it needs', () => {
    const source = { ...changedGraph((graph) => graph), outputs: ['nowhere'] };
    expect(() => convertModel(source, folder)).toThrow('the graph has no node nowhere');
  });

  it('a constant that lies beyond the weights', () => {
    const source = changedGraph((graph) => graph.replace('"shape":[5,5,3,24]', '"shape":[5,5,3,48]'));
    expect(() => convertModel(source, folder)).toThrow(ConversionError);
  });
});

describe('the command line', () => {
  const run = (...args: string[]) => spawnSync(process.execPath, [path.join(kRoot, 'convert.mjs'), ...args]);

  it('converts one model into a file', () => {
    const file = path.join(folder, 'mine.ftm');
    expect(run('detector', file).status).toBe(0);
    expect(sha256(readFileSync(file))).toBe(sha256(convertModel(kDetector)));
  });

  it('explains itself when called wrongly and fails when it cannot write', () => {
    expect(run('nose').status).toBe(2);
    expect(run('nose').stderr.toString()).toContain('usage');
    expect(run('detector', path.join(folder, 'missing', 'x.ftm')).status).toBe(1);
  });
});

describe('the build', () => {
  it('does nothing when nothing changed, and its manifest tells the truth', () => {
    const output = execFileSync(process.execPath, [path.join(kRoot, 'build.mjs')]).toString();
    expect(output).toContain('up to date');
    const manifest = JSON.parse(readFileSync(path.join(kRoot, 'dist/manifest.json'), 'utf8'));
    for (const name of ['facetrack.wasm', 'detector.ftm', 'mesh.ftm']) {
      const bytes = readFileSync(path.join(kRoot, 'dist', name));
      expect(manifest.files[name]).toEqual({ bytes: bytes.length, sha256: sha256(bytes) });
    }
  });
});
