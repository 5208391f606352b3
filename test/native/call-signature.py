"""Loads a SavedModel as any user of TensorFlow does, calls one signature, and prints what comes back.

usage: python call-signature.py FOLDER SIGNATURE < inputs.json
The inputs are an object of {"dtype", "shape", "values"}, with values as text; so are the outputs.
"""
import json
import sys

import numpy
import tensorflow as tf

folder, name = sys.argv[1:]
given = json.load(sys.stdin)
signature = tf.saved_model.load(folder).signatures[name]
inputs = {
    key: tf.constant(
        numpy.array([float(value) for value in one["values"]]).reshape(one["shape"]), one["dtype"]
    )
    for key, one in given.items()
}
outputs = signature(**inputs)
json.dump(
    {
        key: {
            "dtype": value.dtype.name,
            "shape": value.shape.as_list(),
            "values": [str(one) for one in value.numpy().ravel().tolist()],
        }
        for key, value in outputs.items()
    },
    sys.stdout,
)
