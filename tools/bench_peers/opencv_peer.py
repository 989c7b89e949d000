"""Peer: OpenCV's own DNN module with the nets of our default pack, as their package ships them.

    opencv_peer.py MODELS LIST    one JSON line for each picture of LIST
"""

import json
import sys
import time

import cv2
import numpy as np

TEMPLATE = np.array(
    [[38.2946, 51.6963], [73.5318, 51.5014], [56.0252, 71.7366], [41.5493, 92.3655], [70.7299, 92.2041]]
)


class Pipeline:
    def __init__(self, models):
        self.detector, self.landmarks, self.embedding = (
            cv2.dnn.readNetFromONNX(f"{models}/{name}.onnx") for name in ("fr_detect", "fr_landmark", "fr_feature")
        )

    def find_face(self, picture):
        """The largest face as (x, y, width, height) in pixels, or None."""
        height, width = picture.shape[:2]
        self.detector.setInput(cv2.dnn.blobFromImage(picture, 1 / 128, (320, 240), (127, 127, 127), swapRB=True))
        scores, boxes = self.detector.forward(["scores", "boxes"])
        corners = boxes[0] * np.array([width, height, width, height])
        rects = np.hstack([corners[:, :2], corners[:, 2:] - corners[:, :2]])
        kept = cv2.dnn.NMSBoxes(rects.tolist(), scores[0, :, 1].tolist(), 0.6, 0.4)
        return max((rects[i] for i in np.array(kept).ravel()), key=lambda r: r[2] * r[3], default=None)

    def find_points(self, picture, rect):
        """Eyes, nose and corners of the mouth."""
        side = rect[3]
        left, top = rect[0] + rect[2] / 2 - side / 2, rect[1]
        to_square = np.array([[64 / side, 0, -left * 64 / side], [0, 64 / side, -top * 64 / side]])
        grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
        square = cv2.warpAffine(grey, to_square, (64, 64), borderMode=cv2.BORDER_REPLICATE)
        self.landmarks.setInput(cv2.dnn.blobFromImage(square, 1 / 256))
        points = self.landmarks.forward().reshape(68, 2) * side + [left, top]
        means = [points[[37, 38, 40, 41]], points[[43, 44, 46, 47]], points[[30]], points[[48, 60]], points[[54, 64]]]
        return np.array([group.mean(axis=0) for group in means])

    def embed(self, path):
        picture = cv2.imread(path)
        rect = self.find_face(picture)
        if rect is None:
            return None
        align = similarity(self.find_points(picture, rect), TEMPLATE)
        face = cv2.warpAffine(picture, align, (112, 112))
        self.embedding.setInput(cv2.dnn.blobFromImage(face, 1 / 128, (112, 112), (127, 127, 127)))
        return self.embedding.forward().ravel().tolist()


def similarity(source, target):
    """Least-squares rotation, scale and shift, as the 2×3 matrix of warpAffine: a division of complex numbers."""
    a, b = source @ [1, 1j], target @ [1, 1j]
    turn = np.vdot(a - a.mean(), b - b.mean()) / np.vdot(a - a.mean(), a - a.mean()).real
    shift = b.mean() - turn * a.mean()
    return np.array([[turn.real, -turn.imag, shift.real], [turn.imag, turn.real, shift.imag]])


def main():
    cv2.setNumThreads(1)
    pipeline = Pipeline(sys.argv[1])
    with open(sys.argv[2], encoding="utf8") as lines:
        paths = lines.read().split("\n")
    for path in filter(None, paths):
        before = time.process_time()
        embedding = pipeline.embed(path)
        print(json.dumps({"cpu_ms": (time.process_time() - before) * 1000, "embedding": embedding}), flush=True)


main()
