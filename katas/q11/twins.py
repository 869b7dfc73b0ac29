"""Two inputs, one encoder: how far apart are they?"""

import keras


def distance_model(encoder: keras.Model) -> keras.Model:
    """A model that tells how far apart two inputs are, as the encoder sees them.

    The model is called with a list of two batches, [a, b], each as the encoder takes it, and gives
    a float32 tensor of shape [batch, 1]: for each row, the Euclidean distance between the encoder's
    codes of a and b, to within 0.001, also if the codes are far from 0 and close together.

    Both batches go through the encoder that was given: the weights of the model are the encoder's
    and no others, and what trains the model trains the encoder, by way of both inputs. Where the
    two codes are equal, all gradients are finite.

    Saved as `.keras` and loaded by `keras.models.load_model(path)`, with no further arguments, the
    model still has one encoder, and gives the same distances.

    Args:
        encoder: a functional or Sequential model that is built, with one float32 input of shape
            [batch, ...] and one output of shape [batch, code size], a code for each row.
    """
    raise NotImplementedError
