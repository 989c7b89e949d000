import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { equalise } from './convert/equalise.mjs';
import { writeFtm } from './convert/ftm.mjs';
import { readGraph } from './convert/graph.mjs';
import { toLayers } from './convert/layers.mjs';
import { kSourcePackage, kSources, packageModelsFolder } from './convert/sources.mjs';

export { ConversionError } from './convert/graph.mjs';
export { kSources, packageModelsFolder } from './convert/sources.mjs';

/** Converts one network of the installed package; throws ConversionError when its content is not what we pinned. */
export function convertModel(source, folder = packageModelsFolder()) {
  const network = toLayers(readGraph(source, folder), source);
  equalise(network);
  return writeFtm(network, {
    model: source.model,
    inputSide: source.inputSide,
    origin: {
      package: kSourcePackage,
      file: source.weightsFile,
      sha256: source.weightsSha256,
      licence: 'Apache-2.0 (Google MediaPipe); package MIT',
    },
  });
}

/** `node convert.mjs detector|mesh FILE` converts one model by hand; the build calls `convertModel` itself. */
function main([name, file]) {
  const source = kSources[name];
  if (source === undefined || file === undefined) {
    console.error('usage: node convert.mjs detector|mesh FILE');
    return 2;
  }
  try {
    writeFileSync(file, convertModel(source));
    return 0;
  } catch (error) {
    console.error(`convert: ${error.message}`);
    return 1;
  }
}

if (process.argv[1] !== undefined && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  process.exitCode = main(process.argv.slice(2));
}
